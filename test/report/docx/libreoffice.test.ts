import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeDocx } from '../../../src/report/docx/write.ts';

const program = ['soffice', 'libreoffice'].find((name) => spawnSync(name, ['--version']).status === 0);

test.skipIf(program === undefined)(
  'LibreOffice opens a report and prints it (skipped where it is not installed)',
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'duban-office-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'report.docx');
    const text = '窗口服务总体有序。'.repeat(400);
    const paper = {
      language: 'zh-CN',
      title: '关于交叉式抽查情况的报告',
      addressee: '市政府',
      day: '2026-07-15',
    } as const;
    const blocks = [
      { kind: 'heading', level: 1, text: '基本情况' } as const,
      { kind: 'text', text } as const,
    ];
    await writeFile(
      file,
      await writeDocx({ ...paper, blocks, signer: '市行政审批服务中心', appendices: [] }),
    );
    const profile = `-env:UserInstallation=file://${path.join(folder, 'profile')}`;
    execFileSync(program ?? '', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, file]);
    const pdf = (await readFile(path.join(folder, 'report.pdf'))).toString('latin1');
    // 3,600 characters are 129 lines of 28, and those are six pages of 22.
    const pages = pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? [];
    expect(pages.length).toBeGreaterThanOrEqual(5);
    expect(pages.length).toBeLessThanOrEqual(8);
  },
);
