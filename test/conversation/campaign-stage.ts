import { readFile } from 'node:fs/promises';
import { expect, onTestFinished } from 'vitest';
import { type HandClock, handClock } from '../../src/clock.ts';
import { type Loaded, loadCampaign } from '../../src/conversation/load.ts';
import { type PublishResult, publishCampaign } from '../../src/conversation/publish.ts';
import { post } from '../../src/conversation/wording.ts';
import type { Say } from '../../src/flow/say.ts';
import type { Language } from '../../src/flow/text.ts';
import type { Keys } from '../../src/keys.ts';
import { createLog, type Log } from '../../src/log.ts';
import { type Database, inTransaction } from '../../src/store/database.ts';
import { createLibrary, type Library } from '../../src/store/library.ts';
import { freshDatabase } from '../database.ts';
import { testKeys } from '../keys.ts';
import { openStrictly } from '../strict-database.ts';

/** A database of one test's own, and what the use cases want beside it. */
export interface Stage {
  database: Database;
  library: Library;
  clock: HandClock;
  log: Log;
  keys: Keys;
  publicUrl: () => string;
  query<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
}

/** @param template a database to begin with; the migrated one by default */
export async function openStage(now: string, template?: string): Promise<Stage> {
  const fresh = await freshDatabase(template);
  const database = openStrictly(fresh.config);
  onTestFinished(async () => {
    await database.close();
    await fresh.drop();
  });
  return stageOn(database, now);
}

function stageOn(database: Database, now: string): Stage {
  return {
    database,
    library: createLibrary(database),
    clock: handClock(now),
    log: createLog('silent'),
    keys: testKeys,
    publicUrl: () => 'http://duban.test',
    query: async (sql, values = []) => (await database.pool.query(sql, values)).rows,
  };
}

/** A database with a campaign in it, to be copied. */
export interface Template {
  database: string;
  campaignId: string;
}

const templates = new Map<string, Promise<Template>>();

/** Loads and publishes a campaign once for all tests of this process that begin with it. The server ends with the run. */
export function templateOf(now: string, text: string, published: boolean): Promise<Template> {
  const key = `${now} ${published} ${text}`;
  const known = templates.get(key) ?? makeTemplate(now, text, published);
  templates.set(key, known);
  return known;
}

async function makeTemplate(now: string, text: string, published: boolean): Promise<Template> {
  const fresh = await freshDatabase();
  const database = openStrictly(fresh.config);
  const stage = stageOn(database, now);
  const campaignId = await load(stage, text);
  if (published) expect((await publish(stage, campaignId)).kind).toBe('published');
  await database.close();
  await fresh.pool.end();
  return { database: fresh.config.database, campaignId };
}

/** A campaign file of this house. */
export function campaignText(name: string): Promise<string> {
  return readFile(new URL(`../../campaigns/${name}.yaml`, import.meta.url), 'utf8');
}

/** 2026-06-22, the Monday on which the sample starts here; its 17th workday is 2026-07-15. */
export const start = '2026-06-22';

export async function load(stage: Stage, text: string): Promise<string> {
  const loaded: Loaded = await loadCampaign(stage.database, text, {
    start,
    path: 'campaigns/test.yaml',
    clock: stage.clock,
    console: true,
  });
  if (loaded.faults !== undefined) expect.fail(JSON.stringify(loaded.faults));
  return loaded.campaignId;
}

export function publish({ database, clock }: Stage, campaignId: string): Promise<PublishResult> {
  return inTransaction(database.pool, (run) => publishCampaign(run, campaignId, clock.now().toISOString()));
}

/** The sample campaign, published at the stage's time. */
export async function publishedSample(stage: Stage): Promise<string> {
  const id = await load(stage, await campaignText('jiaxing-2014'));
  expect(await publish(stage, id)).toMatchObject({ kind: 'published', assignments: 8 });
  return id;
}

export interface Sent {
  key: string | null;
  address: string;
  priority: number;
  at: string;
  dueAt: string;
  say: Say;
  text: string;
}

/** Outgoing messages whose key begins like that, as a reader sees them. Instants are ISO in UTC. */
export async function outbox(
  { query }: Stage,
  prefix: string,
  language: Language = 'zh-CN',
): Promise<Sent[]> {
  const rows = await query<Omit<Sent, 'at' | 'dueAt' | 'text'> & { at: Date; dueAt: Date }>(
    `SELECT key, address, priority, created_at AS at, due_at AS "dueAt", say FROM outbox
     WHERE coalesce(key, '') LIKE $1 || '%' ORDER BY seq`,
    [prefix],
  );
  return rows.map((row) => ({
    ...row,
    at: row.at.toISOString(),
    dueAt: row.dueAt.toISOString(),
    text: post(row.say, language).text,
  }));
}

/** Runs a tick every hour from the stage's time up to `until`, each until there is nothing left. */
export async function everyHour(stage: Stage, until: string, tick: () => Promise<number>): Promise<void> {
  for (; stage.clock.now() <= new Date(until); stage.clock.advance(3_600_000)) while ((await tick()) > 0);
}
