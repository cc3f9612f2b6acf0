import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { RequestHandler } from 'express';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../../browser.ts';
import { evaluated, shows, tap, tooWide, until } from '../console/page.ts';
import { type House, openHouse } from './house.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const phone = { width: 375, height: 667 };
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A citizen's phone on the page of a code. */
async function visit(house: House, query = '?lang=zh-CN'): Promise<{ page: Page; path: string }> {
  const path = `/s/${await house.code()}`;
  return { page: await browser.open(`${house.origin}${path}${query}`, phone), path };
}

/** A tap on an option, as a finger does it: on its words. */
async function choose(page: Page, label: string): Promise<void> {
  const option = await page.waitForSelector(`::-p-xpath(//label[@class="option"][.="${label}"])`);
  await option?.click();
}

const submit = (page: Page) => page.click('button.main');
const visible = (selector: string) =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((one) => one.checkVisibility())`;
const receiptOn = (page: Page) => evaluated<string>(page, `document.querySelector('.receipt').textContent`);

/** What WCAG 2.1 AA has against the page, in light and in dark. */
async function faultsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const value of ['light', 'dark']) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await page.evaluate(axe);
    const { violations, passes } = await evaluated<{
      violations: { id: string; nodes: { html: string }[] }[];
      passes: unknown[];
    }>(page, `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })`);
    expect(passes.length).toBeGreaterThan(10);
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${value} ${id}: ${html}`)));
  }
  return found;
}

/** What a thumb would miss: all that can be tapped, by height and width. */
const small = `[...document.querySelectorAll('button, a, summary, input:not([type=radio], [type=checkbox], [type=hidden]), textarea, label.option')]
  .filter((one) => one.checkVisibility())
  .filter((one) => { const { height, width } = one.getBoundingClientRect(); return height < 48 || width < 48; })
  .map((one) => one.outerHTML)`;

async function looksRight(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await tooWide(page)).toEqual([]);
  expect(await evaluated(page, small)).toEqual([]);
}

describe('on a phone', () => {
  test('in Chinese: levels first, what they lead to at once, a receipt at the end; right at every step', async () => {
    const house = await openHouse();
    const { page } = await visit(house);
    expect(await evaluated(page, 'document.documentElement.lang')).toBe('zh-CN');
    expect(await evaluated(page, `document.querySelector('.question').dataset.question`)).toBe('level');
    const questions = visible('[data-question]');
    expect(await evaluated(page, `${questions}.length`)).toBe(3);
    await looksRight(page);
    await choose(page, '不满意');
    expect(await evaluated(page, `${questions}.length`)).toBe(4);
    await choose(page, '非常满意');
    expect(await evaluated(page, `${questions}.length`)).toBe(3);
    await choose(page, '非常不满意');
    await submit(page);
    await shows(page, '#q-reasons .fault', '请回答这一题。');
    await shows(page, '#state', '还没有提交');
    expect(await evaluated(page, `document.activeElement.name`)).toBe('a.reasons');
    await looksRight(page);
    await choose(page, '等候时间太长');
    await choose(page, '其他');
    await page.type('#f-waiting-minutes', '一个多小时吧');
    await page.type('#f-comment', '<b>排队</b>太久');
    await submit(page);
    await shows(page, '#q-waiting-minutes .fault', '');
    expect(await evaluated(page, `document.activeElement.id`)).toBe('f-waiting-minutes');
    expect(await house.ratingsStored()).toEqual([]);
    await page.evaluate(`document.querySelector('#f-waiting-minutes').value = ''`);
    await page.type('#f-waiting-minutes', '80');
    await submit(page);
    await shows(page, '.told', '已收到您的评价，谢谢！');
    expect(await receiptOn(page)).toMatch(/^[A-Z0-9]{4}(-[A-Z0-9]{4}){2}$/);
    await looksRight(page);
    expect(await house.ratingsStored()).toMatchObject([
      {
        level: 1,
        answers: { reasons: ['waiting', 'other'], 'waiting-minutes': 80, comment: '<b>排队</b>太久' },
      },
    ]);
    // What was not needed any more is not kept in the browser either.
    expect(await evaluated(page, 'sessionStorage.length')).toBe(0);
  });

  test('in English, by what the browser asks for, and from one language to the other', async () => {
    const house = await openHouse();
    const { page } = await visit(house, '');
    await page.setExtraHTTPHeaders({ 'accept-language': 'en-GB,en;q=0.9' });
    await page.reload();
    expect(await evaluated(page, 'document.documentElement.lang')).toBe('en');
    await shows(page, 'legend', 'How satisfied are you with the service today?');
    await looksRight(page);
    await tap(page, '中文');
    await shows(page, 'legend', '您对今天的窗口服务满意吗？');
    await tap(page, 'English');
    await choose(page, 'Satisfied');
    await submit(page);
    await shows(page, '.told', 'Your rating has been received');
    await looksRight(page);
    const han = `[...document.querySelectorAll('main *')].filter((one) => one.children.length === 0 && /\\p{Script=Han}/u.test(one.textContent)).map((one) => one.outerHTML)`;
    expect(await evaluated(page, han)).toEqual([]);
  });

  test('a page that leads nowhere, and the page for receipts', async () => {
    const house = await openHouse();
    const page = await browser.open(`${house.origin}/s/AAAAAAAAAA?lang=zh-CN`, phone);
    await shows(page, 'h1', '没有找到这个评价页面');
    await looksRight(page);
    await tap(page, '凭回执码查看');
    await page.waitForSelector('#receipt');
    await looksRight(page);
    await page.type('#receipt', 'aaaa aaaa aaaa');
    await submit(page);
    await shows(page, '.told', '没有找到这个回执码的评价');
    await looksRight(page);
  });
});

