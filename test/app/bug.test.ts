import { expect, test } from 'vitest';
import type { Receive } from '../../src/channels/channel.ts';
import { createReceive } from '../../src/conversation/receive.ts';
import { type TurnOptions, takeTurns } from '../../src/conversation/turn.ts';
import { post } from '../../src/conversation/wording.ts';
import type { Say } from '../../src/flow/say.ts';
import { inTransaction, runOn } from '../../src/store/database.ts';
import { deadLetters, retryDeadLetter } from '../../src/store/dead-letters.ts';
import { createLibrary } from '../../src/store/library.ts';
import { openStage, publishedSample, type Stage } from '../conversation/campaign-stage.ts';
import { answersOf, enter, message, openQuestionnaires } from './questionnaire.ts';

const now = '2026-06-22T10:00:00+08:00';
const apology = '抱歉，刚才这条消息处理时出了差错，内容没有丢失，维护人员可以查到。请继续后面的操作。';

interface Ground extends Stage {
  /** Each a second after the one before. */
  says(urn: string, ...texts: string[]): Promise<void>;
  /** Takes turns until there is nothing left to do now. */
  turns(): Promise<void>;
  /** Texts of the inbox by their state, in the order sent. */
  inbox(urn: string): Promise<{ text: string; status: string; attempts: number }[]>;
  apologies(urn: string): Promise<number>;
  receive: Receive;
}

async function openGround(options: Partial<TurnOptions> = {}): Promise<Ground> {
  const stage = await openStage(now);
  const { database, query, clock } = stage;
  const given: TurnOptions = {
    ...stage,
    library: createLibrary(database),
    said: () => {},
    ...options,
  };
  const receive = createReceive({ database, clock, stored: () => {}, fetchLater: async () => {} });
  let second = 0;
  return {
    ...stage,
    receive,
    says: async (urn, ...texts) => {
      for (const text of texts) {
        second += 1;
        const sentAt = new Date(Date.parse(now) - 3_600_000 + second * 1_000).toISOString();
        expect(await receive(message(urn, `${second}`, text, sentAt))).toBe(true);
      }
    },
    turns: async () => {
      while ((await takeTurns(given)) > 0);
    },
    inbox: (urn) =>
      query(
        `SELECT body ->> 'text' AS text, status, attempts FROM inbox WHERE urn = $1 ORDER BY sent_at, seq`,
        [urn],
      ),
    apologies: async (urn) => {
      const rows = await query<{ say: Say }>('SELECT say FROM outbox WHERE address = $1', [urn]);
      return rows.filter(({ say }) => post(say, 'zh-CN').text === apology).length;
    },
  };
}

/** Two people whose questionnaire can't be read, three whose can. */
async function openBroken(): Promise<Ground & { mend(): Promise<void> }> {
  const ground = await openGround();
  const { campaignId } = await openQuestionnaires(ground);
  await enter(ground, campaignId, 'talk/hall', ['wechat:x']);
  await enter(ground, campaignId, 'talk/window', ['wechat:y1', 'wechat:y2', 'wechat:y3']);
  const [flow] = await ground.query<{ definition: unknown }>(
    `SELECT definition FROM flow WHERE id = 'talk/hall'`,
  );
  const put = (definition: unknown) =>
    ground.query(`UPDATE flow SET definition = $1 WHERE id = 'talk/hall'`, [JSON.stringify(definition)]);
  await put({ id: 'talk/hall', questions: '甲乙丙' });
  return { ...ground, mend: async () => void (await put(flow?.definition)) };
}

