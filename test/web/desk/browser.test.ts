import axe from 'axe-core';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../../browser.ts';
import { photo } from '../../story/photo.ts';
import { enrol, type House, openHouse } from './house.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const phone = { width: 375, height: 667 };
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

async function enter(house: House, urn: string, size = phone): Promise<Page> {
  const page = await browser.open(`${house.origin}/desk/in/${await house.secretFor(urn)}`, size);
  await Promise.all([page.waitForNavigation(), page.click('button.main')]);
  return page;
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(wcag)} })`,
  )) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** What sticks out of a page that is as wide as the phone. */
function tooWide(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth') as Promise<boolean>;
}

async function furnished(): Promise<House> {
  const house = await openHouse();
  await enrol(house, 'console:whole', { role: 'coordinator' });
  await house.says('console:inspector-east', '发现问题 西厅无人值守，群众等候较久', {
    files: [{ name: 'a.png', mime: 'image/png', bytes: photo(100) }],
  });
  await house.says('console:centre', '整改 1 6月24日 安排AB岗');
  await house.query(
    `INSERT INTO outbox (channel, address, priority, say, created_at, due_at, status, attempts, fault)
     VALUES ('slack', 'slack:T1/U1', 0, '{"lines":[]}', now(), now(), 'dead', 5, 'channel_not_found')`,
  );
  return house;
}

const paths = [
  ...['', '/units', '/units/west', '/activities/mutual', '/findings', '/findings/1', '/satisfaction'],
  ...['/people', '/queue', '/audit', '/settings', '/nothing', '/findings/7'],
];

test('every page fits a phone and keeps to WCAG 2.1 AA, in both languages', {
  timeout: 180_000,
}, async () => {
  const house = await furnished();
  const page = await enter(house, 'console:whole');
  const found: string[] = [];
  for (const language of ['zh-CN', 'en'])
    for (const path of paths) {
      await page.goto(`${house.origin}/desk/c/mixed${path}?lang=${language}`);
      found.push(...(await faults(page)).map((fault) => `${language} ${path} ${fault}`));
      if (await tooWide(page)) found.push(`${language} ${path} is too wide`);
    }
  const own = await enter(house, 'console:liaison-west');
  expect(own.url()).toBe(`${house.origin}/desk/c/mixed/mine`);
  found.push(...(await faults(own)));
  await own.goto(`${house.origin}/desk/c/mixed/people`);
  found.push(...(await faults(own)));
  const out = await browser.open(`${house.origin}/desk`, phone);
  found.push(...(await faults(out)));
  expect(found).toEqual([]);
});

/** What is cut off: words or frames that reach beyond the screen, and tables that would have to be scrolled sideways. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const shown = [...document.querySelectorAll('main *')].filter((one) => one.checkVisibility() && one.closest('thead, .sr') === null);
    return [
      ...shown.filter((one) => one.getBoundingClientRect().right > innerWidth + .5 || one.getBoundingClientRect().left < 0),
      ...shown.filter((one) => one.matches('.table') && one.scrollWidth > one.clientWidth + 1),
    ].map((one) => one.tagName + ': ' + one.textContent.slice(0, 40));
  })()`) as Promise<string[]>;
}

test('on a phone every row of a table is a card: nothing is cut off, and each figure says what it is', {
  timeout: 120_000,
}, async () => {
  const house = await furnished();
  const page = await enter(house, 'console:whole');
  for (const path of paths.slice(0, 11)) {
    await page.goto(`${house.origin}/desk/c/mixed${path}`);
    expect([path, await cutOff(page)]).toEqual([path, []]);
  }
  await page.goto(`${house.origin}/desk/c/mixed/findings`);
  const cells = await page.evaluate(
    `[...document.querySelectorAll('tbody tr:first-child > *')].map((one) => {
       const { left, width } = one.getBoundingClientRect();
       return [getComputedStyle(one, '::before').content, Math.round(left) < 40, width > 250];
     })`,
  );
  expect(cells).toEqual(
    ['问题', '内容', '单位', '进展', '亮灯', '期限', '程度和类别'].map((head) => [`"${head}"`, true, true]),
  );
  // Where there is room for it, and on paper, it is a table.
  await page.setViewport({ width: 1100, height: 800 });
  expect(await page.evaluate(`getComputedStyle(document.querySelector('td')).display`)).toBe('table-cell');
  await page.setViewport(phone);
  await page.emulateMediaType('print');
  expect(await page.evaluate(`getComputedStyle(document.querySelector('td')).display`)).toBe('table-cell');
});

