import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { type EmbeddedServer, startEmbedded } from '../../src/store/embedded/embedded.ts';
import { openBrowser, type TestBrowser } from '../browser.ts';
import { quietLog } from '../channels/slack/quiet-log.ts';
import { serverFolder } from '../folder.ts';
import { allSent, connected, evaluated, lines, send, shows, tap, until } from '../web/console/page.ts';
import { configOf } from './house.ts';
import { photo, sha256 } from './photo.ts';

// The story by hand, as a newcomer plays it: `npm start` on an empty folder, a browser, nothing else. A rehearsal, so
// that it is nine in the morning whenever this runs.
let folder: string;
let app: App;
let beside: EmbeddedServer;
let browser: TestBrowser;
const log: Record<string, unknown>[] = [];

beforeAll(async () => {
  folder = await serverFolder('story');
  const config = configOf({ PORT: '0', DATA_DIR: folder, DUBAN_CLOCK: '2026-06-22T09:00+08:00 x1' });
  [app, browser] = await Promise.all([startApp(config, quietLog(log)), openBrowser()]);
  beside = await startEmbedded(folder);
});

afterAll(async () => {
  await browser.close();
  await beside.stop();
  await app.stop();
  await rm(folder, { recursive: true });
  expect(log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

/** Looks into the embedded database, beside the service. */
async function stored<Row extends object>(sql: string): Promise<Row[]> {
  const client = new pg.Client(beside.config);
  await client.connect();
  const { rows } = await client.query<Row>(sql).finally(() => client.end());
  return rows;
}

/** Becomes somebody by tapping their name on the first page. */
async function visit(name: string): Promise<Page> {
  const page = await browser.open(app.url);
  await tap(page, name);
  await connected(page);
  return page;
}

/** Says something and waits for what the bot answers. */
async function says(page: Page, text: string, answer: string): Promise<void> {
  await send(page, text);
  await shows(page, '.bot .text', answer);
}

/** Taps an option of the question that is open, and waits for what the bot answers. */
async function taps(page: Page, label: string, answer: string): Promise<void> {
  const option = await page.waitForSelector(`::-p-xpath(//fieldset//button[.="${label}"])`);
  await option?.click();
  await shows(page, '.bot .text', answer);
}

const openQuestions = (page: Page) => evaluated<number>(page, `document.querySelectorAll('fieldset').length`);

test('the address leads to a page with five people, in Chinese or English', async () => {
  expect(app.sample).toEqual({ code: 'jiaxing-2014', start: '2026-06-22' });
  const page = await browser.open(new URL('/', app.url).href);
  await shows(page, '#pick h2', '请选择您的身份');
  const names = `[...document.querySelectorAll('.persona')].map((one) => one.textContent)`;
  expect(await evaluated(page, names)).toEqual([
    '市行政审批服务中心协调员',
    '南湖区政府检查员',
    '秀洲区政府检查员',
    '海盐县政府联络员',
    '办事群众',
  ]);
  await tap(page, 'English');
  await shows(page, '#pick h2', 'Who are you?');
  await shows(page, '.persona', 'Inspector from Nanhu District');
  await shows(page, '#rehearsal', 'REHEARSAL');
});

let coordinator: Page;
let inspector: Page;
let citizen: Page;

describe('in Chinese', () => {
  test('the coordinator asks what there is to say, publishes, and does so once', async () => {
    coordinator = await visit('市行政审批服务中心协调员');
    await says(coordinator, '帮助', '发布 —— 发布已载入的方案');
    await says(coordinator, '发布', '已发布：任务8项；通知群1个、检查员2人。');
    await says(coordinator, '发布', '没有重复发送');
    await tap(coordinator, '检查组群');
    await shows(coordinator, '.bot .text', '各自的任务另发私信');
    expect(await lines(coordinator)).toHaveLength(1);
  });

  test('the inspector confirms by a button and inspects a window', async () => {
    inspector = await visit('南湖区政府检查员');
    await shows(inspector, '.bot .text', '【演练】');
    await taps(inspector, '收到', '已确认：检查海盐县政府');
    await says(inspector, '签到', '1/10 检查的是哪个窗口？');
    await says(inspector, '<img src=x onerror=alert(1)> 3号窗口', '2/10');
    await says(inspector, '跳过', '3/10');
    await says(inspector, '不太清楚', '请回复选项前的数字');
    await taps(inspector, '1. 已落实', '4/10');
    await says(inspector, '九成五', '我理解为：95%');
    await says(inspector, '82%', '已登记问题：一审一核率未达到85%。');
    for (const label of ['1. 一次性告知', '3. 礼貌用语']) await tap(inspector, label);
    await tap(inspector, '提交所选');
    await shows(inspector, '.bot .text', '五、工作人员是否在岗');
    await taps(inspector, '1. 在岗并执行', '六、工作人员着装');
    await taps(inspector, '2. 不符合', '哪里不符合？');
    await says(inspector, '未佩戴工作牌', '七、随机访问办事群众');
    await taps(inspector, '2. 满意', '请发照片佐证。');
  });

  test('sends a photo, whose bytes are kept', async () => {
    const bytes = photo(400_000);
    const file = path.join(folder, '窗口 一.png');
    await writeFile(file, bytes);
    const input = (await inspector.$('#file')) as ElementHandle<never>;
    await (input as unknown as { uploadFile(...paths: string[]): Promise<void> }).uploadFile(file);
    await inspector.click('#send');
    await allSent(inspector);
    await shows(inspector, '.bot .text', '还有什么要说明的');
    await until(
      inspector,
      `[...document.querySelectorAll('#entries img')].some((img) => img.naturalWidth === 1)`,
    );
    const [row] = await stored<{ content: Buffer }>(
      `SELECT a.name, a.size, a.sha256, a.urn, c.bytes AS content
       FROM attachment a JOIN attachment_content c USING (sha256)`,
    );
    expect(row).toEqual({
      name: '窗口 一.png',
      size: bytes.length,
      sha256: sha256(bytes),
      urn: 'console:inspector-1',
      content: bytes,
    });
  });

  test('corrects a slip, and ends', async () => {
    await says(inspector, '改 5 88', '请问要改哪一题？');
    await taps(inspector, '2. 第5题：三、审批事项的一审一核率是多少？', '已更正第5题');
    await says(inspector, '跳过', '已检查1个窗口，按通知要求至少3个，还需2个。');
    expect(await stored(`SELECT question, status FROM finding ORDER BY number`)).toEqual([
      { question: 'one-review', status: 'withdrawn' },
      { question: 'systems', status: 'open' },
      { question: 'appearance', status: 'open' },
    ]);
  });

  test('after a reload all that was said is there, and nothing that was answered can be tapped', async () => {
    const before = await lines(inspector);
    expect(await openQuestions(inspector)).toBe(1);
    await inspector.reload();
    await connected(inspector);
    await shows(inspector, '.bot .text', '还需2个');
    expect(await lines(inspector)).toEqual(before);
    expect(before.filter((line) => line.includes('<img src=x onerror=alert(1)> 3号窗口'))).toHaveLength(1);
    // The button that confirms the task asks no question of a checklist.
    expect(await openQuestions(inspector)).toBe(1);
    await until(inspector, `document.querySelectorAll('#entries .bubble > a.file img').length === 1`);
  });
});

describe('in English', () => {
  test('a citizen rates the service by tapping', async () => {
    citizen = await browser.open(app.url);
    await tap(citizen, 'English');
    await tap(citizen, 'A citizen');
    await connected(citizen);
    await says(citizen, 'survey', '1/3 How satisfied are you with the service today?');
    await shows(citizen, '.bot .text', '[REHEARSAL]');
    await taps(citizen, '4. Dissatisfied', 'What were you dissatisfied with?');
    await tap(citizen, '3. Waited too long');
    await tap(citizen, 'Send selection');
    await shows(citizen, '.bot .text', 'About how many minutes did you wait?');
    await says(citizen, 'an hour and a half', '90');
    await says(citizen, 'My name is on no list, I hope', 'Your answers help to improve the service.');
    await shows(citizen, '.bot .text', 'with it you can see what became of your rating');
  });

  test('what was answered is forgotten: a reload shows that something was said, not what', async () => {
    await citizen.reload();
    await connected(citizen);
    await shows(citizen, '.bot .text', 'Your answers help to improve the service.');
    const said = await lines(citizen);
    expect(said.filter((line) => line.startsWith('A citizen: '))).toEqual([
      ...Array(5).fill('A citizen: (anonymous answer, not kept in the chat)'),
    ]);
    expect(said.join()).not.toMatch(/hour and a half|Waited too long|My name|Dissatisfied/);
    expect(await openQuestions(citizen)).toBe(0);
    expect(await stored(`SELECT 1 FROM session WHERE flow_id LIKE '%citizen'`)).toEqual([]);
    expect(await stored(`SELECT source, level, answers ->> 'comment' AS comment FROM rating`)).toEqual([
      { source: 'chat', level: 2, comment: 'My name is on no list, I hope' },
    ]);
  });

  test('a citizen sees no status and no inspectors’ room', async () => {
    await says(citizen, 'status', 'needs a role in the campaign');
    const rooms = `[...document.querySelectorAll('#conversations button')].map((one) => one.textContent)`;
    expect(await evaluated(citizen, rooms)).toEqual(['Private chat with the bot', 'Service hall']);
  });

  test('the other inspector chooses English and sees the own task in it', async () => {
    const other = await visit('秀洲区政府检查员');
    await shows(other, '.bot .text', '请秀洲区政府检查平湖市政府');
    await says(other, 'language en', 'English');
    await shows(other, '.bot .text', 'Xiuzhou District, please inspect Pinghu City');
    await says(other, 'my tasks', 'inspect Pinghu City');
  });
});

test('the coordinator sees how far it is', async () => {
  await tap(coordinator, '与机器人私聊');
  await says(coordinator, '状态', '交叉式抽查：已上报0/8，已确认1/8');
  await shows(coordinator, '.bot .text', '待整改问题：2个。');
  await shows(coordinator, '.bot .text', '群众自主评价：不足5份，不予显示。');
});