test('a message that a bug of ours throws on is tried three times, set aside and told once; others go on', async () => {
  const ground = await openBroken();
  const { says, turns, inbox, clock, apologies } = ground;
  await says('wechat:y1', '一');
  await says('wechat:x', '甲', '乙', '丙');
  await says('wechat:y2', '二');
  await turns();
  for (const [urn, said] of [
    ['wechat:y1', '一'],
    ['wechat:y2', '二'],
  ] as const)
    expect(await answersOf(ground, urn)).toEqual([['q1', said]]);
  const waits = (attempts: number, status = 'waiting') => [
    { text: '甲', status, attempts },
    { text: '乙', status: 'waiting', attempts: 0 },
    { text: '丙', status: 'waiting', attempts: 0 },
  ];
  expect(await inbox('wechat:x')).toEqual(waits(1));
  clock.advance(999);
  await turns();
  expect(await inbox('wechat:x')).toEqual(waits(1));
  clock.advance(1);
  await says('wechat:y3', '三');
  await turns();
  expect(await inbox('wechat:x')).toEqual(waits(2));
  expect(await answersOf(ground, 'wechat:y3')).toEqual([['q1', '三']]);
  expect(await apologies('wechat:x')).toBe(0);
  clock.advance(10_000);
  await turns();
  expect((await inbox('wechat:x'))[0]).toEqual({ text: '甲', status: 'dead', attempts: 3 });
  expect(await apologies('wechat:x')).toBe(1);
});

