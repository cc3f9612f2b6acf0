import { expect } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { type Clock, machineClock } from '../../../src/clock.ts';
import { startDispatcher } from '../../../src/jobs/dispatcher.ts';
import { forgetTraces } from '../../../src/jobs/forgetting.ts';
import type { Talk } from '../../conversation/stage.ts';

/** Sends all that is due through one channel, and keeps the texts. */
export async function delivered(
  talk: Talk,
  name: Channel['name'],
  send: Channel['send'] = async () => 'sent',
): Promise<string[]> {
  const texts: string[] = [];
  const free = { everyMs: 0, burst: 1, jitterMs: 0 };
  const channel: Channel = {
    name,
    budgets: { account: free, room: free },
    health: () => ({ ready: true }),
    start: async () => undefined,
    stop: async () => undefined,
    send: async (to, post) => {
      texts.push(post.text);
      return `${name}-${texts.length}/${await send(to, post)}`;
    },
    update: async () => undefined,
  };
  const dispatcher = startDispatcher(channel, {
    database: talk.database,
    clock: talk.clock,
    machine: machineClock,
    random: () => 0,
    log: talk.log,
    rehearsal: false,
    connected: () => [name],
  });
  await expect
    .poll(() =>
      talk.query(
        `SELECT count(*)::int AS n FROM outbox WHERE status IN ('waiting', 'sending') AND channel = $1 AND due_at <= $2`,
        [name, talk.clock.now()],
      ),
    )
    .toEqual([{ n: 0 }]);
  await dispatcher.stop();
  return texts;
}

export const answers = ['very dissatisfied', '1, 3', '20 minutes', 'the queue was long'];

/** Says these one after another, each at an instant of its own; gives the last that was heard. */
export async function says(talk: Talk, urn: string, words: string[]): Promise<string> {
  let last = '';
  for (const text of words) {
    talk.clock.advance(37_123);
    last = (await talk.says(urn, text)).at(-1)?.text ?? last;
  }
  return last;
}

/** The receipt at the end of a survey, in either language. */
export function receiptIn(goodbye: string | undefined): string {
  const [code = ''] = /[34679ACFHJKMNPRTVWXY]{4}(?:-[34679ACFHJKMNPRTVWXY]{4}){2}/.exec(goodbye ?? '') ?? [];
  expect(code).not.toBe('');
  return code;
}

/** Codes of cases handled by one unit, each a kind of matter of its own. */
export async function caseCodes(talk: Talk, count: number): Promise<string[]> {
  const codes = [...'34679ACFHJKMN'].slice(0, count).map((letter) => letter.repeat(10));
  await talk.query(
    `INSERT INTO survey_code (code, campaign_id, kind, unit_id, matter, created_at)
     SELECT g.code, u.campaign_id, 'case', u.id, 'matter ' || ascii(g.code), '2026-06-01'
     FROM unnest($1::text[]) AS g(code), unit u WHERE u.code = 'pinghu'`,
    [codes],
  );
  return codes;
}

export const sweep = (talk: Talk, machine: Clock = machineClock) =>
  forgetTraces({ ...talk.options, machine });

/** An hour and some later, by both clocks. */
export async function laterSweep(talk: Talk): Promise<void> {
  talk.clock.advance(3_600_001);
  await sweep(talk, { now: () => new Date(Date.now() + 3_600_000 + 60_000) });
}

export const people = Array.from({ length: 12 }, (_, index) => `wechat:citizen-${index}`);
export const count = async (talk: Talk, table: string) =>
  (await talk.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n;

/** What lies on the disk, by an order: the comment of each rating. */
export const ordered = async (talk: Talk, by: string) =>
  (
    await talk.query<{ words: string }>(
      `SELECT r.answers ->> 'comment' AS words FROM rating r LEFT JOIN rating_case c ON c.rating_id = r.id ORDER BY ${by}`,
    )
  ).map(({ words }) => words);

export const tallied = (talk: Talk) =>
  talk.query(
    `SELECT since::text, source, level, sum(n)::int AS n FROM rating_tally GROUP BY 1, 2, 3 HAVING sum(n) <> 0 ORDER BY 1, 2, 3`,
  );
export const counted = (talk: Talk) =>
  talk.query(
    `SELECT date_trunc('week', day::timestamp)::date::text AS since, source, level, count(*)::int AS n FROM rating GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );

export const stored = (talk: Talk) =>
  talk.query(
    `SELECT (SELECT count(*) FROM session)::int AS sessions, (SELECT count(*) FROM answer)::int AS answers,
       (SELECT count(*) FROM rating)::int AS ratings`,
  );
