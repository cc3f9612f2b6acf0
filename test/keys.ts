import { keysFrom } from '../src/keys.ts';

const secret = new Uint8Array(32).fill(7);

/** The same in every run, so that receipts and hashes are. */
export const testKeys = keysFrom(secret);

/** The same as DUBAN_KEY has it. */
export const writtenKey = Buffer.from(secret).toString('base64');
