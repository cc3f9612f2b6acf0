import type { Param } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { Library } from '../store/library.ts';
import { noWrites, type OutboxRow, type Run, writeRows } from '../store/writes.ts';
import { awakeRow } from './awake-row.ts';
import type { RosterApplied } from './import-roster.ts';
import { tellNewInspector } from './publish.ts';

/**
 * Tells those to whom an import gave a role in a published campaign what it is, and inspectors their unit's tasks, outside quiet
 * hours. Before the publication nobody is told: that tells everybody.
 * @returns how many people were written to
 */
export async function tellImported(
  run: Run,
  library: Library,
  { people, title, status }: Extract<RosterApplied, { kind: 'applied' }>,
  campaignId: string,
  at: string,
): Promise<number> {
  const news = people.filter(({ roles }) => roles.length > 0);
  if (status !== 'published' || news.length === 0) return 0;
  const facts = await library.campaign(campaignId);
  const reached = await addressesOf(
    run,
    news.map(({ contactId }) => contactId),
  );
  const units = await unitNames(
    run,
    news.flatMap(({ roles }) => roles.flatMap(({ unitId }) => unitId ?? [])),
  );
  const outbox: OutboxRow[] = [];
  let told = 0;
  for (const { contactId, roles } of news) {
    const address = reached.get(contactId);
    if (address === undefined) continue;
    told += 1;
    const list = roles.map(({ role, unitId }) =>
      roleNamed(role, unitId === null ? null : (units.get(unitId) ?? null)),
    );
    const say = { lines: [{ key: 'roster:welcome', params: { title, roles: { list } } } as const] };
    const welcome = awakeRow({ contactId, address }, say, facts, at);
    outbox.push(welcome);
    for (const { role, unitId } of roles) {
      if (role !== 'inspector' || unitId === null) continue;
      const rows = await tellNewInspector(
        { run, library },
        { campaignId, unitId, person: { contactId, address } },
        at,
      );
      const { dueAt, quiet } = welcome;
      outbox.push(...rows.map((row) => ({ ...row, dueAt, ...(quiet === undefined ? {} : { quiet }) })));
    }
  }
  await writeRows(run, { ...noWrites(), outbox });
  return told;
}

function roleNamed(role: string, unit: Text | null): Param {
  const word: Param = { key: `commands:role.${role as 'inspector'}` };
  return unit === null ? word : { key: 'roster:preview.person.role', params: { unit, role: word } };
}

async function addressesOf(run: Run, ids: string[]): Promise<Map<string, string>> {
  const rows = await run<{ id: string; address: string }>(
    `SELECT c.id::text, coalesce(c.address, (
       SELECT u.urn FROM urn u WHERE u.contact_id = c.id
       ORDER BY (u.urn LIKE 'slack:%' AND u.urn NOT LIKE '%/%'), u.created_at DESC, u.urn LIMIT 1)) AS address
     FROM contact c WHERE c.id = ANY ($1::text[]::uuid[])`,
    [ids],
  );
  return new Map(rows.flatMap(({ id, address }) => (address === null ? [] : [[id, address]])));
}

async function unitNames(run: Run, ids: string[]): Promise<Map<string, Text>> {
  const rows = await run<{ id: string; name: Text }>(
    'SELECT id::text, name FROM unit WHERE id = ANY ($1::text[]::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
