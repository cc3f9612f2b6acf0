import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBrowser, type TestBrowser } from '../../browser.ts';
import { type Ask, type House, inspectionRoom, openHouse } from './house.ts';
import { allSent, connected, evaluated, lines, send, shows, tap, until } from './page.ts';

let browser: TestBrowser;
let house: House;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const level: Ask = {
  target: 'session:s1',
  question: 'service',
  options: [
    { id: '5', label: '非常满意' },
    { id: '4', label: '满意' },
    { id: '1', label: '非常不满意' },
  ],
  many: false,
  numbered: true,
};

async function visit(as: string, room?: string): Promise<Page> {
  const query = new URLSearchParams({ as, ...(room === undefined ? {} : { room }) });
  const page = await browser.open(`${house.url}?${query}`);
  await connected(page);
  return page;
}

describe('talking', () => {
  it('picks a person, says something and hears the bot', async () => {
    const page = await browser.open(house.url);
    await tap(page, '检查员一');
    await connected(page);
    await shows(page, '#empty', '帮助');
    await send(page, '收到');
    await allSent(page);
    await house.say('console:inspector-1', '好的，任务已确认。\n请于7月15日前完成。');
    await shows(page, '.bot .text', '任务已确认');
    expect(await lines(page)).toEqual([
      '检查员一: 收到',
      '督办机器人: 好的，任务已确认。\n请于7月15日前完成。',
    ]);
    expect(house.received).toMatchObject([
      {
        channel: 'console',
        account: 'console',
        urn: 'console:inspector-1',
        kind: 'text',
        text: '收到',
        addressed: true,
        slash: false,
        files: [],
        sentAt: '2026-06-22T00:00:00.000000Z',
      },
    ]);
    expect(house.received[0]?.externalId).toMatch(/^console:inspector-1\/[0-9a-f-]{36}$/);
    expect(await evaluated(page, 'location.search')).toBe('?as=console%3Ainspector-1');
  });

  it('shows what was said before, in the time zone of the campaign', async () => {
    await house.say('console:citizen', '您好');
    const page = await visit('console:citizen');
    await shows(page, '.bot .text', '您好');
    expect(await evaluated(page, `document.querySelector('.entry time').textContent`)).toBe('6/22 08:00');
  });

  it('shows words of a message as they were typed, and keeps the order of a burst', async () => {
    const page = await visit('console:citizen');
    const burst = ['第一条', '  **二** _x_ `y`', '三 &amp; <b>3</b>', '四', '五'];
    for (const text of burst) await send(page, text);
    await allSent(page);
    expect(house.received.map((one) => one.text)).toEqual(burst);
    expect(await lines(page)).toEqual(burst.map((text) => `办事群众: ${text}`));
  });

  it('leaves Enter to the input method while Chinese is being composed, and starts a line with Shift', async () => {
    const page = await visit('console:citizen');
    await page.type('#text', 'shoudao');
    await page.evaluate(
      `document.querySelector('#text').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))`,
    );
    await page.keyboard.down('Shift');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Shift');
    await page.type('#text', '好');
    await page.keyboard.press('Enter');
    await allSent(page);
    expect(house.received.map((one) => one.text)).toEqual(['shoudao\n好']);
  });

  it('addresses the bot in a room by the tick or by a mention', async () => {
    const page = await visit('console:inspector-1', inspectionRoom);
    await send(page, '状态');
    await page.click('#addressed');
    await send(page, '大家辛苦了');
    await send(page, '@督办 我的任务');
    await allSent(page);
    expect(house.received.map(({ room, text, addressed }) => ({ room, text, addressed }))).toEqual([
      { room: inspectionRoom, text: '状态', addressed: true },
      { room: inspectionRoom, text: '大家辛苦了', addressed: false },
      { room: inspectionRoom, text: '我的任务', addressed: true },
    ]);
  });

  it('shows who is spoken to, and what only the reader sees', async () => {
    const page = await visit('console:inspector-1', inspectionRoom);
    await house.say(inspectionRoom, '请签到。', undefined, {
      mention: { 'zh-CN': '检查员一', en: 'Inspector 1' },
      only: true,
    });
    await shows(page, '.bot .text', '@检查员一 请签到。');
    await shows(page, '.bot .only', '仅您可见');
  });
});

describe('answering by tapping', () => {
  it('posts the option as a press, and the buttons go once the question is settled', async () => {
    const page = await visit('console:citizen');
    const asked = await house.say('console:citizen', '您对服务满意吗？', level);
    await shows(page, '.ask .option', '1. 非常满意');
    await tap(page, '3. 非常不满意');
    await allSent(page);
    expect(house.received).toMatchObject([
      {
        text: '非常不满意',
        press: { target: 'session:s1', question: 'service', options: ['1'] },
        addressed: true,
      },
    ]);
    await house.settle(asked);
    await until(page, `document.querySelectorAll('.ask').length === 0`);
    expect(await lines(page)).toEqual(['督办机器人: 您对服务满意吗？', '办事群众: 非常不满意']);
  });

  it('takes one tap once: the buttons rest while it is on its way', async () => {
    const page = await visit('console:citizen');
    await house.say('console:citizen', '您对服务满意吗？', level);
    await shows(page, '.ask .option', '满意');
    await page.evaluate(
      `{ const button = document.querySelectorAll('.ask .option')[1]; button.click(); button.click(); }`,
    );
    await allSent(page);
    await until(page, `!document.querySelector('.ask').disabled`);
    expect(house.received).toHaveLength(1);
  });

  it('takes the number as text just as well', async () => {
    const page = await visit('console:citizen');
    await house.say('console:citizen', '您对服务满意吗？', level);
    await shows(page, '.ask .option', '2. 满意');
    await send(page, '2');
    await allSent(page);
    expect(house.received).toMatchObject([{ text: '2' }]);
    expect(house.received[0]?.press).toBeUndefined();
  });

  it('offers ticks where several may be chosen, and sends nothing until one is', async () => {
    const page = await visit('console:citizen');
    const options = ['窗口少', '等候久', '态度差', '材料多'].map((label, index) => ({
      id: `r${index}`,
      label,
    }));
    await house.say('console:citizen', '哪些方面不满意？', {
      ...level,
      question: 'reasons',
      options,
      many: true,
    });
    await page.waitForSelector('.submit:disabled');
    await tap(page, '2. 等候久');
    await tap(page, '4. 材料多');
    await tap(page, '提交所选');
    await allSent(page);
    expect(house.received).toMatchObject([
      { text: '等候久、材料多', press: { target: 'session:s1', question: 'reasons', options: ['r1', 'r3'] } },
    ]);
  });
});

