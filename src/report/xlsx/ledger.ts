import { dateOf } from '../../campaign/instant.ts';
import { lampOf } from '../../campaign/rectification/lamp.ts';
import { dueOf } from '../../campaign/rectification/record.ts';
import { readFacts } from '../../conversation/found-facts.ts';
import { sentence } from '../../conversation/wording.ts';
import type { SentenceKey } from '../../flow/say.ts';
import { inLanguage } from '../../flow/text.ts';
import { countLedgerRows, type LedgerPart, type LedgerRow, ledgerRows } from '../../store/export-ledger.ts';
import { readFoundIn } from '../../store/ledger.ts';
import { type Cell, dayCell } from './cell.ts';
import type { Exported, ExportFacts } from './exported.ts';
import type { Column, Rows, Sheet } from './sheet.ts';

/** As offices keep it (DOMAIN 2.6): 问题 来源 整改目标 整改措施 责任领导 责任单位 时限 进展 佐证 销号, behind the number to act on. */
const columns = [
  ['number', 7],
  ['problem', 40],
  ['source', 16],
  ['goal', 28],
  ['measures', 36],
  ['leader', 16],
  ['unit', 18],
  ['due', 12],
  ['progress', 20],
  ['proof', 8],
  ['closed', 12],
] as const;

/** 问题台账: what stands open and what is closed; what went on under other numbers or was taken back is in neither. */
export async function ledgerExport(facts: ExportFacts, part: LedgerPart): Promise<Exported> {
  const { language, at, zone, reading } = facts;
  const total = await countLedgerRows(reading, part);
  const day = dateOf(at, zone);
  const say = (key: SentenceKey) => sentence(language, key);
  const sheet: Sheet = {
    name: say('exports:ledger'),
    caption: sentence(language, 'exports:ledger.caption', { day: { date: day }, n: total }),
    columns: columns.map(([id, width]): Column => ({ title: say(`exports:ledger.${id}`), width })),
    rows: written(facts, part, day),
  };
  return { total, sheets: [sheet], notes: ['exports:ledger.note', 'exports:note.hidden'] };
}

async function* written(facts: ExportFacts, part: LedgerPart, today: string): AsyncGenerator<Rows> {
  for await (const rows of ledgerRows(facts.reading, part)) {
    const written: Cell[][] = [];
    for (const row of rows) {
      const found = await readFacts(facts.library, readFoundIn(row.answers));
      const said = found.map(({ key, params }) => sentence(facts.language, key, params));
      written.push(cells(row, said, facts, today));
    }
    yield written;
  }
}

/** @param said what was answered where it was found */
function cells(row: LedgerRow, said: readonly string[], facts: ExportFacts, today: string): Cell[] {
  const { language, zone } = facts;
  const { number, problem, source, activity, requirement, measure, steps, owner, unit, task } = row;
  const place = row.place ?? row.askedPlace;
  const at = place === null ? null : sentence(language, 'exports:ledger.place', { place });
  return [
    number,
    lines(inLanguage(problem, language), ...said, at),
    activity === null ? sentence(language, `ledger:source.${source}`) : inLanguage(activity, language),
    requirement,
    lines(measure, steps),
    owner,
    unit === null ? null : inLanguage(unit, language),
    task === null ? null : dayCell(dueOf(task)),
    progress(row, facts, today),
    row.proofs,
    row.closedAt === null ? null : dayCell(dateOf(row.closedAt.toISOString(), zone)),
  ];
}

function lines(...parts: (string | null)[]): string {
  return parts.filter((one) => one !== null && one !== '').join('\n');
}

/** How far it is in words, with its lamp's word while it is the unit's turn, and what its day waits for. */
function progress(row: LedgerRow, { language, lamps, calendar }: ExportFacts, today: string): string {
  const { status, stage, dueOn, task, until } = row;
  const state = sentence(language, `ledger:state.${status === 'closed' ? 'closed' : (stage ?? 'none')}`);
  if (status === 'closed') return state;
  const lamp = dueOn === null ? null : inLanguage(lampOf(lamps, dueOn, today, calendar).word, language);
  const awaits =
    task !== null && 'awaits' in task
      ? sentence(language, 'exports:ledger.awaits', { awaits: task.awaits.replace(/^待/u, '') })
      : null;
  const asked =
    until === null ? null : sentence(language, 'exports:ledger.until', { until: { date: until } });
  return lines(
    lamp === null ? state : sentence(language, 'exports:ledger.lit', { state, lamp }),
    awaits,
    asked,
  );
}