test('the page of a problem and the list keep up with the chat while they are open; what one types stays', {
  timeout: 90_000,
}, async () => {
  const house = await furnished();
  const page = await enter(house, 'console:whole', { width: 1100, height: 800 });
  const open = async (path: string) => {
    await page.goto(`${house.origin}/desk/c/mixed${path}`);
    await page.waitForFunction(`document.querySelector('#live').textContent === '数据自动更新。'`);
    await page.evaluate(`document.querySelector('main').dataset.mark = 'not loaded again'`);
  };
  const holds = async (words: string) => {
    await page.waitForFunction(`document.querySelector('main').innerText.includes(${JSON.stringify(words)})`);
    expect(await page.evaluate(`document.querySelector('main').dataset.mark`)).toBe('not loaded again');
  };
  await open('/findings/1');
  await holds('待接受');
  await house.says('console:liaison-west', '接受 1');
  await holds('已接受');
  await open('/findings');
  await page.type('input[name=q]', '西厅');
  await house.says('console:inspector-east', '发现问题 东门没有引导');
  await holds('东门没有引导');
  expect(await page.evaluate(`document.activeElement.value`)).toBe('西厅');
});

test('figures change while one looks, and the evidence is seen', { timeout: 60_000 }, async () => {
  const house = await furnished();
  const page = await enter(house, 'console:whole', { width: 1100, height: 800 });
  await page.waitForFunction(`document.querySelector('#live').textContent === '数据自动更新。'`);
  await house.query(
    `UPDATE assignment SET reported_at = now() WHERE id = (
       SELECT a.id FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE NOT v.hidden LIMIT 1)`,
  );
  await page.waitForFunction(`document.querySelector('.figures strong').textContent === '1/3'`);
  await page.goto(`${house.origin}/desk/c/mixed/findings/1`);
  await page.waitForFunction(`document.querySelector('.evidence img').naturalWidth === 320`);
});

test('what is printed has no buttons, no filters and nothing cut off', { timeout: 60_000 }, async () => {
  const house = await furnished();
  const page = await enter(house, 'console:whole', { width: 1100, height: 800 });
  await page.goto(`${house.origin}/desk/c/mixed/findings`);
  await page.emulateMediaType('print');
  const shown = await page.evaluate(
    `['header nav', '.who', '.filter', 'button'].filter((one) => document.querySelector(one)?.checkVisibility())`,
  );
  expect(shown).toEqual([]);
  const pdf = await page.pdf({ format: 'A4' });
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
});

test('on paper a picture is as wide as the text, within its frame; on the screen its room is kept before it comes', {
  timeout: 60_000,
}, async () => {
  const house = await furnished();
  const page = await enter(house, 'console:whole', { width: 1100, height: 800 });
  const sizes = `[...document.querySelectorAll('figure img')].map((one) => {
    const { width, height } = one.getBoundingClientRect();
    return { room: Math.round((height / width) * 100), drawn: Math.round((one.naturalHeight / one.naturalWidth) * 100), came: one.complete && one.naturalWidth > 0 };
  })`;
  const drawn = `[...document.querySelectorAll('figure img')].every((one) => one.complete && one.naturalWidth > 0)`;
  // Not scrolled to, they come all the same: they may be printed.
  await page.goto(`${house.origin}/desk/c/mixed`);
  await page.waitForFunction(drawn);
  await page.goto(`${house.origin}/desk/c/mixed/units`);
  await page.waitForFunction(drawn);
  // Drawn once, its room is known; before, it is kept all the same.
  await page.setRequestInterception(true);
  page.on('request', (request) =>
    request.url().includes('/pictures/') ? request.abort() : request.continue(),
  );
  const before = (await page.evaluate(sizes)) as { room: number; drawn: number }[];
  await page.goto(`${house.origin}/desk/c/mixed/units`);
  const waiting = (await page.evaluate(sizes)) as { room: number; came: boolean }[];
  expect(waiting.map(({ room, came }) => [Math.abs(room - (before[0]?.drawn ?? 0)) <= 1, came])).toEqual([
    [true, false],
  ]);
  await page.emulateMediaType('print');
  // A4 less its margins, at 96 to the inch.
  await page.setViewport({ width: 672, height: 1000 });
  const widths = await page.evaluate(
    `[...document.querySelectorAll('figure')].map((one) => {
       const [frame, text, image] = [one, one.closest('main'), one.querySelector('img')].map((each) => each.getBoundingClientRect());
       return [Math.abs(frame.width - text.width) < 4, image.left > frame.left, image.right < frame.right];
     })`,
  );
  expect(widths).toEqual([[true, true, true]]);
});
