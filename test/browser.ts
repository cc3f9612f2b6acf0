import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import puppeteer, { type Browser, type Page, type Viewport } from 'puppeteer-core';

/**
 * A real headless browser from the package registry alone (Linux on x64; elsewhere CHROME_PATH names one). One a test
 * file: open it before all, close it after all. Its one font has no Chinese: look at sizes, not at shapes.
 */
export interface TestBrowser {
  /** A page of a visitor of its own: nothing is shared with other pages. */
  open(url: string, size?: { width: number; height: number }): Promise<Page>;
  /** A second tab of the same visitor. */
  beside(page: Page, url: string): Promise<Page>;
  /**
   * Ends the browser. @throws if a page asked for anything beyond this machine, threw an error, or broke its content
   * security policy
   */
  close(): Promise<void>;
}

export async function openBrowser(): Promise<TestBrowser> {
  const folder = await unpacked();
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROME_PATH ?? join(folder, 'chromium'),
    headless: 'shell',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
    // Without a UTF-8 locale the browser can't open a file whose name is Chinese.
    env: { ...process.env, LC_ALL: 'C.UTF-8', FONTCONFIG_PATH: join(folder, 'fonts') },
  });
  const faults: string[] = [];
  return {
    open: async (url, size = { width: 1100, height: 800 }) => {
      const context = await browser.createBrowserContext();
      return visit(await context.newPage(), url, faults, size);
    },
    beside: async (page, url) => visit(await page.browserContext().newPage(), url, faults, page.viewport()),
    close: () => closeBrowser(browser, faults),
  };
}

async function visit(page: Page, url: string, faults: string[], size: Viewport | null): Promise<Page> {
  await page.setViewport(size);
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!['blob:', 'data:'].includes(protocol) && !['127.0.0.1', 'localhost'].includes(hostname))
      faults.push(`asked for ${request.url()}`);
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // What the browser says of a request that failed: tests make them fail on purpose.
    const network = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !network) faults.push(message.text());
  });
  await page.goto(url);
  return page;
}

async function closeBrowser(browser: Browser, faults: string[]): Promise<void> {
  await browser.close();
  if (faults.length > 0) throw new Error(`the pages are at fault:\n${faults.join('\n')}`);
}

/**
 * The browser comes compressed and unpacks itself into the temporary folder. Two test files may want it at once, so
 * each unpacks apart, and the first one moves its own into the place where later ones find it.
 */
async function unpacked(): Promise<string> {
  const place = join(tmpdir(), 'duban-chromium-143.0.4');
  if (existsSync(place)) return place;
  const apart = await mkdtemp(join(tmpdir(), 'duban-chromium-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = apart;
  try {
    await chromium.executablePath();
    await writeFile(join(apart, 'fonts', 'fonts.conf'), fontsOf(place));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  try {
    await rename(apart, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
    await rm(apart, { recursive: true });
  }
  return place;
}

/** Its own settings look for fonts in a folder that others may use. */
function fontsOf(place: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${place}/fonts/fonts</dir><cachedir>${place}/fonts-cache</cachedir></fontconfig>`;
}