describe('with the keyboard alone', () => {
  /** Goes on with the tab key until the focus is on what this selector picks, and that can be seen. */
  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let steps = 0; steps < 40; steps += 1) {
      await page.keyboard.press('Tab');
      if (await evaluated<boolean>(page, `document.activeElement.matches(${JSON.stringify(selector)})`)) {
        const seen = `[document.activeElement, document.activeElement.closest('label')].some((one) => one && getComputedStyle(one).outlineStyle === 'solid')`;
        expect(await evaluated(page, seen)).toBe(true);
        return;
      }
    }
    throw new Error(`the tab key does not lead to ${selector}`);
  }

  test('rates, changes and withdraws', async () => {
    const house = await openHouse();
    const { page } = await visit(house);
    await tabTo(page, '[name="a.level"]');
    await page.keyboard.press('Space');
    for (let down = 0; down < 3; down += 1) await page.keyboard.press('ArrowDown');
    await tabTo(page, '[name="a.reasons"][value="attitude"]');
    await page.keyboard.press('Space');
    await tabTo(page, '#f-waiting-minutes');
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    await shows(page, '.told', '已收到您的评价');
    expect(await house.ratingsStored()).toMatchObject([
      { level: 2, answers: { reasons: ['attitude'], 'waiting-minutes': 5 } },
    ]);
    await tabTo(page, 'button.main');
    await page.keyboard.press('Enter');
    await shows(page, 'h1', '修改评价');
    await looksRight(page);
    await tabTo(page, 'form a.button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.receipt');
    await tabTo(page, 'button.main');
    await page.keyboard.press('Enter');
    await shows(page, 'h1', '修改评价');
    await tabTo(page, '[name="a.level"]');
    for (let up = 0; up < 2; up += 1) await page.keyboard.press('ArrowUp');
    await tabTo(page, 'button.main');
    await page.keyboard.press('Enter');
    await shows(page, '.told', '以您最后一次提交的为准');
    expect(await house.ratingsStored()).toMatchObject([{ level: 4 }]);
    await tabTo(page, 'summary');
    await page.keyboard.press('Enter');
    await tabTo(page, 'button.danger');
    await page.keyboard.press('Enter');
    await shows(page, '.told', '已撤回');
    expect(await house.ratingsStored()).toEqual([]);
  });
});

