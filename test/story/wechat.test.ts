import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { wechatChannel } from '../../src/channels/wechat/channel.ts';
import { type PuppetDriver, startPuppet } from '../channels/wechat/driver.ts';
import { faults, type House, openHouse } from './house.ts';
import { photo, sha256 } from './photo.ts';
import { type Heard, type WechatPeople, wechatPeople } from './wechat-people.ts';

// The story of the README in a WeChat group: real gRPC, the puppet in a process of its own.
const room = 'inspection@chatroom';
const [coordinator, nanhu, xiuzhou, stranger] = ['wxid_coord', 'wxid_first', 'wxid_second', 'wxid_stranger'];

let driver: PuppetDriver;
let channel: Channel;
let house: House;
let people: WechatPeople;

beforeAll(async () => {
  driver = await startPuppet();
  // What an account is spared is tested in channel.test.ts; here nobody waits for it.
  const free = { everyMs: 0, burst: 1, jitterMs: 0 };
  house = await openHouse({
    now: '2026-06-22T09:00:00+08:00',
    coordinators: `wechat:${coordinator}`,
    channels: ({ receive, log }) => {
      channel = wechatChannel({
        ...driver.choice,
        receive,
        log,
        budgets: { account: free, room: free },
        patience: { dongMsMax: 1_500, backoffMs: [100, 200, 400] },
      });
      return [channel];
    },
  });
  people = wechatPeople(driver, house);
  await ready();
});

afterAll(async () => {
  expect(faults(house)).toEqual([]);
  await house.close();
  await driver.close();
});

const ready = () => vi.waitUntil(() => channel.health().ready, { interval: 5, timeout: 20_000 });
const texts = (heard: Heard[]) => heard.map(({ text }) => text);
const codeIn = (heard: Heard[]) => /[34679ACFHJKMNPRTVWXY]{6}/.exec(heard[0]?.text ?? '')?.[0] ?? '';

async function invited(unit: string): Promise<string> {
  return codeIn(await people.says(coordinator, `邀请 检查员 ${unit}`));
}

describe('publishing', () => {
  test('the coordinator ties the room by calling the bot', async () => {
    expect(await people.says(coordinator, '绑定群', room)).toEqual([]);
    const [tied] = await people.asks(coordinator, '绑定群', room);
    expect(tied).toMatchObject({ to: room, mention: coordinator });
    expect(tied?.text).toContain('本群已用于');
  });

  test('codes are bound in private', async () => {
    const [bound] = await people.says(nanhu, `绑定 ${await invited('南湖区政府')}`);
    expect(bound).toMatchObject({ to: nanhu });
    expect(bound?.text).toContain('南湖区政府，检查员');
    const code = await invited('秀洲');
    const [second] = await people.says(xiuzhou, `绑定${code.slice(0, 3)} ${code.slice(3).toLowerCase()}`);
    expect(second?.text).toContain('秀洲区政府，检查员');
  });

  test('the room hears it once, each inspector the own task in private, and nothing twice', async () => {
    const heard = await people.says(coordinator, '发布');
    expect(heard.map(({ to }) => to).sort()).toEqual([room, coordinator, nanhu, xiuzhou].sort());
    const task = heard.find(({ to }) => to === nanhu);
    expect(task?.text).toContain('请南湖区政府检查海盐县政府，至少3个窗口，至多5个。');
    // WeChat has no buttons, and a word is quicker than a number.
    expect(task?.text).not.toMatch(/^1\. /m);
    const again = await people.says(coordinator, '发布');
    expect(again).toMatchObject([{ to: coordinator }]);
    expect(again[0]?.text).toContain('没有重复发送');
  });

  test('who can not be written to in private is asked in the room to write, without a word of what it is', async () => {
    const code = await invited('嘉善');
    const heard = await people.says(stranger, `绑定 ${code}`, room);
    expect(heard).toEqual([
      { to: room, mention: stranger, text: '已私信回复。' },
      {
        to: room,
        mention: stranger,
        text: '有一条给您的消息，暂时无法私信。请先与我私聊任意一句话，即可收到。',
      },
    ]);
    expect(await house.count('outbox', `status = 'held'`)).toBe(2);
    const released = await people.says(stranger, '你好');
    expect(released.map(({ to }) => to)).toEqual([stranger, stranger]);
    expect(released[0]?.text).toContain('嘉善县政府，检查员');
    expect(released[1]?.text).toContain('请嘉善县政府检查南湖区政府');
  });
});

test('收到 in the room confirms a task once; said by others, or again, it is left alone', async () => {
  expect(await people.says(coordinator, '收到', room)).toEqual([]);
  const [confirmed, ...more] = await people.says(nanhu, '收到', room);
  expect(more).toEqual([]);
  expect(confirmed).toMatchObject({ to: room, mention: nanhu });
  expect(confirmed?.text).toContain('已确认：检查海盐县政府');
  expect(await people.says(nanhu, '收到', room)).toEqual([]);
});

describe('how far are we', () => {
  test('状态 in the room, with and without calling the bot', async () => {
    const bare = await people.says(coordinator, '状态', room);
    const called = await people.asks(coordinator, '状态', room);
    expect(called).toEqual(bare);
    expect(bare).toMatchObject([{ to: room, mention: coordinator }]);
    expect(bare[0]?.text).toContain('交叉式抽查：已上报0/8，已确认1/8');
  });

  test('an inspector’s own tasks are a private matter', async () => {
    const heard = await people.asks(nanhu, '我的任务', room);
    expect(heard.map(({ to }) => to).sort()).toEqual([room, nanhu].sort());
    expect(heard.find(({ to }) => to === room)?.text).toBe('已私信回复。');
  });
});

