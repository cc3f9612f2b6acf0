import { keysFrom } from '../src/keys.ts';

/** The same in every run, so that receipts and hashes are. */
export const testKeys = keysFrom(new Uint8Array(32).fill(7));
