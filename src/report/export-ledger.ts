import { dueOf, Rectification } from '../campaign/rectification/record.ts';
import type { Database } from '../store/database.ts';

/** What was ordered for a problem, how far it is, and every step of its history; people by the parts they had. */
export interface ExportedLedger {
  rectification: object | null;
  history: object[];
}

/**
 * The ledger of these problems, by their ids. Of the record what an office hands in: ids of people stay here.
 */
export async function ledgerOf(
  { prisma }: Database,
  findings: readonly { id: string }[],
  units: ReadonlyMap<string, string>,
): Promise<Map<string, ExportedLedger>> {
  const ids = findings.map(({ id }) => id);
  const where = { findingId: { in: ids } };
  const orders = await prisma.rectification.findMany({ where });
  const events = await prisma.findingEvent.findMany({
    where,
    orderBy: [{ findingId: 'asc' }, { seq: 'asc' }],
  });
  const ledger = new Map<string, ExportedLedger>(ids.map((id) => [id, { rectification: null, history: [] }]));
  for (const { findingId, unitId, record } of orders) {
    const { state, task, requirement, orderedAt, owner, measure, steps, extensions, reopened } =
      Rectification.parse(record);
    const entry = ledger.get(findingId);
    if (entry === undefined) continue;
    const awaits = 'awaits' in task ? { awaits: task.awaits } : {};
    const order = {
      unit: units.get(unitId),
      state,
      kind: task.kind,
      ...awaits,
      dueOn: dueOf(task),
      orderedAt,
    };
    entry.rectification = { ...order, requirement, owner, measure, steps, extensions, reopened };
  }
  for (const { findingId, at, who, kind, data } of events)
    ledger.get(findingId)?.history.push({ at, who, kind, data: named(data, units) });
  return ledger;
}

const id = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The same with units by their codes, and without the ids of people and photos. */
function named(value: unknown, units: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return id.test(value) ? units.get(value) : value;
  if (Array.isArray(value)) return value.map((one) => named(one, units)).filter((one) => one !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, named(one, units)]));
}
