import { expect, test } from 'vitest';
import { commands } from '../src/commands/registry.ts';
import { allowedTo, type CommandName, type Part, pageNames, parts, partsOf, reachOn } from '../src/roles.ts';
import { type Heard, stage, type Talk } from './conversation/stage.ts';
import { enrol } from './ledger/people.ts';

/** What makes somebody play a part in the sample. */
const held: Record<Part, { role: string; unit: string | null }> = {
  coordinator: { role: 'coordinator', unit: null },
  activity: { role: 'coordinator', unit: 'haiyan' },
  inspector: { role: 'inspector', unit: 'nanhu' },
  liaison: { role: 'liaison', unit: 'haiyan' },
  leader: { role: 'leader', unit: 'haiyan' },
  'leading-group': { role: 'leader', unit: null },
  auditor: { role: 'auditor', unit: null },
  operator: { role: 'operator', unit: null },
};

const refusals = /由.*使用。|需要相应的工作身份|由活动协调员办理/u;
const words = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');

/** The events about commands, as they were kept; `by` whether they name the person. */
function noted({ query }: Talk) {
  return query<{ about: string; refused: boolean; named: boolean }>(
    `SELECT about, coalesce((body->'data'->>'refused')::boolean, false) AS refused,
       body->>'by' IS NOT NULL AS named FROM audit WHERE kind = 'command' ORDER BY seq DESC LIMIT 1`,
  );
}

test.each(parts)(
  'every command of %s works or is refused with a sentence and an audit event',
  async (part) => {
    const talk = await stage();
    const urn = `console:part-${part}`;
    await enrol(talk, urn, { ...held[part], title: part });
    const isFor = (name: CommandName) => {
      const allowed = allowedTo(name);
      return allowed === 'anyone' || allowed.includes(part);
    };
    for (const { name } of commands) {
      // To whoever has no report to hand in, the word means the one in Word.
      const meant = name === 'report' && !isFor('report') && isFor('report-file') ? 'report-file' : name;
      const may = isFor(meant);
      const heard = await talk.says(urn, name, { slash: true });
      const said = words(heard);
      expect(said, `${part} ${name}`).not.toBe('');
      expect(refusals.test(said), `${part} ${name}: ${said}`).toBe(!may);
      // What somebody says as a citizen leaves no trace (docs/decisions/0009).
      if (['survey', 'receipt', 'call-me', 'no-call', 'rate-fix', 'erase-rating'].includes(name)) continue;
      expect(await noted(talk)).toEqual([{ about: `command:${meant}`, refused: !may, named: true }]);
    }
    expect(await talk.query(`SELECT fault FROM inbox WHERE status = 'dead'`)).toEqual([]);
  },
  60_000,
);

test('somebody without a part may do what anyone may; of what they tried otherwise no name is kept', async () => {
  const talk = await stage();
  for (const { name } of commands) {
    const may = allowedTo(name) === 'anyone';
    const said = words(await talk.says('console:stranger', name, { slash: true }));
    expect(said, name).not.toBe('');
    expect(/需要相应的工作身份/u.test(said), `${name}: ${said}`).toBe(!may);
    if (!may) expect(await noted(talk)).toEqual([{ about: `command:${name}`, refused: true, named: false }]);
  }
  expect(await talk.query(`SELECT fault FROM inbox WHERE status = 'dead'`)).toEqual([]);
}, 60_000);

test('who may do and open what, cell by cell', async () => {
  const mark = (may: boolean) => (may ? 'x' : '.');
  const line = (name: string, cells: string[]) =>
    `${name.padEnd(16)}${cells.map((cell) => cell.padEnd(14)).join('')}`.trimEnd();
  const lines = [line('', [...parts, 'anyone'])];
  for (const { name } of commands) {
    const allowed = allowedTo(name);
    const cells = parts.map((part) => mark(allowed === 'anyone' || allowed.includes(part)));
    lines.push(line(name, [...cells, mark(allowed === 'anyone')]));
  }
  lines.push('', line('page', [...parts]));
  for (const page of pageNames)
    lines.push(
      line(
        page,
        parts.map((part) => reachOn(page, part) ?? '.'),
      ),
    );
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('roles.golden.txt');
});

test('every command has its row, and a role of another campaign counts for nothing', () => {
  expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
  const elsewhere = { role: 'coordinator', campaignId: 'other', unitId: null } as const;
  expect(partsOf(elsewhere, 'this')).toEqual([]);
  expect(partsOf({ ...elsewhere, campaignId: null }, 'this')).toEqual(['coordinator']);
  expect(partsOf({ role: 'leader', campaignId: 'this', unitId: 'u', leads: true }, 'this')).toEqual([
    'leader',
    'leading-group',
  ]);
});
