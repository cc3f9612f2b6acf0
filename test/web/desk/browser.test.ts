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

test('figures change while one looks, and the evidence is seen', { timeout: 60_000 }, async () => {
  const house = await furnished();
  const page = await enter(house, 'console:whole', { width: 1100, height: 800 });
  await page.waitForFunction(`document.querySelector('#live-state').textContent === '数据自动更新。'`);
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