describe('several conversations', () => {
  it('brings a message to every tab of the person and to the others in the room', async () => {
    const first = await visit('console:inspector-1', inspectionRoom);
    const second = await browser.beside(first, `${house.url}?as=console:inspector-1&room=${inspectionRoom}`);
    const coordinator = await visit('console:coordinator', inspectionRoom);
    await connected(second);
    await send(first, '我已到海盐');
    await shows(second, '.mine .text', '我已到海盐');
    await shows(coordinator, '.other .text', '我已到海盐');
    await send(second, '开始检查');
    await shows(first, '.mine .text', '开始检查');
    await shows(coordinator, '.other .text', '开始检查');
    for (const page of [first, second, coordinator])
      expect(await lines(page)).toEqual(['检查员一: 我已到海盐', '检查员一: 开始检查']);
  });

  it('marks the conversation in which something is unread, and one who is not in a room does not see it', async () => {
    const page = await visit('console:inspector-1');
    const citizen = await visit('console:citizen');
    await house.say(inspectionRoom, '任务已发布。');
    await page.waitForSelector('#conversations button:nth-child(2) .dot');
    expect(await page.title()).toBe('● 督办 · 检查员一');
    await tap(page, '检查工作群');
    await shows(page, '.bot .text', '任务已发布');
    await until(page, `document.querySelectorAll('.dot').length === 0`);
    expect(await page.title()).toBe('督办 · 检查员一');
    expect(await evaluated(citizen, `document.querySelectorAll('#conversations button').length`)).toBe(1);
  });

  it('goes back and forth between people with the browser’s own buttons', async () => {
    const page = await visit('console:citizen');
    await tap(page, '更换身份');
    await tap(page, '协调单位');
    await shows(page, '#you', '协调单位');
    await page.goBack();
    await shows(page, '#pick h2', '请选择您的身份');
    await page.goBack();
    await shows(page, '#you', '办事群众');
  });
});

describe('a bad network', () => {
  it('sends again what got no answer, and it is stored once', async () => {
    const page = await visit('console:citizen');
    house.receiving.push(() => house.cut());
    await send(page, '我要评价');
    await allSent(page);
    await send(page, '第二条');
    await allSent(page);
    expect(house.received.map((one) => one.text)).toEqual(['我要评价', '我要评价', '第二条']);
    expect(house.received[0]?.externalId).toBe(house.received[1]?.externalId);
    expect(await lines(page)).toEqual(['办事群众: 我要评价', '办事群众: 第二条']);
  });

  it('sends again after a fault of the server', async () => {
    const page = await visit('console:citizen');
    house.receiving.push(() => {
      throw new Error('the database is away');
    });
    await send(page, '评价');
    await allSent(page);
    expect(await lines(page)).toEqual(['办事群众: 评价']);
    expect(house.received).toHaveLength(2);
  });

  it('comes back after a cut without losing or doubling anything, in the order said', async () => {
    for (let index = 0; index < 40; index++) await house.say('console:citizen', `旧${index}`);
    const page = await visit('console:citizen');
    await house.down();
    await shows(page, '#state', '连接中断');
    await send(page, '断线时写的');
    for (let index = 0; index < 40; index++) await house.say('console:citizen', `新${index}`);
    await house.up();
    await connected(page);
    await allSent(page);
    await shows(page, '.mine .text', '断线时写的');
    const old = Array.from({ length: 40 }, (_, index) => `督办机器人: 旧${index}`);
    const fresh = Array.from({ length: 40 }, (_, index) => `督办机器人: 新${index}`);
    expect(await lines(page)).toEqual([...old, ...fresh, '办事群众: 断线时写的']);
  });

  it('hangs up while nobody looks at it, and then goes on where it was', async () => {
    const page = await visit('console:citizen');
    await house.say('console:citizen', '之前');
    await shows(page, '.bot .text', '之前');
    const look = (hidden: boolean) =>
      page.evaluate(
        `Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); 0`,
      );
    await look(true);
    await vi.waitFor(() => expect(house.listening()).toBe(0));
    await house.say('console:citizen', '之间');
    await look(false);
    await shows(page, '.bot .text', '之间');
    expect(await lines(page)).toEqual(['督办机器人: 之前', '督办机器人: 之间']);
  });

  it('hears by its own looking what another process sent without a ring', async () => {
    const quick = await openHouse({ pollMs: 20 });
    const page = await browser.open(`${quick.url}?as=console:citizen`);
    await connected(page);
    await quick.say('console:citizen', '来自另一个进程', undefined, { silently: true });
    await shows(page, '.bot .text', '来自另一个进程');
    await quick.close();
  });
});
