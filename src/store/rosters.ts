import { z } from 'zod';
import { Campaign } from '../campaign/definition.ts';
import type { Entry } from '../roster/read-table.ts';
import {
  type HeldRole,
  rosterRoles,
  type Standing,
  type StandingCode,
  type StandingPerson,
} from '../roster/standing.ts';
import type { RosterFault } from '../roster/table.ts';
import { newCode } from '../short-code.ts';
import { waitForLoads } from './publication.ts';
import addPeople from './sql/roster-add-people.sql';
import rosterPeople from './sql/roster-people.sql';
import type { Run } from './writes.ts';

/** A campaign that a roster is for. */
export interface RosterCampaign {
  id: string;
  status: 'draft' | 'published' | 'closed';
  campaign: Campaign;
}

/** The campaign as it stands. `locks`: nobody loads, publishes or imports into it until the transaction ends. */
export async function rosterCampaign(run: Run, id: string, locks: boolean): Promise<RosterCampaign> {
  if (locks) await waitForLoads(run, id);
  const [row] = await run<{ status: RosterCampaign['status']; definition: unknown }>(
    `SELECT status, definition FROM campaign WHERE id = $1::uuid ${locks ? 'FOR UPDATE' : ''}`,
    [id],
  );
  if (row === undefined) throw new Error(`no campaign ${id}`);
  return { id, status: row.status, campaign: Campaign.parse(row.definition) };
}

const Held = z.object({ role: z.string(), unit: z.string().nullable() });
const PersonRow = z.object({
  contactId: z.string(),
  title: z.json().nullable(),
  urns: z.array(z.string()),
  owned: z.array(z.string()),
  roles: z.array(Held),
});

/** How long a code must still be good for to count as one, ms: a day. */
const openMs = 86_400_000;

/** What a roster is compared with; `urns`: the addresses in it. */
export async function standingOf(
  run: Run,
  { id, campaign }: RosterCampaign,
  urns: readonly string[],
  at: string,
): Promise<Standing> {
  const rows = (await run(rosterPeople, [id, urns])).map((row) => PersonRow.parse(row));
  const codes = await run<StandingCode>(
    `SELECT DISTINCT ON (i.role, u.code, i.title) i.title, i.role, u.code AS unit,
       CASE WHEN i.used_at IS NOT NULL THEN 'used' WHEN i.expires_at > $2::timestamptz THEN 'open' ELSE 'over' END AS state
     FROM invite i LEFT JOIN unit u ON u.id = i.unit_id WHERE i.campaign_id = $1::uuid AND i.title IS NOT NULL
     ORDER BY i.role, u.code, i.title, i.used_at NULLS LAST, i.expires_at DESC`,
    [id, new Date(Date.parse(at) + openMs).toISOString()],
  );
  const people = rows.map(
    ({ title, roles, ...row }): StandingPerson => ({
      ...row,
      title: title as StandingPerson['title'],
      roles: roles.flatMap(({ role, unit }): HeldRole[] => {
        const known = rosterRoles.find((one) => one === role);
        return known === undefined ? [] : [{ role: known, unit }];
      }),
    }),
  );
  const owners = new Map(
    rows.flatMap(({ contactId, owned }) => owned.map((urn): [string, string] => [urn, contactId])),
  );
  return { campaign, people, codes, owners };
}

/** A person as they are written. `title` null: what they are called stays. */
export interface RosterPerson {
  contactId: string;
  isNew: boolean;
  title: string | null;
  urns: string[];
  roles: { role: string; unitId: string | null }[];
}

/** Keeps somebody who writes for the first time in this very moment from being made twice; before {@link standingOf}. */
export async function lockAddresses(run: Run): Promise<void> {
  await run('LOCK TABLE urn IN SHARE ROW EXCLUSIVE MODE', []);
}

export async function addRosterPeople(
  run: Run,
  campaignId: string,
  people: readonly RosterPerson[],
  at: string,
): Promise<void> {
  if (people.length > 0) await run(addPeople, [campaignId, JSON.stringify(people), at]);
}