describe('two inspectors at once in one room', () => {
  /** Both speak in the same instant. @returns what each was told */
  async function both(first: string, second: string): Promise<[string[], string[]]> {
    const heard = await people.say({ from: nanhu, text: first, room }, { from: xiuzhou, text: second, room });
    expect(heard.every(({ to }) => to === room)).toBe(true);
    const told = (who: string) => texts(heard.filter(({ mention }) => mention === who));
    return [told(nanhu), told(xiuzhou)];
  }

  test('each is asked by name, and the answers never mix', async () => {
    const [begun, begunToo] = await both('签到', '签到');
    expect(begun).toHaveLength(1);
    expect(begun[0]).toContain('开始检查海盐县政府');
    expect(begunToo[0]).toContain('开始检查平湖市政府');
    await both('海盐一号窗口', '平湖二号窗口');
    const [, choice] = await both('武原街道', '跳过');
    expect(choice[0]).toContain('\n1. 已落实\n2. 未落实');
    const [share, why] = await both('1', '2');
    expect(share[0]).toContain('4/10');
    expect(why[0]).toContain('已登记问题：“两集中两到位”未落实。');
    await both('95', '权力没有集中');
    await both('百分之八十八', '九十');
    await both('都落实了', '八成');
    const stored = await house.query<{ urn: string; question: string; value: unknown }>(
      `SELECT u.urn, a.question, a.value FROM answer a JOIN session s ON s.id = a.session_id
       JOIN urn u ON u.contact_id = s.contact_id ORDER BY u.urn, a.id`,
    );
    const of = (who: string) =>
      stored.filter(({ urn }) => urn === `wechat:${who}`).map(({ question, value }) => [question, value]);
    expect(of(nanhu)).toEqual([
      ['name', '海盐一号窗口'],
      ['where', { label: '武原街道' }],
      ['concentrated', 'yes'],
      ['accepted-and-handled', 95],
      ['one-review', 88],
      ['systems', ['none']],
    ]);
    expect(of(xiuzhou)).toEqual([
      ['name', '平湖二号窗口'],
      ['concentrated', 'no'],
      ['concentrated-why', '权力没有集中'],
      ['accepted-and-handled', 90],
      ['one-review', 80],
    ]);
    expect(await house.query(`SELECT question FROM finding WHERE status = 'open' ORDER BY number`)).toEqual([
      { question: 'concentrated' },
      { question: 'one-review' },
    ]);
  });

  test('talk that is no answer is left alone; said to the bot, it gets one hint', async () => {
    for (const talk of ['大家辛苦了', '中午在哪里集合？', '@检查员乙 等等我', '[微笑]'])
      expect(await people.says(nanhu, talk, room)).toEqual([]);
    expect(await people.says(stranger, '2', room)).toEqual([]);
    const [hint, ...more] = await people.asks(nanhu, '大家辛苦了', room);
    expect(more).toEqual([]);
    expect(hint).toMatchObject({ to: room, mention: nanhu });
    expect(hint?.text).toContain('五、工作人员是否在岗');
  });

  test('the puppet is killed in the middle; what was to be said is said when it is back, and both go on', async () => {
    await driver.kill();
    await vi.waitUntil(() => !channel.health().ready, { interval: 5, timeout: 20_000 });
    // Two hours of silence bring a nudge, which finds nobody to carry it.
    house.clock.advance(121 * 60_000);
    await vi.waitUntil(async () => (await house.count('outbox', `status = 'waiting'`)) === 2, {
      interval: 20,
      timeout: 20_000,
    });
    await driver.start();
    await ready();
    await house.settled();
    const nudged = people.heard();
    expect(nudged.map(({ to, mention }) => [to, mention]).sort()).toEqual([
      [room, nanhu],
      [room, xiuzhou],
    ]);
    const [onPost, systems] = await both('是', '1、3');
    expect(onPost[0]).toContain('六、工作人员着装');
    expect(systems[0]).toContain('已登记问题：一次性告知、礼貌用语落实不好。');
    expect(await house.count('answer', `question = 'name'`)).toBe(2);
  });

  test('a photo is kept byte for byte, and belongs to who sent it', async () => {
    await both('没有挂牌', '在岗');
    await both('两人未佩戴工作牌', '符合');
    const [ask, askToo] = await both('满意', '基本满意');
    expect(ask[0]).toContain('请发照片佐证。');
    expect(askToo[0]).toContain('请发照片佐证。');
    const bytes = photo(150_000);
    const file = { name: 'mmexport.png', base64: bytes.toString('base64') };
    const [next] = await people.say({ from: xiuzhou, room, type: 'Image', file });
    expect(next).toMatchObject({ to: room, mention: xiuzhou });
    expect(next?.text).toContain('还有什么要说明的');
    const kept = await house.query(
      `SELECT a.mime, a.size, a.sha256, a.status, a.urn, c.bytes AS content
       FROM attachment a JOIN attachment_content c USING (sha256)`,
    );
    expect(kept).toEqual([
      {
        mime: 'image/png',
        size: bytes.length,
        sha256: sha256(bytes),
        status: 'stored',
        urn: `wechat:${xiuzhou}`,
        content: bytes,
      },
    ]);
  });

  test('ends for one while the other is still asked', async () => {
    const [end] = await people.says(xiuzhou, '跳过', room);
    expect(end?.text).toContain('已检查1个窗口，按通知要求至少3个，还需2个。');
    const states = await house.query('SELECT status FROM session ORDER BY status');
    expect(states).toEqual([{ status: 'completed' }, { status: 'live' }]);
  });
});
