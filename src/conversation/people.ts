import { randomUUID } from 'node:crypto';
import type { Campaign, Person } from '../campaign/definition.ts';
import { channelOf } from '../channels/address.ts';
import { type Clock, machineClock } from '../clock.ts';
import { type AuditEvent, appendAudit } from '../store/audit.ts';
import { type Database, inTransaction } from '../store/database.ts';
import givePersonas from '../store/sql/give-personas.sql';
import grantCoordinators from '../store/sql/grant-coordinators.sql';
import takePersonas from '../store/sql/take-personas.sql';
import type { Run } from '../store/writes.ts';
import { readCoordinators } from './coordinators.ts';

/** Where it is kept which roles came from the environment: those, and no others, go when a name is taken out of it. */
const settingKey = 'coordinators';

/**
 * Makes the people named in DUBAN_COORDINATORS, and only those among them, coordinators of every campaign; doing it again
 * changes nothing. Roles that came about in another way are left alone.
 * @param spec see {@link readCoordinators}
 * @throws Error when an entry is no address
 */
export async function ensureCoordinators(
  database: Database,
  spec: string,
  clock: Clock = machineClock,
): Promise<void> {
  const { urns, wrong } = readCoordinators(spec);
  if (wrong.length > 0) throw new Error(`DUBAN_COORDINATORS: no address: ${wrong.join(', ')}`);
  await inTransaction(database.pool, async (run) => {
    const granted = await lockGranted(run);
    const rows = urns.map((urn) => ({ urn, bare: bareSlackId(urn), newContact: randomUUID() }));
    const [found] = await run<{ kept: string[]; fresh: string[] }>(grantCoordinators, [
      JSON.stringify(rows),
      granted,
    ]);
    const { kept = [], fresh = [] } = found ?? {};
    const gone = granted.filter((id) => !kept.includes(id));
    if (gone.length > 0) await run('DELETE FROM membership WHERE id = ANY ($1::text[]::uuid[])', [gone]);
    await run('UPDATE setting SET value = $2::jsonb WHERE key = $1', [
      settingKey,
      JSON.stringify([...kept, ...fresh]),
    ]);
    if (fresh.length + gone.length > 0)
      await appendAudit(run, [grantedEvent(clock.now().toISOString(), fresh.length, gone.length)]);
  });
}

/** What the audit log keeps of roles that came or went with the environment. */
function grantedEvent(at: string, granted: number, taken: number): AuditEvent {
  const about = 'role:coordinator';
  return { at, by: null, kind: 'coordinators.named', campaignId: null, about, data: { granted, taken } };
}

function bareSlackId(urn: string): string | null {
  return channelOf(urn) === 'slack' && !urn.includes('/') ? urn.slice('slack:'.length) : null;
}

/**
 * The memberships made by earlier starts. The row's lock keeps processes that start together one after another; the table's
 * keeps a named person who writes for the first time in this very moment from being made twice.
 */
async function lockGranted(run: Run): Promise<string[]> {
  await run('LOCK TABLE urn IN SHARE ROW EXCLUSIVE MODE', []);
  const [row] = await run<{ value: string[] }>(
    `INSERT INTO setting AS s (key, value) VALUES ($1, '[]')
     ON CONFLICT (key) DO UPDATE SET value = s.value RETURNING value`,
    [settingKey],
  );
  return row?.value ?? [];
}

export interface PersonasOf {
  campaignId: string;
  /** The campaign as it stood before. */
  before: Campaign;
  campaign: Campaign;
  /** Ids of its units, by their codes. */
  units: Map<string, string>;
}

/**
 * Gives the console page its rooms and somebody to be: one contact with a title for each `console` person of the file.
 * Those of an earlier draft lose the roles that it gave them. A citizen needs no role: anybody is one.
 */
export async function replacePersonas(run: Run, given: PersonasOf): Promise<void> {
  const { campaignId, before, campaign, units } = given;
  await run(takePersonas, [campaignId, JSON.stringify(personasIn(before))]);
  const people = personasIn(campaign).map((persona) => ({
    ...persona,
    unitId: persona.unit === null ? null : units.get(persona.unit),
    newContact: randomUUID(),
  }));
  const rooms = campaign.rooms
    .filter((room) => room.console)
    .map(({ id, title, purpose }) => ({ urn: `console:room/${id}`, title, purpose }));
  await run(givePersonas, [campaignId, JSON.stringify(people), JSON.stringify(rooms)]);
}

function personasIn({ people }: Campaign): {
  urn: string;
  role: Person['role'];
  unit: string | null;
  title: Person['title'];
}[] {
  return people.flatMap(({ console: id, role, unit = null, title }) =>
    id === undefined ? [] : [{ urn: `console:${id}`, role, unit, title }],
  );
}
