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
}

/** @param code the survey's, which no other survey's form may be sent to */
export function newTicket(keys: Keys, code: string, now: Date): string {
  return keys.sign(['ticket', code, newReceipt(), now.getTime()].join(' '));
}

/** @returns null for what was not signed here, or for another survey */
export function readTicket(keys: Keys, code: string, given: string): Ticket | null {
  const [kind, forCode, receipt = '', openedAt] = keys.signed(given)?.split(' ') ?? [];
  if (kind !== 'ticket' || forCode !== code || !isReceipt(receipt)) return null;
  return { receipt, openedAt: Number(openedAt) };
}

/** How long the address of a receipt's page leads there, ms: long enough to read it, and not for whoever finds it in a history. */
const passMsMax = 10 * 60_000;

/** A receipt as it may stand in an address: sealed, and only for a while. */
export function newPass(keys: Keys, receipt: string, now: Date): string {
  return seal(keys, 'pass', receipt, now);
}

/** @returns the receipt; null for what was not sealed here, or too long ago */
export function readPass(keys: Keys, given: string, now: Date): string | null {
  const pass = opened(keys, 'pass', given);
  return pass !== null && now.getTime() - pass.at <= passMsMax ? pass.receipt : null;
}

/** What a device's cookie holds: which receipt it got, and when. It opens no page by itself. */
export function sealedRated(keys: Keys, receipt: string, now: Date): string {
  return seal(keys, 'rated', receipt, now);
}

/** @returns null for what was not sealed here; `at`: ms since 1970 */
export function openedRated(keys: Keys, given: string): { receipt: string; at: number } | null {
  return opened(keys, 'rated', given);
}

type Kind = 'pass' | 'rated';

function seal(keys: Keys, kind: Kind, receipt: string, now: Date): string {
  return keys.seal(`${kind} ${receipt} ${now.getTime()}`).toString('base64url');
}

function opened(keys: Keys, wanted: Kind, given: string): { receipt: string; at: number } | null {
  const [kind, receipt = '', at] = textIn(keys, given)?.split(' ') ?? [];
  return kind === wanted && isReceipt(receipt) ? { receipt, at: Number(at) } : null;
}

function textIn(keys: Keys, given: string): string | null {
  const sealed = Buffer.from(given.slice(0, 500), 'base64url');
  try {
    return keys.open(sealed);
  } catch {
    // Not ours, or cut short in copying: as good as none.
    return null;
  }
}