describe('without JavaScript', () => {
  test('the plain form asks for what an answer leads to, and stores once', async () => {
    const house = await openHouse();
    const { page, path } = await visit(house);
    await page.setJavaScriptEnabled(false);
    await page.reload();
    await choose(page, '不满意');
    await Promise.all([page.waitForNavigation(), submit(page)]);
    await page.waitForSelector('#q-reasons:not([hidden])');
    expect(await house.ratingsStored()).toEqual([]);
    await choose(page, '跑了多趟');
    await Promise.all([page.waitForNavigation(), submit(page)]);
    await page.waitForSelector('.receipt');
    expect(await house.ratingsStored()).toMatchObject([{ level: 2, answers: { reasons: ['trips'] } }]);
    // Reloading and going back send nothing again.
    await page.reload();
    await page.waitForSelector('.receipt');
    await page.goBack();
    await page.goto(`${house.origin}${path}?lang=zh-CN`);
    await page.waitForSelector('.rated');
    expect(await house.ratingsStored()).toHaveLength(1);
  });

  test('the back button and another answer change the rating', async () => {
    const house = await openHouse();
    const { page } = await visit(house);
    await page.setJavaScriptEnabled(false);
    await page.reload();
    await choose(page, '满意');
    await Promise.all([page.waitForNavigation(), submit(page)]);
    await page.waitForSelector('.receipt');
    const receipt = await receiptOn(page);
    await page.goBack();
    // The browser may show the form as it was, or that it was sent.
    const form = await page.$('[name="a.level"]');
    if (form === null) {
      await page.type('#last', receipt.slice(-4));
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      await Promise.all([page.waitForNavigation(), submit(page)]);
    }
    await choose(page, '基本满意');
    await Promise.all([page.waitForNavigation(), submit(page)]);
    await page.waitForSelector('.receipt');
    expect(await house.ratingsStored()).toMatchObject([{ level: 3 }]);
    await Promise.all([page.waitForNavigation(), submit(page)]);
    await shows(page, 'h1', '修改评价');
    await choose(page, '非常满意');
    await Promise.all([page.waitForNavigation(), page.click('form a.button')]);
    expect(await receiptOn(page)).toBe(receipt);
    expect(await house.ratingsStored()).toMatchObject([{ level: 3 }]);
  });
});

describe('on a bad network', () => {
  /** What was asked for is done, and its answer lost. */
  const lost: RequestHandler = (request, response, next) => {
    // Cut off in the middle: before its beginning a browser would ask again of itself.
    response.end = () => {
      request.socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
      return response;
    };
    next();
  };

  test('an answer that got lost is asked for again, and the rating is not doubled', async () => {
    const house = await openHouse();
    const { page } = await visit(house);
    await choose(page, '满意');
    house.before.push(lost);
    await submit(page);
    await shows(page, '#state', '网络不通');
    expect(await house.ratingsStored()).toHaveLength(1);
    await shows(page, '.told', '以您最后一次提交的为准');
    expect(await house.ratingsStored()).toMatchObject([{ level: 4 }]);
  });

  test('nothing is lost while nobody answers: it is sent when the network is back', async () => {
    const house = await openHouse();
    const { page } = await visit(house);
    await choose(page, '基本满意');
    await page.type('#f-comment', '等网络');
    await house.down();
    await submit(page);
    await shows(page, '#state', '网络不通，答案已存在本页');
    await house.up();
    await page.evaluate(`dispatchEvent(new Event('online'))`);
    await shows(page, '.told', '已收到您的评价');
    expect(await house.ratingsStored()).toMatchObject([{ level: 3, answers: { comment: '等网络' } }]);
  });

  test('a page that was reloaded meanwhile sends what it had, under the same ticket', async () => {
    const house = await openHouse();
    const { page } = await visit(house);
    await choose(page, '不满意');
    await choose(page, '其他');
    await page.type('#f-comment', '重新打开');
    house.before.push(lost);
    await submit(page);
    await shows(page, '#state', '网络不通');
    await page.reload();
    await shows(page, '.told', '以您最后一次提交的为准');
    expect(await house.ratingsStored()).toMatchObject([
      { level: 2, answers: { reasons: ['other'], comment: '重新打开' } },
    ]);
  });

  test('what was not submitted yet is there after a reload', async () => {
    const house = await openHouse();
    const { page } = await visit(house);
    await choose(page, '非常不满意');
    await choose(page, '材料手续太多');
    await page.type('#f-comment', '还没写完');
    await page.reload();
    await shows(page, '#state', '已恢复您上次没有提交的答案。');
    expect(await house.ratingsStored()).toEqual([]);
    await submit(page);
    await shows(page, '.told', '已收到您的评价');
    expect(await house.ratingsStored()).toMatchObject([
      { level: 1, answers: { reasons: ['papers'], comment: '还没写完' } },
    ]);
  });

  test('on a slow one a second and third tap send nothing more', async () => {
    const house = await openHouse();
    const { page } = await visit(house);
    let go: () => void = () => undefined;
    const met = new Promise<void>((resolve) => {
      house.before.push((_request, _response, next) => {
        go = next;
        resolve();
      });
    });
    await choose(page, '满意');
    await submit(page);
    await met;
    await shows(page, '#state', '正在提交……');
    expect(await evaluated(page, `document.querySelector('button.main').getAttribute('aria-disabled')`)).toBe(
      'true',
    );
    const sent: string[] = [];
    page.on('request', (request) => void sent.push(request.method()));
    await submit(page);
    await submit(page);
    go();
    await shows(page, '.told', '已收到您的评价');
    expect(sent).not.toContain('POST');
    expect(await house.ratingsStored()).toHaveLength(1);
  });

  test('a limit is waited for', async () => {
    const house = await openHouse();
    const { page } = await visit(house);
    house.before.push((_request, response) => void response.status(429).set('Retry-After', '1').json({}));
    await choose(page, '满意');
    await submit(page);
    await shows(page, '#state', '稍后自动重试');
    await shows(page, '.told', '已收到您的评价');
    expect(await house.ratingsStored()).toHaveLength(1);
  });
});

