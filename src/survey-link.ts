import type { Config } from './config.ts';

/** Where the pages are reached from outside, without a slash at the end; `port`: the one listened on, where it was picked. */
export function pagesAddress({ publicUrl, port }: Pick<Config, 'publicUrl' | 'port'>, picked = port): string {
  return publicUrl ?? `http://localhost:${picked}`;
}

/** Whether nobody's phone can reach the pages there: PUBLIC_URL is not set. */
export function isThisMachine(pages: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(pages).hostname);
}

/** What a QR code leads to. */
export function surveyLink(pages: string, code: string): string {
  return `${pages}/s/${code}`;
}

/** A code as it is printed beside the QR code, in two halves: `ACFHJ-34679`. It is taken with or without the hyphen. */
export function printedCode(code: string): string {
  return code.length < 8 ? code : `${code.slice(0, code.length / 2)}-${code.slice(code.length / 2)}`;
}
