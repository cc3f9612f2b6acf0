import { randomInt } from 'node:crypto';

/**
 * Letters and digits that nobody mistakes for another, read aloud or from a phone: without 0 O Q D, 1 I L, 2 Z, 5 S, 8 B,
 * 6 G, U V and E F as pairs, so that one of each look-alike set remains at most.
 */
export const alphabet = '34679ACFHJKMNPRTVWXY';
export const codeLength = 6;

/**
 * A code from the system's random source. 20^6 = 64 million: with 100 codes open, one guess hits with 1 in 640,000, and
 * five wrong ones an hour are all a person gets (commands/wrong-codes.ts): in 14 days at most 1 in 380 for one who tries
 * around the clock.
 */
export function newCode(length = codeLength): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/**
 * A receipt 回执码 for a rating, `XXXX-XXXX-XXXX`: 20^12 is 4 × 10^15, so that with a million receipts given out one guess hits with
 * 1 in 4 × 10^9.
 */
export function newReceipt(): string {
  return printedReceipt(newCode(12));
}

/** A receipt as it is shown, however it was typed. */
export function printedReceipt(typed: string): string {
  return normaliseCode(typed).replace(/(.{4})(?=.)/g, '$1-');
}

/** 20^10 = 10^13: of a million survey codes that are open one guess in ten million hits, and pages limit the guesses. */
export const surveyCodeLength = 10;

const surveyCode = new RegExp(`^[${alphabet}]{${surveyCodeLength}}$`);
const receipt = new RegExp(`^[${alphabet}]{12}$`);

/** Whether something normalised can be a survey's code. */
export function isSurveyCode(code: string): boolean {
  return surveyCode.test(code);
}

/** Whether something typed can be a receipt. */
export function isReceipt(typed: string): boolean {
  return receipt.test(normaliseCode(typed));
}

/** Whether a text holds a receipt anywhere: such a message is not kept. */
export function holdsReceipt(text: string): boolean {
  const groups = `(?<![\\p{L}\\p{N}])[${alphabet}]{4}(?:[-–]?[${alphabet}]{4}){2}(?![\\p{L}\\p{N}])`;
  return new RegExp(groups, 'iu').test(text.normalize('NFKC'));
}

/** A code as typed: small letters, blanks and hyphens don't matter. */
export function normaliseCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}

/** 20^8 are 25 thousand million snapshots. An id opens nothing by itself: whoever asks by it must be allowed the file. */
export function newSnapshotId(): string {
  return newCode(8);
}

/** A snapshot's id as it is printed, XXXX-XXXX. */
export function printedSnapshot(id: string): string {
  return id.replace(/(.{4})(?=.)/, '$1-');
}

/** A snapshot's id as typed; null for what can be none. */
export function snapshotIn(typed: string): string | null {
  const id = normaliseCode(typed);
  return new RegExp(`^[${alphabet}]{8}$`).test(id) ? id : null;
}
