import { createHash, randomBytes } from 'node:crypto';

/** A real picture of one pixel, followed by as many bytes as a camera might add: no two are the same. */
export function photo(bytes: number): Buffer {
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
    'base64',
  );
  return Buffer.concat([pixel, randomBytes(bytes)]);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
