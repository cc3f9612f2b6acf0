import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express, { type RequestHandler } from 'express';
import { expect, onTestFinished } from 'vitest';
import { type HandClock, handClock } from '../../../src/clock.ts';
import { createRatings, type Ratings } from '../../../src/conversation/ratings.ts';
import { runOn } from '../../../src/store/database.ts';
import { type CodeTarget, makeCodes } from '../../../src/store/survey-codes.ts';
import type { SurveyDoors } from '../../../src/web/survey/doors.ts';
import { mountSurvey } from '../../../src/web/survey/mount.ts';
import { quietLog } from '../../channels/slack/quiet-log.ts';
import { load, openStage, publish, publishedSample, type Stage } from '../../conversation/campaign-stage.ts';

/** What is stored of one rating. */
export interface Row {
  level: number;
  answers: Record<string, unknown>;
  unit: string | null;
  matter: string | null;
  source: string;
}

export interface House extends Stage {
  /** Of the pages, without a slash at the end. */
  origin: string;
  campaignId: string;
  /** Of limits and of how long a page may be open. */
  machine: HandClock;
  ratings: Ratings;
  /** Every line of the log. */
  logged: Record<string, unknown>[];
  /** A code for a unit of the sample (南湖区 without a name), or another target. */
  code(target?: Partial<CodeTarget> & { unit?: string }): Promise<string>;
  ratingsStored(): Promise<Row[]>;
  /** What each further request meets before the pages; the first of them goes first. */
  before: RequestHandler[];
  cut(): void;
  down(): Promise<void>;
  up(): Promise<void>;
}

export interface HouseOptions {
  /** A campaign file instead of the sample. */
  text?: string;
  doors?: Partial<SurveyDoors>;
}

/** The pages over HTTP on a free port, with the real ratings and a database of the test's own. */
export async function openHouse({ text, doors = {} }: HouseOptions = {}): Promise<House> {
  const stage = await openStage('2026-06-22T02:00:00.000Z');
  const campaignId = text === undefined ? await publishedSample(stage) : await load(stage, text);
  if (text !== undefined) expect(await publish(stage, campaignId)).toMatchObject({ kind: 'published' });
  const machine = handClock('2026-06-22T02:00:00.000Z');
  const logged: Record<string, unknown>[] = [];
  const ratings = createRatings(stage);
  const before: RequestHandler[] = [];
  const web = express();
  web.use((request, response, next) => {
    const first = before.shift();
    if (first === undefined) next();
    else first(request, response, next);
  });
  const server = await listen(createServer(web));
  const origin = `http://127.0.0.1:${server.port}`;
  mountSurvey(web, {
    ratings,
    keys: stage.keys,
    clock: stage.clock,
    machine,
    log: quietLog(logged),
    publicUrl: () => origin,
    trustProxy: null,
    rehearsal: false,
    ...doors,
  });
  onTestFinished(server.close);
  return {
    ...stage,
    ...{ origin, campaignId, machine, ratings, logged, before },
    code: (target) => codeFor(stage, campaignId, target),
    ratingsStored: () =>
      stage.query<Row>(
        `SELECT level::int, answers, u.code AS unit, matter, source FROM rating LEFT JOIN unit u ON u.id = unit_id
         ORDER BY day, level, rating.id`,
      ),
    cut: server.cut,
    down: server.close,
    up: server.open,
  };
}

async function codeFor(
  stage: Stage,
  campaignId: string,
  { unit = 'nanhu', ...target }: Partial<CodeTarget> & { unit?: string } = {},
): Promise<string> {
  const [row] = await stage.query<{ id: string }>(
    'SELECT id::text FROM unit WHERE code = $1 AND campaign_id = $2',
    [unit, campaignId],
  );
  if (row === undefined) throw new Error(`no unit ${unit}`);
  const { codes } = await makeCodes(runOn(stage.database.pool), {
    campaignId,
    targets: [{ kind: 'unit', unitId: row.id, matter: null, ...target }],
    by: null,
    at: stage.clock.now().toISOString(),
    expiresOn: null,
  });
  const [made] = codes;
  if (made === undefined) throw new Error('no code was made');
  return made.code;
}

async function listen(http: Server) {
  const sockets = new Set<Socket>();
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    port,
    cut,
    open: async () => {
      http.listen(port, '127.0.0.1');
      await once(http, 'listening');
    },
    close: async () => {
      if (!http.listening) return;
      const closed = once(http, 'close');
      http.close();
      cut();
      await closed;
    },
  };
}

/** A visitor without a browser: keeps the cookie as a browser would, by path, and follows no redirect. */
export function visitor(origin: string, headers: Record<string, string> = {}) {
  const cookies = new Map<string, string>();
  const jar = (path: string) =>
    [...cookies]
      .flatMap(([at, value]) => (path === at || path.startsWith(`${at}/`) ? [value] : []))
      .join('; ');
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const cookie = jar(new URL(path, origin).pathname);
    const response = await fetch(new URL(path, origin), {
      redirect: 'manual',
      ...init,
      headers: {
        'accept-language': 'zh-CN',
        ...headers,
        ...(cookie === '' ? {} : { cookie }),
        ...init.headers,
      },
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      cookies.set(/; Path=([^;]+)/.exec(set)?.[1] ?? '/', pair);
    }
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    cookies,
    get: (path: string) => ask(path),
    post: (path: string, fields: Fields, more: Record<string, string> = {}) =>
      ask(path, { method: 'POST', body: bodyOf(fields), headers: more }),
    ask,
  };
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export type Fields = Record<string, string | string[]>;

export function bodyOf(fields: Fields): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  );
}

/** What the form on a page carries along. */
export function hiddenIn({ text }: Answer): Record<string, string> {
  const found = [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, unescaped(value)]));
}

/** The words of a page as they are read. */
export function wordsOf({ text }: Answer): string {
  const body = text.slice(text.indexOf('<body>'));
  return unescaped(body.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');
}

function unescaped(markup: string): string {
  return markup
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

export const locationOf = ({ headers }: Answer): string => headers.get('location') ?? '';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
