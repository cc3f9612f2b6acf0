import type { Page } from 'puppeteer-core';

// What runs in the page is written as text here: the tests' own types know nothing of a browser.

/** Waits until this is true in the page. */
export async function until(page: Page, expression: string): Promise<void> {
  await page.waitForFunction(expression);
}

/** Waits until an element of this kind shows this text. */
export async function shows(page: Page, selector: string, text: string): Promise<void> {
  await until(
    page,
    `[...document.querySelectorAll(${JSON.stringify(selector)})].some((one) => one.checkVisibility() && one.textContent.includes(${JSON.stringify(text)}))`,
  );
}

/** What an expression is in the page. */
export function evaluated<T>(page: Page, expression: string): Promise<T> {
  return page.evaluate(expression) as Promise<T>;
}

/** Waits until the connection stands. */
export async function connected(page: Page): Promise<void> {
  await page.waitForSelector('#state.open');
}

/** Types a message and sends it. */
export async function send(page: Page, text: string): Promise<void> {
  await page.type('#text', text);
  await page.keyboard.press('Enter');
}

/** What stands in the conversation, one line a message: `author: text`. */
export function lines(page: Page): Promise<string[]> {
  return evaluated(
    page,
    `[...document.querySelectorAll('#entries .entry')].map((entry) =>
      entry.querySelector('.who').textContent + ': ' + (entry.querySelector('.text')?.textContent ?? ''))`,
  );
}

/** Taps what has this name, once it is there to be tapped. */
export async function tap(page: Page, name: string): Promise<void> {
  await page.locator(`::-p-text(${name})`).click();
}

/** Waits until nothing is left to be sent. */
export async function allSent(page: Page): Promise<void> {
  await until(page, `document.querySelector('#pending').children.length === 0`);
}

/** Whether the page, or anything that scrolls in it, is wider than the screen. */
export function tooWide(page: Page): Promise<string[]> {
  return evaluated(
    page,
    `[document.documentElement, ...document.querySelectorAll('body *')]
      .filter((one) => one.checkVisibility() && !one.closest('.unseen') && getComputedStyle(one).clipPath === 'none' &&
        (one.getBoundingClientRect().right > innerWidth + 0.5 || one.getBoundingClientRect().left < -0.5 ||
          (one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX !== 'visible' && one.id !== 'text')))
      .map((one) => one.tagName + '#' + one.id + '.' + one.className)`,
  );
}