/** A code to be passed on to somebody. `unitId` null: for the whole campaign. */
export interface RosterCode {
  code: string;
  title: string;
  role: string;
  unitId: string | null;
}

/** Makes a code for each, in their order; `by`: a contact, null for somebody at a terminal. */
export async function addRosterCodes(
  run: Run,
  given: readonly Omit<RosterCode, 'code'>[],
  { campaignId, by, at, days }: { campaignId: string; by: string | null; at: string; days: number },
): Promise<RosterCode[]> {
  const expiresAt = new Date(Date.parse(at) + days * 86_400_000).toISOString();
  let left = given.map((one, place) => ({ place, row: { ...one, code: newCode() } }));
  const made: RosterCode[] = [];
  // Of 64 million a code is hardly ever taken.
  for (let tries = 0; left.length > 0; tries += 1) {
    if (tries === 5) throw new Error('no free invite codes found');
    const rows = await run<{ code: string }>(
      `INSERT INTO invite (code, campaign_id, unit_id, role, created_by, expires_at, title)
       SELECT g.code, $1::uuid, g."unitId", g.role, $3::uuid, $4::timestamptz, g.title
       FROM jsonb_to_recordset($2::jsonb) AS g(code text, "unitId" uuid, role text, title text)
       ON CONFLICT DO NOTHING RETURNING code`,
      [campaignId, JSON.stringify(left.map(({ row }) => row)), by, expiresAt],
    );
    const taken = new Set(rows.map(({ code }) => code));
    for (const { place, row } of left) if (taken.has(row.code)) made[place] = row;
    left = left
      .filter(({ row }) => !taken.has(row.code))
      .map(({ place, row }) => ({ place, row: { ...row, code: newCode() } }));
  }
  return made;
}

/** Ids of a campaign's units, by their codes. */
export async function unitIds(run: Run, campaignId: string): Promise<Map<string, string>> {
  const rows = await run<{ code: string; id: string }>(
    'SELECT code, id::text FROM unit WHERE campaign_id = $1::uuid',
    [campaignId],
  );
  return new Map(rows.map(({ code, id }) => [code, id]));
}

export async function rememberedAnswers(run: Run, campaignId: string): Promise<Record<string, string>> {
  const rows = await run<{ question: string; answer: string }>(
    'SELECT question, answer FROM roster_answer WHERE campaign_id = $1::uuid',
    [campaignId],
  );
  return Object.fromEntries(rows.map(({ question, answer }) => [question, answer]));
}

export async function rememberAnswers(
  run: Run,
  campaignId: string,
  answers: Readonly<Record<string, string>>,
): Promise<void> {
  await run(
    `INSERT INTO roster_answer (campaign_id, question, answer) SELECT $1::uuid, key, value FROM jsonb_each_text($2::jsonb)
     ON CONFLICT (campaign_id, question) DO UPDATE SET answer = excluded.answer`,
    [campaignId, JSON.stringify(answers)],
  );
}

/** A roster that was sent and is not confirmed. `fingerprint`: of what was last shown to be confirmed. */
export interface PendingImport {
  campaignId: string;
  name: string;
  entries: Entry[];
  passedOver: RosterFault[];
  answers: Record<string, string>;
  reason: string | null;
  fingerprint: string | null;
  at: string;
}

/** Keeps it in place of the one before. */
export async function keepPending(run: Run, contactId: string, given: PendingImport): Promise<void> {
  const { campaignId, name, entries, passedOver, answers, reason, fingerprint, at } = given;
  await run(
    `INSERT INTO roster_import AS r (contact_id, campaign_id, name, entries, passed_over, answers, reason, fingerprint, at)
     VALUES ($1::uuid, $2::uuid, $3, $4::jsonb, $5::jsonb, $6::jsonb, $7, $8, $9::timestamptz)
     ON CONFLICT (contact_id) DO UPDATE SET campaign_id = excluded.campaign_id, name = excluded.name, entries = excluded.entries,
       passed_over = excluded.passed_over, answers = excluded.answers, reason = excluded.reason,
       fingerprint = excluded.fingerprint, at = excluded.at`,
    [
      contactId,
      campaignId,
      name,
      JSON.stringify(entries),
      JSON.stringify(passedOver),
      JSON.stringify(answers),
      reason,
      fingerprint,
      at,
    ],
  );
}

