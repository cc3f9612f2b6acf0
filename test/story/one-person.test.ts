import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { wechatChannel } from '../../src/channels/wechat/channel.ts';
import { openChannels } from '../../src/connect.ts';
import { type SlackWorld, slackWorld } from '../channels/slack/driver.ts';
import { type PuppetDriver, startPuppet } from '../channels/wechat/driver.ts';
import { configOf, faults, freeBudgets, type House, openHouse, unhurried } from './house.ts';
import { type Heard, now, type SlackPeople, slackPeople, type Talker } from './slack-people.ts';
import { type WechatPeople, wechatPeople } from './wechat-people.ts';

// One person who writes from Slack at the desk and from WeChat at the window: the session goes along.
const phone = 'wxid_first';

let world: SlackWorld;
let driver: PuppetDriver;
let house: House;
let slack: SlackPeople;
let wechat: WechatPeople;
let coordinator: Talker;
let desk: Talker;

beforeAll(async () => {
  [world, driver] = await Promise.all([slackWorld(), startPuppet()]);
  let connected: Channel | undefined;
  house = await openHouse({
    now: '2026-06-22T09:00:00+08:00',
    coordinators: `slack:${world.person('coordinator')}`,
    channels: async (sockets) => {
      const config = configOf({
        SLACK_BOT_TOKEN: world.botToken,
        SLACK_SIGNING_SECRET: world.signingSecret,
        SLACK_API_URL: world.apiUrl,
      });
      const { receive, log } = sockets;
      connected = wechatChannel({ ...driver.choice, receive, log, budgets: freeBudgets });
      return [...(await openChannels(config, sockets)), connected].map(unhurried);
    },
  });
  slack = slackPeople(world, world.requests(house.url), house.settled);
  wechat = wechatPeople(driver, house);
  [coordinator, desk] = await Promise.all([slack.person('coordinator'), slack.person('inspector')]);
  await vi.waitUntil(() => connected?.health().ready, { interval: 5, timeout: 20_000 });
});

afterAll(async () => {
  expect(faults(house)).toEqual([]);
  await house.close();
  await Promise.all([world.close(), driver.close()]);
});

const codeIn = (heard: Heard[]) => /[34679ACFHJKMNPRTVWXY]{6}/.exec(heard[0]?.text ?? '')?.[0] ?? '';
let asked: Heard | undefined;
let code = '';

test('a checklist begun in Slack', async () => {
  await desk.says(`绑定 ${codeIn(await coordinator.slash('邀请 检查员 南湖区政府'))}`);
  await coordinator.slash('发布');
  await desk.says('签到');
  await desk.says('县行政服务中心 3号窗口');
  [asked] = await desk.says('跳过');
  expect(asked?.options).toEqual(['已落实', '未落实']);
});

test('a code of one’s own adds the other address; the first one is told', async () => {
  code = codeIn(await desk.slash('invite me'));
  const [bound] = await wechat.says(phone, `绑定 ${code}`);
  expect(bound).toMatchObject({ to: phone });
  expect(bound?.text).toContain('已添加为您的账号');
  const [notice] = slack.heard();
  expect(notice).toMatchObject({ to: 'inspector' });
  expect(notice?.text).toContain('您的另一个账号（微信）');
  expect(
    await house.query(
      `SELECT count(DISTINCT contact_id)::int AS people, count(*)::int AS addresses FROM urn
       WHERE urn = 'wechat:${phone}' OR urn LIKE '%/${desk.id}'`,
    ),
  ).toEqual([{ people: 1, addresses: 2 }]);
});

test('the checklist goes on in WeChat, and the buttons in Slack are gone', async () => {
  const [next] = await wechat.says(phone, '2');
  expect(next).toMatchObject({ to: phone });
  expect(next?.text).toContain('已登记问题：“两集中两到位”未落实。');
  expect(asked && now(asked)).toMatchObject({
    text: expect.stringMatching(/^3\/\d+ 一、“两集中两到位”是否落实？　✔ 未落实$/),
    options: [],
  });
  expect(await wechat.says(phone, '两项权力仍在部门')).toHaveLength(1);
});

test('and back in Slack', async () => {
  const [next] = await desk.says('95');
  expect(next).toMatchObject({ to: 'inspector' });
  expect(next?.text).toContain('三、审批事项的一审一核率是多少？');
  const stored = await house.query<{ sessions: number; answers: number }>(
    `SELECT count(DISTINCT session_id)::int AS sessions, count(*)::int AS answers FROM answer`,
  );
  expect(stored).toEqual([{ sessions: 1, answers: 4 }]);
});

test('reminders go to where the person last wrote in private', async () => {
  expect(wechat.heard()).toEqual([]);
  await wechat.says(phone, '暂停');
  slack.heard();
  await house.at('2026-07-10T09:00:00+08:00');
  const reminded = wechat.heard().filter(({ text }) => text.startsWith('提醒：'));
  expect(reminded).toMatchObject([{ to: phone }]);
  expect(slack.heard()).toEqual([]);
});

test('the code is good for one address, and not for the own one', async () => {
  const [used] = await wechat.says('wxid_second', `绑定 ${code}`);
  expect(used?.text).toContain('已经用过');
  const [same] = await desk.says(`绑定 ${codeIn(await desk.slash('invite me'))}`);
  expect(same?.text).toContain('这就是您现在的账号');
});
