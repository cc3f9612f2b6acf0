import { DrawPlan } from '../campaign/draw/plan.ts';
import type { DrawRecord } from '../campaign/draw/record.ts';
import type { Text } from '../flow/text.ts';
import recordDraw from './sql/record-draw.sql';
import type { Run } from './writes.ts';

/** What a draw is about. `unit` is the code of the unit whose windows are drawn from, activities go by their codes too. */
export type DrawSubject =
  /** Windows for one task, from all of its target's. */
  | { kind: 'task'; number: number; assigneeId: string; assignee: Text; unit: string; target: Text }
  /** Windows of an area, by themselves or with inspectors. */
  | { kind: 'windows'; unit: string; area: Text }
  | { kind: 'teams'; unit: string; area: Text; ownArea: boolean }
  /** Who inspects whom, for an activity of a draft. */
  | { kind: 'matrix'; activity: string; title: Text; ownArea: boolean }
  /** Covert visits or spot checks of an activity: by which units, where and when (JX-2.5, JX-4.4). */
  | { kind: 'visits'; activity: string; title: Text; inspectors: string[] }
  /** A frame of somebody else's making, handed over when the draw is made; `topic` is one word for it. */
  | { kind: 'frame'; topic: string; title: Text };

/** Who is to stay out of the frame, and why, in the words of whoever said so. */
export interface KeptOut {
  unit: string;
  words: string;
}

export interface NewDraw {
  code: string;
  campaignId: string;
  activity: string | null;
  /** One word for what it is about: draws with the same are draws of the same thing. */
  topic: string;
  subject: DrawSubject;
  plan: DrawPlan;
  seed: string;
  commitment: string;
  reason: string | null;
  by: string | null;
  /** ISO instant. */
  at: string;
}

/** A draw as it stands. `doneAt` is null until it is made. */
export interface StoredDraw extends Omit<NewDraw, 'by' | 'at'> {
  id: string;
  campaign: string;
  zone: string;
  status: 'begun' | 'done' | 'void';
  excluded: KeptOut[];
  begunBy: string | null;
  begunAt: Date;
  doneAt: Date | null;
}

const columns = `d.id::text, d.code, d.campaign_id::text AS "campaignId", c.code AS campaign, c.zone,
  d.activity_code AS activity, d.topic, d.subject, d.plan, d.status, d.seed, d.commitment, d.reason, d.excluded,
  d.begun_by::text AS "begunBy", d.begun_at AS "begunAt", d.done_at AS "doneAt"`;
const source = 'FROM draw d JOIN campaign c ON c.id = d.campaign_id';

export async function insertDraw(run: Run, draw: NewDraw): Promise<void> {
  const { code, campaignId, activity, topic, subject, plan, seed, commitment, reason, by, at } = draw;
  await run(
    `INSERT INTO draw (code, campaign_id, activity_code, topic, subject, plan, seed, commitment, reason, begun_by, begun_at)
     VALUES ($1, $2::uuid, $3, $4, $5::jsonb, $6::jsonb, $7, $8, $9, $10::uuid, $11::timestamptz)`,
    [
      code,
      campaignId,
      activity,
      topic,
      JSON.stringify(subject),
      JSON.stringify(plan),
      seed,
      commitment,
      reason,
      by,
      at,
    ],
  );
}

/** Keeps draws of a campaign from being begun or made by two at once; others of the campaign wait. */
export async function lockDraws(run: Run, campaignId: string): Promise<void> {
  await run('SELECT 1 FROM campaign WHERE id = $1::uuid FOR NO KEY UPDATE', [campaignId]);
}

export async function drawCalled(run: Run, code: string): Promise<StoredDraw | null> {
  const [row] = await run<StoredDraw>(`SELECT ${columns} ${source} WHERE d.code = $1`, [code]);
  return row === undefined ? null : read(row);
}

/** The draws about one thing, the first begun first; void ones are left out. */
export async function drawsAbout(run: Run, campaignId: string, topic: string): Promise<StoredDraw[]> {
  const rows = await run<StoredDraw>(
    `SELECT ${columns} ${source} WHERE d.campaign_id = $1::uuid AND d.topic = $2 AND d.status <> 'void'
     ORDER BY d.begun_at, d.code`,
    [campaignId, topic],
  );
  return rows.map(read);
}

/** A campaign's draws, the last begun first. */
export async function drawsOf(run: Run, campaignId: string, most: number): Promise<StoredDraw[]> {
  const rows = await run<StoredDraw>(
    `SELECT ${columns} ${source} WHERE d.campaign_id = $1::uuid ORDER BY d.begun_at DESC, d.code LIMIT $2`,
    [campaignId, most],
  );
  return rows.map(read);
}

export async function voidDraw(run: Run, id: string): Promise<void> {
  await run(`UPDATE draw SET status = 'void' WHERE id = $1::uuid AND status = 'begun'`, [id]);
}

export async function keepOut(run: Run, id: string, excluded: KeptOut[]): Promise<void> {
  await run(`UPDATE draw SET excluded = $2::jsonb WHERE id = $1::uuid AND status = 'begun'`, [
    id,
    JSON.stringify(excluded),
  ]);
}

/** Stores what was drawn. @throws Error when the draw had been made already */
export async function storeRecord(
  run: Run,
  id: string,
  record: DrawRecord,
  by: string | null,
): Promise<void> {
  const written = await run(recordDraw, [
    id,
    JSON.stringify(record),
    record.fingerprint,
    record.frozenAt,
    by,
  ]);
  if (written.length !== 1) throw new Error(`draw ${record.code} was made twice`);
}

/** What is stored of a draw that was made: its record, and what stands beside it. Nothing is checked here. */
export interface StoredRecord {
  record: unknown;
  seed: string;
  commitment: string;
  fingerprint: string;
  campaignId: string;
  /** The id of its activity, when that is hidden from others. */
  hidden: string | null;
}

export async function storedRecord(run: Run, code: string): Promise<StoredRecord | null> {
  const [row] = await run<StoredRecord>(
    `SELECT d.record, d.seed, d.commitment, d.fingerprint, d.campaign_id::text AS "campaignId", v.id::text AS hidden
     FROM draw d LEFT JOIN activity v ON v.campaign_id = d.campaign_id AND v.code = d.activity_code AND v.hidden
     WHERE d.code = $1 AND d.status = 'done'`,
    [code],
  );
  return row ?? null;
}

function read(row: StoredDraw): StoredDraw {
  return { ...row, plan: DrawPlan.parse(row.plan) };
}
