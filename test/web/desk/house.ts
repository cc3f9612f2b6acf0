import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { onTestFinished } from 'vitest';
import { type HandClock, handClock } from '../../../src/clock.ts';
import { runOn } from '../../../src/store/database.ts';
import { makeLogin } from '../../../src/store/web-sessions.ts';
import { mountDesk } from '../../../src/web/desk/mount.ts';
import { quietLog } from '../../channels/slack/quiet-log.ts';
import { type StageOptions, stage, type Talk } from '../../conversation/stage.ts';
import { campaignWith } from '../../secrecy/campaign.ts';
import { visitor } from '../survey/house.ts';

export type Visitor = ReturnType<typeof visitor>;

export interface House extends Talk {
  /** Of the pages, without a slash at the end. */
  origin: string;
  /** Of links and sessions. */
  machine: HandClock;
  logged: Record<string, unknown>[];
  /** A browser that is logged in as whoever has this address. */
  as(urn: string): Promise<Visitor>;
  /** What a link carries for whoever has this address. */
  secretFor(urn: string): Promise<string>;
  contactOf(urn: string): Promise<string>;
}

/** The covert visits of the campaign that most tests look at: to 城西 and to 城南, by a team each. */
export const visits = [
  { inspector: 'team-a', inspected: 'west' },
  { inspector: 'team-b', inspected: 'south' },
];
export const mixed = { text: campaignWith(visits) };

/** The dashboard over HTTP on a free port, beside a whole conversation on a database of the test's own. */
export async function openHouse(options: StageOptions = { campaign: mixed }, liveMs = 10): Promise<House> {
  const talk = await stage(options);
  const machine = handClock('2026-06-22T02:00:00.000Z');
  talk.options.machine = machine;
  const logged: Record<string, unknown>[] = [];
  const web = express();
  const server = createServer(web);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { database, library, keys, clock } = talk;
  talk.options.publicUrl = () => origin;
  mountDesk(web, {
    ...{ database, library, keys, clock, machine, liveMs },
    log: quietLog(logged),
    publicUrl: () => origin,
    rehearsal: false,
    said: () => undefined,
  });
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  const contactOf = async (urn: string) => {
    const [row] = await talk.query<{ id: string }>('SELECT contact_id::text AS id FROM urn WHERE urn = $1', [
      urn,
    ]);
    if (row === undefined) throw new Error(`nobody is ${urn}`);
    return row.id;
  };
  const secretFor = async (urn: string) =>
    makeLogin(runOn(database.pool), await contactOf(urn), machine.now());
  return {
    ...talk,
    ...{ origin, machine, logged, secretFor, contactOf },
    as: async (urn) => {
      const browser = visitor(origin);
      const entered = await browser.post(`/desk/in/${await secretFor(urn)}`, { go: 'in' });
      if (entered.status !== 303) throw new Error(`not let in: ${entered.status}`);
      return browser;
    },
  };
}

/** Gives an address of its own a role, with a title as the console page's personas have. */
export async function enrol(
  house: Talk,
  urn: string,
  { role, unit = null, everywhere = false }: { role: string; unit?: string | null; everywhere?: boolean },
): Promise<void> {
  await house.query(
    `WITH c AS (INSERT INTO contact (title, address, language) VALUES (to_jsonb($2::text), $1, 'zh-CN') RETURNING id),
       u AS (INSERT INTO urn (urn, contact_id) SELECT $1, id FROM c)
     INSERT INTO membership (contact_id, campaign_id, unit_id, role)
     SELECT c.id, CASE WHEN $5 THEN NULL ELSE k.id END, (SELECT id FROM unit WHERE campaign_id = k.id AND code = $4), $3
     FROM c, (SELECT id FROM campaign ORDER BY loaded_at LIMIT 1) k`,
    [urn, urn.slice('console:'.length), role, unit, everywhere],
  );
}
