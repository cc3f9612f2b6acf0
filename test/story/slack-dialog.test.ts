import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChannels } from '../../src/connect.ts';
import { type Requests, type SlackWorld, slackWorld } from '../channels/slack/driver.ts';
import { configOf, faults, type House, openHouse, unhurried } from './house.ts';
import { type SlackPeople, slackPeople, type Talker } from './slack-people.ts';

// A coordinator gives a task more time by a dialog, and by answers one by one where Slack opens none.
let world: SlackWorld;
let house: House;
let slack: Requests;
let people: SlackPeople;
let coordinator: Talker;

beforeAll(async () => {
  world = await slackWorld();
  house = await openHouse({
    now: '2026-06-22T09:00:00+08:00',
    coordinators: `slack:${world.person('coordinator')}`,
    channels: async (sockets) => {
      const config = configOf({
        SLACK_BOT_TOKEN: world.botToken,
        SLACK_SIGNING_SECRET: world.signingSecret,
        SLACK_API_URL: world.apiUrl,
      });
      return (await openChannels(config, sockets)).map(unhurried);
    },
  });
  slack = world.requests(house.url);
  people = slackPeople(world, slack, house.settled);
  coordinator = await people.person('coordinator');
  await coordinator.slash('绑定群', 'inspection');
  await coordinator.slash('publish', 'inspection');
});

afterAll(async () => {
  expect(faults(house)).toEqual([]);
  await house.close();
  await world.close();
});

const due = async (number: number) => {
  const [row] = await house.query<{ due: string }>('SELECT due_on AS due FROM assignment WHERE number = $1', [
    number,
  ]);
  return row?.due;
};

const opened = () => world.api.calls.filter(({ method }) => method === 'views.open');

test('a dialog in the language of the person, obeyed as if it had been typed, seen by nobody else', async () => {
  const trigger = await world.trigger(coordinator.id);
  const channel = world.room('inspection');
  const inbox = await house.count('inbox');
  const answer = await slack.slash({ user: coordinator.id, channel, text: '任务延期', trigger });
  expect(answer.status).toBe(200);
  expect(await house.count('inbox')).toBe(inbox);
  const view = JSON.parse(opened()[0]?.args.view ?? '{}') as Record<string, string>;
  expect(JSON.stringify(view)).toContain('延至哪一天');
  const given = {
    user: coordinator.id,
    view: {
      id: 'V0000001',
      callback_id: view.callback_id ?? '',
      private_metadata: view.private_metadata ?? '',
    },
    values: {
      number: { value: '1' },
      until: { selected_date: '2026-07-20' },
      reason: { value: '台风停运' },
    },
  };
  await slack.submit(given);
  await slack.submit(given);
  await house.settled();
  const heard = people.heard();
  expect(heard).toMatchObject([{ to: '#inspection', only: 'coordinator' }]);
  expect(heard[0]?.text).toContain('延至2026年7月20日');
  expect(await due(1)).toBe('2026-07-20');
  expect(await house.count('task_event')).toBe(1);
});

test('where Slack opens none, the fields are asked in private', async () => {
  // The driver's own trigger is none that Slack knows.
  const asked = await coordinator.slash('extend task', 'inspection');
  expect(asked.map(({ to, only }) => `${to} ${only ?? ''}`.trim()).sort()).toEqual([
    '#inspection coordinator',
    'coordinator',
  ]);
  expect(asked.find(({ to }) => to === 'coordinator')?.text).toContain('【任务延期】第1步');
  await coordinator.says('2');
  await coordinator.says('7月21日');
  const [done] = await coordinator.says('跳过');
  expect(done?.text).toContain('延至2026年7月21日');
  expect(await due(2)).toBe('2026-07-21');
});

test('no dialog is offered for what is not theirs to give', async () => {
  const stranger = await people.person('citizen');
  const before = opened().length;
  const heard = await stranger.slash('assign', 'inspection');
  expect(opened()).toHaveLength(before);
  expect(heard).toMatchObject([{ only: 'citizen' }]);
});
