import type { Request, Response } from 'express';
import { isReceipt } from '../../short-code.ts';

const name = 'receipt';
/** As long as a rating can sensibly be changed, ms. */
const keptMs = 90 * 24 * 3_600_000;

/** The receipt that this device got for this very survey: cookies are kept apart by path. */
export function receiptIn(request: Request): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value = ''] = part.trim().split('=', 2);
    if (key === name && isReceipt(value)) return value;
  }
  return null;
}

/** The only cookie there is. @param secure whether people reach the page by https */
export function keepReceipt(response: Response, path: string, receipt: string, secure: boolean): void {
  response.cookie(name, receipt, { httpOnly: true, sameSite: 'strict', path, secure, maxAge: keptMs });
}
