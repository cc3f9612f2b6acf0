import type { Keys } from '../../keys.ts';
import { isReceipt, newReceipt } from '../../short-code.ts';

/**
 * What a form carries so that it counts once, however often it is sent: the receipt that its rating will have. Signed, so
 * that receipts are made here only and nobody chooses a weak one, and bound to the code that it was opened by.
 */
export interface Ticket {
  receipt: string;
  /** When the page was opened, ms since 1970. */
  openedAt: number;
  /** Asked for as one more rating by somebody who has rated already; else theirs is changed. */
  another: boolean;
}

/** @param code the survey's, which no other survey's form may be sent to */
export function newTicket(keys: Keys, code: string, now: Date, another: boolean): string {
  return keys.sign(['ticket', code, newReceipt(), now.getTime(), another ? 1 : 0].join(' '));
}

/** @returns null for what was not signed here, or for another survey */
export function readTicket(keys: Keys, code: string, given: string): Ticket | null {
  const [kind, forCode, receipt = '', openedAt, another] = keys.signed(given)?.split(' ') ?? [];
  if (kind !== 'ticket' || forCode !== code || !isReceipt(receipt)) return null;
  return { receipt, openedAt: Number(openedAt), another: another === '1' };
}

/** How long the address of a receipt's page leads there, ms: long enough to read it, and not for whoever finds it in a history. */
const passMsMax = 15 * 60_000;

/** A receipt as it may stand in an address: sealed, and only for a while. */
export function newPass(keys: Keys, receipt: string, now: Date): string {
  return keys.seal(`pass ${receipt} ${now.getTime()}`).toString('base64url');
}

/** @returns the receipt; null for what was not sealed here, or too long ago */
export function readPass(keys: Keys, given: string, now: Date): string | null {
  const [kind, receipt = '', at] = opened(keys, given)?.split(' ') ?? [];
  if (kind !== 'pass' || !isReceipt(receipt)) return null;
  return now.getTime() - Number(at) <= passMsMax ? receipt : null;
}

function opened(keys: Keys, given: string): string | null {
  const sealed = Buffer.from(given.slice(0, 500), 'base64url');
  try {
    return keys.open(sealed);
  } catch {
    // Not ours, or cut short in copying: as good as none.
    return null;
  }
}
