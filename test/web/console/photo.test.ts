import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from '../../browser.ts';
import { type House, openHouse } from './house.ts';
import { allSent, connected, evaluated, lines, send, shows, tap, until } from './page.ts';

let browser: TestBrowser;
let house: House;
let page: Page;
let folder: string;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'duban-photos-'));
  house = await openHouse();
  page = await browser.open(`${house.url}?as=console:inspector-1`);
  await connected(page);
});
afterEach(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});

/** A picture of one pixel, followed by as many bytes as a camera might add: none of them may change. */
function photo(bytes: number): Buffer {
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  return Buffer.concat([pixel, randomBytes(bytes)]);
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function choose(...names: string[]): Promise<void> {
  const input = (await page.$('#file')) as ElementHandle<never>;
  await (input as unknown as { uploadFile(...paths: string[]): Promise<void> }).uploadFile(
    ...names.map((name) => join(folder, name)),
  );
}

it('shows the chosen photos, sends their bytes untouched before the words, and shows them in the conversation', async () => {
  const [one, two] = [photo(300_000), photo(9_000_000)];
  await writeFile(join(folder, '窗口 一.png'), one);
  await writeFile(join(folder, 'b.png'), two);
  await page.type('#text', '现场照片');
  await choose('窗口 一.png', 'b.png');
  await until(
    page,
    `[...document.querySelectorAll('#staged img')].filter((img) => img.naturalWidth === 1).length === 2`,
  );
  await page.click('#send');
  await allSent(page);
  expect(house.received.map(({ kind, text }) => ({ kind, text }))).toEqual([
    { kind: 'media', text: '' },
    { kind: 'media', text: '' },
    { kind: 'text', text: '现场照片' },
  ]);
  const files = house.received.flatMap((one) => one.files);
  expect(files.map(({ name, mime, size }) => ({ name, mime, size }))).toEqual([
    { name: '窗口 一.png', mime: 'image/png', size: one.length },
    { name: 'b.png', mime: 'image/png', size: two.length },
  ]);
  expect(files.map(({ source }) => ('bytes' in source ? sha256(source.bytes) : ''))).toEqual([
    sha256(one),
    sha256(two),
  ]);
  await until(
    page,
    `[...document.querySelectorAll('#entries img')].filter((img) => img.naturalWidth === 1).length === 2`,
  );
});

it('sends a photo again after a cut, and it is stored once', async () => {
  const bytes = photo(50_000);
  await writeFile(join(folder, 'a.png'), bytes);
  house.receiving.push(() => house.cut());
  await choose('a.png');
  await page.click('#send');
  await allSent(page);
  expect(house.received).toHaveLength(2);
  expect([...house.files.keys()]).toEqual([sha256(bytes)]);
  expect(await lines(page)).toEqual(['检查员一: ']);
});

it('takes back a photo before it is sent', async () => {
  await writeFile(join(folder, 'a.png'), photo(10));
  await choose('a.png');
  await page.locator('::-p-aria(移除 a.png)').click();
  await until(page, `document.querySelector('#staged').hidden`);
  await send(page, '没有照片');
  await allSent(page);
  expect(house.received.map((one) => one.kind)).toEqual(['text']);
});

/** Drops a file on the page as a hand would. */
async function drop(name: string, mime: string, bytes: number): Promise<void> {
  await page.evaluate(`{
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(${bytes})], ${JSON.stringify(name)}, { type: ${JSON.stringify(mime)} }));
    document.querySelector('#log').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }`);
}

it('takes a dropped photo of just ten megabytes', async () => {
  await drop('big.jpg', 'image/jpeg', 10 * 1024 * 1024);
  await page.click('#send');
  await allSent(page);
  expect(house.received[0]?.files[0]?.size).toBe(10 * 1024 * 1024);
});

it('says the limit and the types, in the language of the page, when a file is too large or no photo', async () => {
  await drop('big.jpg', 'image/jpeg', 10 * 1024 * 1024 + 1);
  await shows(page, '#fault', '文件超过 10 MB，未发送。可发送 10 MB 以内的照片、短视频或表格：JPEG PNG');
  await drop('a.exe', 'application/x-msdownload', 10);
  await shows(page, '#fault', '不支持这种文件');
  await tap(page, 'English');
  await drop('a.exe', 'application/x-msdownload', 10);
  await shows(
    page,
    '#fault',
    'This type of file cannot be sent. Photos, short videos or tables of up to 10 MB can be sent: JPEG PNG',
  );
  await drop('empty.jpg', 'image/jpeg', 0);
  await shows(page, '#fault', 'The file is empty');
  expect(await evaluated(page, `document.querySelectorAll('#staged li').length`)).toBe(0);
  expect(house.received).toEqual([]);
});

it('knows a photo of a phone by its ending where the browser does not', async () => {
  await drop('IMG_1.HEIC', '', 10);
  await page.click('#send');
  await allSent(page);
  expect(house.received[0]?.files[0]?.mime).toBe('image/heic');
});