test('after the mend the messages behind go on in order, and a dead letter is taken when an operator says so', async () => {
  const ground = await openBroken();
  const { says, turns, inbox, clock, database, mend, apologies, query } = ground;
  await says('wechat:x', '甲', '乙', '丙');
  for (const ms of [0, 1_000, 10_000]) {
    clock.advance(ms);
    await turns();
  }
  await mend();
  clock.advance(1_000);
  await turns();
  expect(await answersOf(ground, 'wechat:x')).toEqual([
    ['q1', '乙'],
    ['q2', '丙'],
  ]);
  const [letter, ...more] = await deadLetters(database);
  expect(more).toEqual([]);
  expect(letter).toMatchObject({
    channel: 'wechat',
    attempts: 3,
    fault: expect.stringContaining('ZodError'),
  });
  expect(JSON.stringify(letter)).not.toContain('甲');
  expect(await retryDeadLetter(runOn(database.pool), 'in0', clock.now().toISOString())).toBe(false);
  await says('wechat:x', '丁');
  expect(await retryDeadLetter(runOn(database.pool), letter?.name ?? '', clock.now().toISOString())).toBe(
    true,
  );
  await turns();
  expect(await answersOf(ground, 'wechat:x')).toEqual([
    ['q1', '乙'],
    ['q2', '丙'],
    ['q3', '甲'],
    ['q4', '丁'],
  ]);
  expect((await inbox('wechat:x')).map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
  expect(await query(`SELECT fault FROM inbox WHERE fault IS NOT NULL OR retry_at IS NOT NULL`)).toEqual([]);
  expect(await deadLetters(database)).toEqual([]);
  expect(await retryDeadLetter(runOn(database.pool), letter?.name ?? '', clock.now().toISOString())).toBe(
    false,
  );
  expect(await apologies('wechat:x')).toBe(1);
});

test('a command that throws is tried, set aside and told alike, and what the person asks next is answered', async () => {
  const library = { flow: () => Promise.reject(new Error('a bug of ours')), campaign: expect.fail };
  const ground = await openGround({ library });
  await publishedSample(ground);
  const inspector = 'console:inspector-1';
  await ground.says(inspector, '签到', '帮助');
  for (const ms of [0, 1_000, 10_000]) {
    ground.clock.advance(ms);
    await ground.turns();
  }
  expect(await ground.inbox(inspector)).toEqual([
    { text: '签到', status: 'dead', attempts: 3 },
    { text: '帮助', status: 'done', attempts: 0 },
  ]);
  expect(await ground.apologies(inspector)).toBe(1);
  expect(await ground.query('SELECT id FROM session')).toEqual([]);
  const [help] = await ground.query<{ say: Say }>(
    'SELECT say FROM outbox WHERE address = $1 ORDER BY seq DESC LIMIT 1',
    [inspector],
  );
  expect(help && post(help.say, 'zh-CN').text).toContain('签到');
});

test('however much one person has waiting behind a message that fails, others are served at once', async () => {
  const ground = await openBroken();
  const { says, turns, inbox } = ground;
  await says('wechat:x', ...Array.from({ length: 300 }, (_, index) => `第${index}句`));
  await turns();
  await says('wechat:y1', '一');
  await turns();
  expect(await answersOf(ground, 'wechat:y1')).toEqual([['q1', '一']]);
  expect((await inbox('wechat:x')).filter(({ attempts }) => attempts > 0)).toHaveLength(1);
});

test('however much one person has waiting behind a photo that is still being fetched, others are served at once', async () => {
  const ground = await openBroken();
  const { says, turns, inbox, receive, clock } = ground;
  const photo = message('wechat:x', 'photo', '', new Date(Date.parse(now) - 7_200_000).toISOString());
  await receive({ ...photo, kind: 'media', files: [{ mime: 'image/png', source: { ref: 'photo-1' } }] });
  await says('wechat:x', ...Array.from({ length: 300 }, (_, index) => `第${index}句`));
  await says('wechat:y1', '一');
  await turns();
  clock.advance(60_000);
  await turns();
  expect(await answersOf(ground, 'wechat:y1')).toEqual([['q1', '一']]);
  expect(new Set((await inbox('wechat:x')).map(({ status }) => status))).toEqual(
    new Set(['fetching', 'waiting']),
  );
});

test('a message that cannot be stored keeps nobody else’s of the same instant from being stored', async () => {
  const ground = await openBroken();
  const { receive, query } = ground;
  const sentAt = new Date(now).toISOString();
  const odd = { ...message('wechat:x', 'odd', '甲', sentAt), sentAt: 'no instant' };
  const pressed = {
    ...message('wechat:x', 'pressed', '乙', sentAt),
    press: { target: 'session:\u0000', question: '\ud800', options: ['\u0000'] },
  };
  const stored = await Promise.allSettled([
    receive(message('wechat:y1', '1', '一', sentAt)),
    receive(odd),
    receive(pressed),
    receive(message('wechat:y2', '2', '二', sentAt)),
  ]);
  expect(stored.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  const rows = await query<{ text: string }>(`SELECT body ->> 'text' AS text FROM inbox ORDER BY 1`);
  expect(rows.map(({ text }) => text).sort()).toEqual(['一', '乙', '二']);
});

test('messages whose statement Postgres undid in a deadlock with another process are stored all the same', async () => {
  const { receive, query } = await openBroken();
  // A sequence is not rolled back: the first two statements fail, as if another process had been in the way.
  await query('CREATE SEQUENCE tries');
  await query(`CREATE FUNCTION in_the_way() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF nextval('tries') <= 2 THEN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF; RETURN NULL; END $$`);
  await query(
    'CREATE TRIGGER in_the_way AFTER INSERT ON inbox FOR EACH STATEMENT EXECUTE FUNCTION in_the_way()',
  );
  const sentAt = new Date(now).toISOString();
  const both = ['一', '二'].map((text) => receive(message('wechat:y1', text, text, sentAt)));
  expect(await Promise.all(both)).toEqual([true, true]);
  expect(await query(`SELECT body ->> 'text' AS text FROM inbox ORDER BY seq`)).toEqual([
    { text: '一' },
    { text: '二' },
  ]);
});

test('a connection that dies between two statements fails that work, and not the process', async () => {
  const { database, query } = await openStage(now);
  const working = inTransaction(database.pool, async (run) => {
    const [own] = await run<{ pid: number }>('SELECT pg_backend_pid() AS pid', []);
    const there = 'SELECT count(*)::int AS n FROM pg_stat_activity WHERE pid = $1';
    await query('SELECT pg_terminate_backend($1)', [own?.pid]);
    await expect.poll(() => query(there, [own?.pid])).toEqual([{ n: 0 }]);
    await run('SELECT 1 AS one', []);
  });
  await expect(working).rejects.toThrow();
  expect(await inTransaction(database.pool, (run) => run('SELECT 1 AS one', []))).toEqual([{ one: 1 }]);
});
