import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { handClock } from '../../src/clock.ts';
import { loadCampaign } from '../../src/conversation/load.ts';
import { openDatabase } from '../../src/store/database.ts';
import {
  commandFields,
  eventBody,
  messageEvent,
  nextTs,
  pressBody,
  type SentMessage,
  type SlackWorld,
  shownText,
  slackWorld,
} from '../channels/slack/driver.ts';
import { quietLog } from '../channels/slack/quiet-log.ts';
import { campaignText, start } from '../conversation/campaign-stage.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';
import { writtenKey } from '../keys.ts';
import { configOf } from './house.ts';

// The short form of the story over Socket Mode: the program as an operator starts it, with the real budgets.
let world: SlackWorld;
let fresh: FreshDatabase;
let app: App;
const log: Record<string, unknown>[] = [];

beforeAll(async () => {
  [world, fresh] = await Promise.all([slackWorld(), freshDatabase()]);
  const database = openDatabase(fresh.config, () => undefined);
  const clock = handClock('2026-06-22T08:00:00+08:00');
  const file = { start, path: 'campaigns/jiaxing-2014.yaml', clock };
  const loaded = await loadCampaign(database, await campaignText('jiaxing-2014'), file);
  expect(loaded.faults).toBeUndefined();
  await database.close();
  const config = configOf({
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: fresh.url,
    DUBAN_KEY: writtenKey,
    DUBAN_CLOCK: '2026-06-22T09:00+08:00 x1',
    DUBAN_COORDINATORS: `slack:${world.person('coordinator')}`,
    SLACK_BOT_TOKEN: world.botToken,
    SLACK_APP_TOKEN: world.appToken,
    SLACK_API_URL: world.apiUrl,
  });
  app = await startApp(config, quietLog(log));
  await world.api.socket.connected(1);
});

afterAll(async () => {
  await app.stop();
  expect(log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  await fresh.drop();
  await world.close();
});

const text = ({ blocks, text: plain }: SentMessage) => (blocks.length > 0 ? shownText(blocks) : plain);
const room = () => world.room('inspection');
const slash = (name: string, words: string) => {
  const given = { user: world.person(name), channel: room(), text: words };
  return world.api.socket.send('slash_commands', commandFields(world, given));
};
const say = async (name: string, words: string, ts = nextTs()) => {
  const said = {
    user: world.person(name),
    channel: await world.privateChat(world.person(name)),
    text: words,
    ts,
  };
  await world.api.socket.send('events_api', eventBody(world, messageEvent(said)));
};

test('is ready, with no sample in a database that is not its own', async () => {
  const health = await fetch(new URL('/healthz', app.url));
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ ready: true, channels: { slack: { ready: true } } });
  expect(app.sample).toBeNull();
});

test('a code, the task, its button, the first question; each message marked as a rehearsal', async () => {
  await slash('coordinator', '邀请 检查员 南湖区政府');
  const invited = await world.api.message(room(), 1);
  expect(invited.only).toBe(world.person('coordinator'));
  const code = /[34679ACFHJKMNPRTVWXY]{6}/.exec(text(invited))?.[0];
  const chat = await world.privateChat(world.person('inspector'));
  await say('inspector', `绑定 ${code}`);
  expect(text(await world.api.message(chat, 1))).toContain('南湖区政府，检查员');
  await slash('coordinator', '发布');
  const task = await world.api.message(chat, 2);
  expect(text(task)).toMatch(/^【演练】 ?【交叉式抽查】请南湖区政府检查海盐县政府/);
  const press = { user: world.person('inspector'), channel: chat, message: task, choose: ['收到'] };
  await world.api.socket.send('interactive', pressBody(world, press));
  expect(text(await world.api.message(chat, 3))).toContain('已确认：检查海盐县政府');
  await say('inspector', '签到');
  expect(text(await world.api.message(chat, 4))).toContain('1/10 检查的是哪个窗口？');
});

test('what comes again after a cut connection is stored once and answered once', async () => {
  const chat = await world.privateChat(world.person('inspector'));
  const ts = nextTs();
  await say('inspector', '3号窗口', ts);
  world.api.socket.drop();
  await world.api.socket.connected(2);
  await vi.waitUntil(async () => (await fetch(new URL('/healthz', app.url))).ok, {
    interval: 20,
    timeout: 20_000,
  });
  await say('inspector', '3号窗口', ts);
  await say('inspector', '跳过');
  expect(text(await world.api.message(chat, 6))).toContain('3/10');
  expect(world.messagesSentTo(chat)).toHaveLength(6);
  const answers = await fresh.pool.query(`SELECT value #>> '{}' AS value FROM answer`);
  expect(answers.rows).toEqual([{ value: '3号窗口' }]);
});

test('stops in good order: no turn half done, nothing on its way', async () => {
  await app.stop();
  const left = await fresh.pool.query(
    `SELECT (SELECT count(*)::int FROM inbox WHERE status NOT IN ('done')) AS inbox,
       (SELECT count(*)::int FROM outbox WHERE status NOT IN ('sent', 'waiting')) AS outbox`,
  );
  expect(left.rows).toEqual([{ inbox: 0, outbox: 0 }]);
});
