import { dateOf } from '../instant.ts';
import { type LedgerMoved, outOfTurn, refuse, type Setting } from './moved.ts';
import type { Mover } from './mover.ts';
import { withPerson } from './objection.ts';
import { dueOf, type Rectification, type Task } from './record.ts';

/** 整改: what is ordered of whom. */
export interface Order {
  /** The unit that is to fix it; null when the problem has none. */
  unit: string | null;
  task: Task;
  requirement: string | null;
  /** Who found the problem; null when nobody is known for it. */
  foundBy: string | null;
  /** When the unit is told; null when nobody is there to be told. */
  receivedAt: string | null;
}

/** A new order, or one again after an objection was upheld. */
export function order(
  record: Rectification | null,
  { unit, task, requirement, foundBy, receivedAt }: Order,
  who: Mover,
  setting: Setting,
): LedgerMoved {
  const { number, at, zone } = setting;
  if (!who.coordinates) return refuse('refused.coordinators-only', { number });
  if (record !== null && record.state !== 'revoked') return outOfTurn(record, setting, 'refused.ordered');
  if (unit === null) return refuse('refused.no-unit', { number });
  const due = dueOf(task);
  if (due < dateOf(at, zone)) return refuse('refused.past', { day: { date: due } });
  const found = foundBy === null ? [] : [foundBy];
  const fresh: Rectification = {
    state: 'ordered',
    unit,
    task,
    requirement,
    orderedAt: at,
    receivedAt,
    since: at,
    owner: null,
    measure: null,
    steps: null,
    fixers: [],
    involved: withPerson([...(record?.involved ?? []), ...found], who.id),
    returned: null,
    extension: null,
    extensions: 0,
    dispute: null,
    objected: false,
    reopened: record?.reopened ?? 0,
    chase: null,
    remindedTo: null,
  };
  return { kind: 'moved', to: { ...fresh, involved: [...new Set(fresh.involved)] } };
}
