import type ledger from '../../../locales/zh-CN/ledger.json';
import type { Params } from '../../flow/say.ts';
import type { Calendar } from '../calendar.ts';
import type { Quiet } from '../instant.ts';
import type { Rectification } from './record.ts';

/** A sentence of `locales/<language>/ledger.json`, without its file's name. */
export type LedgerSentence = keyof typeof ledger;

/** What the rules know besides the record and the mover. `number` is what people call the problem. */
export interface Setting {
  /** ISO instant. */
  at: string;
  number: number;
  calendar: Calendar;
  zone: string;
  quiet: Quiet;
}

/** Why something can't be done, and what to do instead. */
export interface LedgerRefusal {
  kind: 'refused';
  sentence: { key: `ledger:${LedgerSentence}`; params: Params };
}

/** What a move gives: the record afterwards (the one before is left as it was), or a refusal, which changes nothing. */
export type LedgerMoved = { kind: 'moved'; to: Rectification } | LedgerRefusal;

export function to(record: Rectification, change: Partial<Rectification>): LedgerMoved {
  return { kind: 'moved', to: { ...record, ...change } };
}

export function refuse(sentence: LedgerSentence, params: Params = {}): LedgerRefusal {
  return { kind: 'refused', sentence: { key: `ledger:${sentence}`, params } };
}

/** Not in this state: says in which it is. */
export function outOfTurn(
  record: Rectification,
  { number }: Setting,
  sentence: LedgerSentence,
): LedgerRefusal {
  return refuse(sentence, { number, state: { key: `ledger:state.${record.state}` } });
}
