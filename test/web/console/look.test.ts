import type { Page, SerializedAXNode } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from '../../browser.ts';
import { type Ask, type House, inspectionRoom, openHouse } from './house.ts';
import { allSent, connected, evaluated, lines, send, shows, tap, tooWide, until } from './page.ts';

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

const phone = { width: 375, height: 667 };
const ask: Ask = {
  target: 'command:receipt',
  question: 'receipt',
  options: [
    { id: 'ok', label: '收到' },
    { id: 'later', label: '稍后办理' },
  ],
  many: false,
  numbered: false,
};

async function visit(query: string, size?: { width: number; height: number }): Promise<Page> {
  const page = await browser.open(`${house.url}${query}`, size);
  await connected(page);
  return page;
}

describe('what people write cannot harm the page', () => {
  const hostile = [
    '<script>globalThis.harmed = 1</script>',
    '<img src=x onerror="globalThis.harmed = 1">',
    '<a href="javascript:globalThis.harmed=1">点我</a>',
    '"><svg onload=globalThis.harmed=1>',
    '[x](javascript:globalThis.harmed=1) **粗** ![i](http://x.invalid/a.png)',
    "<!channel> @所有人 =cmd|' /C calc'!A0 '; --",
    '\u202Eنص عربي 123 \u2066abc\u2069 مرحبا',
    '控制\u0007字符\u200B与🧑‍🤝‍🧑🏳️‍🌈',
    'x'.repeat(10_000),
    '长'.repeat(10_000),
  ];

  it('shows it as typed, from people and from the bot', async () => {
    const page = await visit('?as=console:citizen', phone);
    for (const text of hostile) {
      await page.evaluate(`document.querySelector('#text').value = ${JSON.stringify(text)}`);
      await page.click('#send');
    }
    await allSent(page);
    expect(house.received.map((one) => one.text)).toEqual(hostile);
    for (const text of hostile)
      await house.say('console:citizen', text, { ...ask, options: [{ id: 'x', label: text.slice(0, 200) }] });
    await until(page, `document.querySelectorAll('.entry').length === ${hostile.length * 2}`);
    expect(await lines(page)).toEqual([
      ...hostile.map((text) => `办事群众: ${text}`),
      ...hostile.map((text) => `督办机器人: ${text}`),
    ]);
    expect(await evaluated(page, 'globalThis.harmed === undefined')).toBe(true);
    expect(
      await evaluated(page, `document.querySelectorAll('#log script, #log a, #log img, #log svg').length`),
    ).toBe(0);
    expect(await tooWide(page)).toEqual([]);
  });

  it('does not let a line in Arabic turn round the time and the name beside it', async () => {
    const page = await visit('?as=console:citizen');
    await house.say('console:citizen', '\u202Eمرحبا');
    await shows(page, '.bot .text', 'مرحبا');
    expect(await evaluated(page, `getComputedStyle(document.querySelector('.bot .text')).direction`)).toBe(
      'rtl',
    );
    expect(await evaluated(page, `getComputedStyle(document.querySelector('.bot header')).direction`)).toBe(
      'ltr',
    );
  });

  it('says so when a message is longer than any that is taken, and goes on', async () => {
    const page = await visit('?as=console:citizen');
    await page.evaluate(`document.querySelector('#text').value = '长'.repeat(20_001)`);
    await page.click('#send');
    await shows(page, '.refused footer', '消息太长');
    await send(page, '短');
    await shows(page, '#entries .mine .text', '短');
    expect(house.received.map((one) => one.text)).toEqual(['短']);
  });
});

describe('on a phone', () => {
  it('fits 375 pixels in both languages, everywhere', async () => {
    const page = await browser.open(house.url, phone);
    await shows(page, '.persona', '检查员一');
    expect(await tooWide(page)).toEqual([]);
    await tap(page, '检查员一');
    await connected(page);
    const options = ['窗口环境是否整洁，指示标志是否清晰，休息座椅是否充足', 'x'.repeat(150)].map(
      (label, index) => ({ id: `${index}`, label }),
    );
    await house.say('console:inspector-1', '请选择'.repeat(60), {
      ...ask,
      options,
      many: true,
      numbered: true,
    });
    await house.say(inspectionRoom, 'A'.repeat(300), { ...ask, options });
    await page.waitForSelector('.dot');
    expect(await tooWide(page)).toEqual([]);
    await tap(page, 'English');
    await tap(page, 'Inspection room');
    await shows(page, '.bot .text', 'AAA');
    expect(await tooWide(page)).toEqual([]);
    const small = `[...document.querySelectorAll('button, label.option')].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 36).map((one) => one.id)`;
    expect(await evaluated(page, small)).toEqual([]);
  });
});

