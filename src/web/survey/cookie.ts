import type { Request } from 'express';
import { isReceipt } from '../../short-code.ts';

const name = 'receipt';
/** As long as a rating can sensibly be changed, seconds. */
const keptSeconds = 90 * 24 * 3_600;

/** The receipt that this device got for this very survey: cookies are kept apart by path. */
export function receiptIn(request: Request): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value = ''] = part.trim().split('=', 2);
    if (key === name && isReceipt(value)) return value;
  }
  return null;
}

/** The only cookie there is, as Set-Cookie has it. @param secure whether people reach the page by https */
export function receiptCookie(path: string, receipt: string, secure: boolean): string {
  const scope = `Path=${path}; Max-Age=${keptSeconds}; HttpOnly; SameSite=Strict`;
  return `${name}=${receipt}; ${scope}${secure ? '; Secure' : ''}`;
}
