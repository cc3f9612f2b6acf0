import type { Mover } from '../campaign/rectification/mover.ts';
import type { Text } from '../flow/text.ts';
import type { Named } from './ledger.ts';
import type { Reachable } from './reach.ts';
import moverSql from './sql/mover.sql';
import peopleOfUnits from './sql/people-of-units.sql';
import type { Run } from './writes.ts';

/** Somebody who makes a move, and how they are called in the history. */
export interface NamedMover extends Mover {
  name: Named;
}

/** @param leadingGroup the id of the leading group's unit; null when the campaign names none */
export async function moverOf(
  run: Run,
  contactId: string,
  campaignId: string,
  leadingGroup: string | null,
): Promise<NamedMover> {
  const [row] = await run<MoverRow>(moverSql, [contactId, campaignId]);
  if (row === undefined) throw new Error('a look at a person gave no row');
  return {
    id: contactId,
    coordinates: row.coordinates ?? false,
    leads: row.leadsWhole === true || (leadingGroup !== null && row.heads.includes(leadingGroup)),
    answersFor: row.answersFor,
    belongsTo: row.belongsTo,
    name: { title: row.title, role: row.part?.role ?? null, unit: row.part?.unit ?? null },
  };
}

interface MoverRow {
  coordinates: boolean | null;
  answersFor: string[];
  heads: string[];
  leadsWhole: boolean | null;
  belongsTo: string[];
  title: Text | null;
  part: { role: string; unit: Text | null } | null;
}

/** The people who have one of these roles for a unit, each once, and where they are written to. */
export async function peopleOf(run: Run, unitId: string, roles: string[]): Promise<Reachable[]> {
  const rows = await run<{ contactId: string; address: string | null }>(peopleOfUnits, [[unitId], roles]);
  const found = new Map<string, Reachable>();
  for (const { contactId, address } of rows)
    if (address !== null) found.set(contactId, { contactId, address });
  return [...found.values()];
}

/** The id of a campaign's unit by its code in the file; null when there is none. */
export async function unitByCode(
  run: Run,
  campaignId: string,
  code: string | undefined,
): Promise<string | null> {
  if (code === undefined) return null;
  const [row] = await run<{ id: string }>(
    'SELECT id::text FROM unit WHERE campaign_id = $1::uuid AND code = $2',
    [campaignId, code],
  );
  return row?.id ?? null;
}