test('two tabs are one rating: the second one changes it, and both show it', async () => {
  const house = await openHouse();
  const { page, path } = await visit(house);
  const second = await browser.beside(page, `${house.origin}${path}?lang=zh-CN`);
  await choose(page, '满意');
  await submit(page);
  await shows(page, '.told', '已收到您的评价');
  await choose(second, '基本满意');
  await submit(second);
  await shows(second, '.told', '以您最后一次提交的为准');
  expect(await receiptOn(second)).toBe(await receiptOn(page));
  const third = await browser.beside(page, `${house.origin}${path}?lang=zh-CN`);
  await shows(third, 'h1', '本设备今天已评过');
  await looksRight(third);
  await third.type('#last', 'AAAA');
  await third.keyboard.press('Enter');
  await shows(third, '#e-last', '与这台设备上的回执码不符');
  await looksRight(third);
  await third.type('#last', (await receiptOn(page)).slice(-4));
  await third.keyboard.press('Enter');
  await shows(third, '.told', '您已经评价过，可以修改或撤回。');
  expect(await house.ratingsStored()).toMatchObject([{ level: 3 }]);
});

test('a negative rating is followed up on the page: a contact, the reply, the fix rated', async () => {
  const house = await openHouse();
  const { page, path } = await visit(house);
  await choose(page, '不满意');
  await choose(page, '事情没有办成');
  await submit(page);
  await shows(page, 'h2', '希望回访？');
  const receipt = await receiptOn(page);
  await page.type('#contact', '电话一二三');
  await tap(page, '请回访我');
  await shows(page, '.told', '已记下联系方式');
  await looksRight(page);
  await house.query(
    `UPDATE rating_case SET stage = 'calling-back', record = record || '{"stage": "calling-back", "reply": "已补办。"}'`,
  );
  await page.goto(`${house.origin}${path}?lang=zh-CN`);
  await page.type('#last', receipt.slice(-4));
  await page.keyboard.press('Enter');
  await shows(page, '.line', '答复：已补办。');
  await looksRight(page);
  await choose(page, '基本满意');
  await tap(page, '提交对办理结果的评价');
  await shows(page, '.told', '已记下您对办理结果的评价');
  expect(await house.query(`SELECT record ->> 'again' AS again FROM rating_case`)).toEqual([{ again: '2' }]);
});

test('a rehearsal says that it is one', async () => {
  const house = await openHouse({ doors: { rehearsal: true } });
  const { page } = await visit(house);
  await shows(page, '.rehearsal', '演练');
  expect(await page.title()).toBe('演练 窗口服务评价');
  await looksRight(page);
  await until(page, `document.title.startsWith('演练')`);
});
