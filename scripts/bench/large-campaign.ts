import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the issue asks for: ten thousand units, a hundred thousand windows, fifty thousand tasks. */
export const unitsTotal = 10_000;
const windowsTotal = 100_000;
export const assignmentsTotal = 50_000;

/** Units checking themselves in one activity, and how many such activities there are. */
const checkedEach = 5_000;
const selfchecks = 8;
/** Rows of one matrix, and how many there are: the rest of the tasks. */
const pairsEach = 500;
const matrices = (assignmentsTotal - checkedEach * selfchecks) / pairsEach;

/** A campaign file of that size with its registers, in a folder of its own. */
export async function largeCampaign(): Promise<{ file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-bench-'));
  await chmod(folder, 0o711);
  await writeFile(path.join(folder, 'large.yaml'), campaign());
  await writeFile(path.join(folder, 'units.csv'), units());
  await writeFile(path.join(folder, 'participants.csv'), participants());
  await writeFile(path.join(folder, 'pairs.csv'), pairs());
  return {
    file: path.join(folder, 'large.yaml'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function campaign(): string {
  const common = 'coordinator: u0, deadline: { workdays: 17 }, checklist: hz-systems';
  return [
    'duban: 1',
    'extends: hangzhou-2007',
    'id: large',
    'title: 全市窗口服务大督查',
    'notice: { issuer: 市政府办公室, title: 关于开展窗口服务大督查的通知, date: 2026-06-01 }',
    'registers: { units: units.csv, participants: participants.csv, pairs: pairs.csv }',
    'activities:',
    ...numbers(selfchecks).map(
      (n) => `  - { id: own-${n}, mode: selfcheck, title: 自查第${n + 1}项, ${common} }`,
    ),
    ...numbers(matrices).map(
      (n) => `  - { id: cross-${n}, mode: cross, title: 交叉抽查第${n + 1}组, ${common} }`,
    ),
    '',
  ].join('\n');
}

function units(): string {
  const rows = ['id,name,kind,parent,aliases'];
  for (const n of numbers(unitsTotal))
    rows.push(`u${n},第${n}单位,${n % 10 === 0 ? 'area' : 'organisation'},,单位${n}号`);
  for (const n of numbers(windowsTotal)) rows.push(`w${n},第${n}窗口,window,u${n % unitsTotal},`);
  return `${rows.join('\n')}\n`;
}

/** Each self-check takes half of the units, a different half each time. */
function participants(): string {
  const rows = ['activity,unit'];
  for (const activity of numbers(selfchecks))
    for (const n of numbers(checkedEach)) rows.push(`own-${activity},u${(n * 2 + activity) % unitsTotal}`);
  return `${rows.join('\n')}\n`;
}

/** Each matrix is a circle of its own 500 units. */
function pairs(): string {
  const rows = ['activity,inspector,inspected'];
  for (const matrix of numbers(matrices))
    for (const n of numbers(pairsEach))
      rows.push(`cross-${matrix},u${matrix * pairsEach + n},u${matrix * pairsEach + ((n + 1) % pairsEach)}`);
  return `${rows.join('\n')}\n`;
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}