describe('with the keyboard alone', () => {
  /** Goes on with the tab key until the focus is on what this expression picks, as a person would. */
  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let steps = 0; steps < 40; steps++) {
      await page.keyboard.press('Tab');
      if (await evaluated<boolean>(page, `document.activeElement.matches(${JSON.stringify(selector)})`))
        return;
    }
    throw new Error(`the tab key does not lead to ${selector}`);
  }

  /** Role and name of everything, as a screen reader is told. */
  async function named(page: Page): Promise<string[]> {
    const flat = (node: SerializedAXNode | null): string[] =>
      node ? [`${node.role} ${node.name}`, ...(node.children ?? []).flatMap(flat)] : [];
    return flat(await page.accessibility.snapshot({ interestingOnly: false }));
  }

  it('picks a person, answers, ticks, changes the room and writes', async () => {
    const page = await browser.open(house.url);
    await shows(page, '.persona', '检查员一');
    await tabTo(page, '.persona:nth-child(2)');
    expect(await evaluated(page, `getComputedStyle(document.activeElement).outlineStyle`)).toBe('solid');
    await page.keyboard.press('Enter');
    await connected(page);
    const first = await house.say('console:inspector-1', '新任务', ask);
    await shows(page, '.option', '收到');
    await tabTo(page, '.option');
    await page.keyboard.press('Space');
    await allSent(page);
    await house.settle(first);
    await until(page, `document.querySelectorAll('.ask').length === 0`);
    await until(page, `document.activeElement.id === 'text'`);
    await house.say('console:inspector-1', '可多选', { ...ask, many: true });
    await shows(page, '.option', '稍后办理');
    await tabTo(page, '.option:nth-of-type(2) input');
    await page.keyboard.press('Space');
    await tabTo(page, '.submit');
    await page.keyboard.press('Enter');
    await allSent(page);
    await tabTo(page, '#conversations button:nth-child(2)');
    await page.keyboard.press('Enter');
    await until(page, `document.activeElement.id === 'text'`);
    await page.keyboard.type('状态');
    await page.keyboard.press('Enter');
    await allSent(page);
    expect(house.received.map(({ text, room, press }) => ({ text, room, options: press?.options }))).toEqual([
      { text: '收到', room: undefined, options: ['ok'] },
      { text: '稍后办理', room: undefined, options: ['later'] },
      { text: '状态', room: inspectionRoom, options: undefined },
    ]);
  });

  it('names everything for those who hear the page', async () => {
    const page = await visit(`?as=console:inspector-1&room=${inspectionRoom}`);
    await house.say(inspectionRoom, '新任务', ask);
    await shows(page, '.option', '收到');
    expect(await named(page)).toEqual(
      expect.arrayContaining([
        'log 对话记录',
        'navigation 会话',
        'group 可选答案',
        'button 收到',
        'textbox 输入消息',
        'checkbox 对机器人说',
        'button 添加照片',
        'heading 检查工作群',
      ]),
    );
  });
});

describe('language and rehearsal', () => {
  it('begins in Chinese, keeps the choice of English, and says the same in both', async () => {
    const page = await visit('?as=console:citizen');
    expect(await evaluated(page, 'document.documentElement.lang')).toBe('zh-CN');
    await shows(page, '#send', '发送');
    await tap(page, 'English');
    await shows(page, '#send', 'Send');
    await shows(page, '#you', 'You are: Citizen');
    expect(await evaluated(page, 'document.documentElement.lang')).toBe('en');
    await page.reload();
    await connected(page);
    await shows(page, '#send', 'Send');
    await shows(page, '#language', '中文');
    const han = `[...document.querySelectorAll('body *')].filter((one) => one.id !== 'language' && one.children.length === 0 && one.checkVisibility() && /\\p{Script=Han}/u.test(one.textContent + (one.ariaLabel ?? '') + (one.placeholder ?? ''))).map((one) => one.outerHTML)`;
    expect(await evaluated(page, han)).toEqual([]);
  });

  it('says plainly that a rehearsal is one, and what time it is there', async () => {
    const rehearsal = await openHouse({ rehearsal: true });
    const page = await browser.open(`${rehearsal.url}?as=console:citizen`);
    await shows(page, '#rehearsal', '演练 2026/6/22 08:00');
    expect(await page.title()).toBe('演练 督办 · 办事群众');
    await tap(page, 'English');
    await shows(page, '#rehearsal', 'REHEARSAL');
    await rehearsal.close();
    const real = await visit('?as=console:citizen');
    expect(await evaluated(real, `document.querySelector('#rehearsal').checkVisibility()`)).toBe(false);
  });
});
