import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesIn } from '../src/campaign-files.ts';

let around: string;
let folder: string;
beforeAll(() => {
  around = mkdtempSync(path.join(tmpdir(), 'duban-files-'));
  folder = path.join(around, 'campaigns');
  mkdirSync(path.join(folder, 'library'), { recursive: true });
  mkdirSync(path.join(folder, 'sub'));
  writeFileSync(path.join(around, 'secret.yaml'), 'secret');
  writeFileSync(path.join(folder, 'library', 'base.yaml'), 'base');
  writeFileSync(path.join(folder, 'sub', 'more.yaml'), 'more');
  // 编号,名称 as a Chinese spreadsheet program saves it.
  writeFileSync(path.join(folder, 'units.csv'), Buffer.from('b1e0bac52cc3fbb3c60a', 'hex'));
  symlinkSync(path.join(around, 'secret.yaml'), path.join(folder, 'link.yaml'));
});
afterAll(() => rmSync(around, { recursive: true }));

describe('files beside a campaign', () => {
  test.each<[string, string | null, object]>([
    ['base', null, { kind: 'text', name: 'library/base.yaml', text: 'base' }],
    ['sub/more.yaml', null, { kind: 'text', name: 'sub/more.yaml', text: 'more' }],
    ['more.yaml', 'sub/other.yaml', { kind: 'text', name: 'sub/more.yaml' }],
    ['../library/base.yaml', 'sub/more.yaml', { kind: 'text', name: 'library/base.yaml' }],
    ['nothing', null, { kind: 'missing' }],
    ['nothing.yaml', null, { kind: 'missing', name: 'nothing.yaml' }],
    ['../secret.yaml', null, { kind: 'outside', name: '../secret.yaml' }],
    ['sub/../../secret.yaml', null, { kind: 'outside' }],
    ['/etc/hostname', null, { kind: 'missing' }],
    ['link.yaml', null, { kind: 'outside', name: 'link.yaml' }],
    ['sub', null, { kind: 'missing' }],
    ['./sub', null, { kind: 'unreadable', reason: 'EISDIR' }],
    ['units.csv', null, { kind: 'text', text: '编号,名称\n' }],
  ])('%s, named by %s', (wanted, from, expected) =>
    expect(filesIn(folder)(wanted, from)).toMatchObject(expected),
  );

  test('a library that the folder lacks is the one that comes with Duban', () =>
    expect(filesIn(folder)('hangzhou-2007', null)).toMatchObject({
      kind: 'text',
      name: 'duban:hangzhou-2007.yaml',
    }));
});