export async function pendingOf(run: Run, contactId: string): Promise<PendingImport | null> {
  const [row] = await run<PendingImport>(
    `SELECT campaign_id::text AS "campaignId", name, entries, passed_over AS "passedOver", answers, reason, fingerprint, at::text
     FROM roster_import WHERE contact_id = $1::uuid FOR UPDATE`,
    [contactId],
  );
  return row ?? null;
}

/** The campaign that somebody's pending roster is for. */
export async function pendingCampaign(run: Run, contactId: string): Promise<string | null> {
  const [row] = await run<{ id: string }>(
    'SELECT campaign_id::text AS id FROM roster_import WHERE contact_id = $1::uuid',
    [contactId],
  );
  return row?.id ?? null;
}

/** Whether the last that was said to somebody at this address is that a reason is wanted for what they would import. */
export async function isReasonAsked(run: Run, contactId: string, address: string): Promise<boolean> {
  const rows = await run(
    `SELECT FROM roster_import r, LATERAL (
       SELECT say FROM outbox WHERE contact_id = $1::uuid AND address = $2 ORDER BY seq DESC LIMIT 1) o
     WHERE r.contact_id = $1::uuid AND r.reason IS NULL AND o.say -> 'lines' @> '[{"key":"roster:chat.reason"}]'`,
    [contactId, address],
  );
  return rows.length > 0;
}

/** @returns whether there was one */
export async function dropPending(run: Run, contactId: string): Promise<boolean> {
  return (
    (await run('DELETE FROM roster_import WHERE contact_id = $1::uuid RETURNING 1', [contactId])).length > 0
  );
}

/** A table that came with a message. */
export interface SentTable {
  name: string | null;
  bytes: Uint8Array;
}

export function sentTables(run: Run, seq: number): Promise<SentTable[]> {
  return run<SentTable>(
    `SELECT a.name, c.bytes FROM attachment a JOIN attachment_content c ON c.sha256 = a.sha256
     WHERE a.message_seq = $1::bigint AND a.status = 'roster' ORDER BY a.name, a.id`,
    [seq],
  );
}

/** Tables of a message are not kept: people's names and addresses are in them. */
export async function dropSentTables(run: Run, seq: number): Promise<void> {
  await run(
    `WITH gone AS (
       UPDATE attachment SET status = 'refused', sha256 = NULL WHERE message_seq = $1::bigint AND status = 'roster'
       RETURNING id
     ), was AS (
       SELECT id, sha256 FROM attachment WHERE message_seq = $1::bigint AND status = 'roster'
     )
     DELETE FROM attachment_content c
     WHERE c.sha256 IN (SELECT sha256 FROM was)
       AND NOT EXISTS (SELECT FROM attachment f WHERE f.sha256 = c.sha256 AND f.id NOT IN (SELECT id FROM was))
       AND EXISTS (SELECT FROM gone)`,
    [seq],
  );
}

/** Whether somebody coordinates a campaign, as a whole: they may have ceased to since they asked. */
export async function coordinates(run: Run, contactId: string, campaignId: string): Promise<boolean> {
  const rows = await run(
    `SELECT FROM membership m
     WHERE contact_id = $1::uuid AND role = 'coordinator' AND (campaign_id IS NULL OR campaign_id = $2::uuid)
       AND NOT EXISTS (SELECT FROM activity v WHERE v.campaign_id = $2::uuid AND v.coordinator_unit_id <> m.unit_id)
     LIMIT 1`,
    [contactId, campaignId],
  );
  return rows.length > 0;
}

/** Forgets rosters that nobody confirmed. @returns how many */
export async function clearPending(run: Run, before: string): Promise<number> {
  return (await run('DELETE FROM roster_import WHERE at < $1::timestamptz RETURNING 1', [before])).length;
}
