import type { Calendar } from '../campaign/calendar.ts';
import { type Lamp, lampOf } from '../campaign/rectification/lamp.ts';
import type { Line, Param, Params } from '../flow/say.ts';
import {
  type LedgerCount,
  type LedgerEntry,
  type LedgerScope,
  ledgerCounts,
  ledgerPage,
} from '../store/ledger-pages.ts';
import type { Run } from '../store/writes.ts';
import { leftOf } from './order-notice.ts';
import { pagePart } from './page-part.ts';

/** Entries on one page. */
export const pageSize = 10;

/** By what a page is lit. `today` is YYYY-MM-DD in the campaign's zone. */
export interface Light {
  lamps: readonly Lamp[];
  today: string;
  calendar: Calendar;
}

/** One page of the ledger and how much there is of it; null when there is no such page. */
export interface Page {
  lines: Line[];
  count: number;
  pages: number;
}

/** The page's lines: how much there is by lamp, then its entries, the most urgent first. */
export async function ledgerLines(run: Run, scope: LedgerScope, page: number, light: Light): Promise<Page> {
  const counts = await ledgerCounts(run, scope);
  const count = counts.reduce((sum, one) => sum + one.count, 0);
  const pages = Math.max(1, Math.ceil(count / pageSize));
  if (count === 0 || page < 1 || page > pages) return { lines: [], count, pages };
  const entries = await ledgerPage(run, scope, pageSize, (page - 1) * pageSize);
  const head: Line = {
    key: 'ledger:page.title',
    params: { count, page: pagePart(page, pages), lamps: lampCounts(counts, light) },
  };
  return { lines: [head, ...entries.map((entry) => entryLine(entry, light))], count, pages };
}

/** How many there are of each light, and of what waits for others than the unit; what there is none of is left out. */
function lampCounts(counts: LedgerCount[], { lamps, today, calendar }: Light): Param {
  const lit = new Map<Lamp, number>();
  const other = new Map<'none' | 'judged' | 'disputed', number>();
  for (const { dueOn, stage, count } of counts)
    if (dueOn !== null) {
      const lamp = lampOf(lamps, dueOn, today, calendar);
      lit.set(lamp, (lit.get(lamp) ?? 0) + count);
    } else {
      const kind = stage === null ? 'none' : stage === 'disputed' ? 'disputed' : 'judged';
      other.set(kind, (other.get(kind) ?? 0) + count);
    }
  const parts: Param[] = [];
  for (const lamp of [...lamps].reverse()) {
    const count = lit.get(lamp);
    if (count !== undefined)
      parts.push({ key: 'ledger:page.lamp', params: { lamp: lampParam(lamp), count } });
  }
  for (const kind of ['judged', 'disputed', 'none'] as const) {
    const count = other.get(kind);
    if (count !== undefined) parts.push({ key: `ledger:page.${kind}`, params: { count } });
  }
  return { list: parts };
}

/** A colour and its word: colours alone mean different things in different places (DOMAIN 2.5). */
export function lampParam({ colour, word }: Lamp): Param {
  return { key: 'ledger:lamp', params: { colour: { key: `ledger:lamp.${colour}` }, word } };
}

function entryLine(entry: LedgerEntry, light: Light): Line {
  const { number, problem, stage, dueOn, until } = entry;
  const state: Param = { key: `ledger:state.${stage ?? 'none'}` };
  const params: Params = { number, problem, unit: whereOf(entry), state, graver: graver(entry) };
  if (dueOn === null) return { key: 'ledger:page.entry.plain', params };
  const lamp = lampParam(lampOf(light.lamps, dueOn, light.today, light.calendar));
  const left = leftOf(dueOn, light.today, light.calendar);
  const asked: Param = until === null ? '' : { key: 'ledger:page.asked', params: { until: { date: until } } };
  return { key: 'ledger:page.entry', params: { ...params, lamp, due: { date: dueOn }, left, asked } };
}

/** Its unit, and where a place was said that names none. */
function whereOf({ unit, place }: LedgerEntry): Param {
  return place === null ? (unit ?? '—') : { key: 'ledger:page.place', params: { unit: unit ?? '—', place } };
}

function graver({ severity, category }: LedgerEntry): Param {
  const words: Param[] = [];
  if (severity !== 'minor') words.push({ key: `ledger:severity.${severity}` });
  if (category !== null) words.push(category);
  return words.length === 0 ? '' : { key: 'ledger:page.graver', params: { words: { list: words } } };
}
