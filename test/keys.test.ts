import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keysFrom, loadKeys } from '../src/keys.ts';

const one = keysFrom(new Uint8Array(32).fill(1));
const other = keysFrom(new Uint8Array(32).fill(2));

test('a receipt is found however it is typed, and under one key only', () => {
  const hash = one.receipt('ACFH-3467-KMNP');
  expect(one.receipt(' acfh 3467 kmnp ')).toEqual(hash);
  expect(other.receipt('ACFH-3467-KMNP')).not.toEqual(hash);
  expect(one.receipt('ACFH-3467-KMNR')).not.toEqual(hash);
});

test('a sealed contact is read by the same key alone, never twice the same, and not when it was changed', () => {
  const sealed = one.seal('请打大厅服务台');
  expect(one.open(sealed)).toBe('请打大厅服务台');
  expect(one.seal('请打大厅服务台')).not.toEqual(sealed);
  expect(sealed.toString('utf8')).not.toContain('大厅');
  expect(() => other.open(sealed)).toThrow();
  const changed = Buffer.from(sealed);
  changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
  expect(() => one.open(changed)).toThrow();
});

test('a device is another one on another day, equal words are equal within a campaign', () => {
  expect(one.token('monday', '192.0.2.1 phone')).toEqual(one.token('monday', '192.0.2.1 phone'));
  expect(one.token('tuesday', '192.0.2.1 phone')).not.toEqual(one.token('monday', '192.0.2.1 phone'));
  expect(one.comment('a', '态度好')).toEqual(one.comment('a', '态度好'));
  expect(one.comment('b', '态度好')).not.toEqual(one.comment('a', '态度好'));
});

test('what was signed is known again; what was not is nothing', () => {
  const signed = one.sign('ticket ACFH 1.5');
  expect(one.signed(signed)).toBe('ticket ACFH 1.5');
  expect(other.signed(signed)).toBeNull();
  for (const wrong of ['', '.', 'ticket', `${signed}x`, signed.replace('1.5', '1.6')])
    expect(one.signed(wrong)).toBeNull();
});

test('a short key is refused', () => {
  expect(() => keysFrom(new Uint8Array(31))).toThrow(RangeError);
});

test('without a key of the environment one is made in DATA_DIR, once, for this user alone', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'duban-test-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const given = await Promise.all([1, 2, 3].map(() => loadKeys({ key: null, dataDir })));
  const file = path.join(dataDir, 'duban.key');
  expect(new Set(given.map(({ fingerprint }) => fingerprint)).size).toBe(1);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(Buffer.from(await readFile(file, 'utf8'), 'base64')).toHaveLength(32);
  const own = await loadKeys({ key: new Uint8Array(32).fill(1), dataDir });
  expect(own.fingerprint).toBe(one.fingerprint);
});
