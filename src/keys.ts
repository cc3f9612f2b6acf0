import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  randomFillSync,
  timingSafeEqual,
} from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { normaliseCode } from './short-code.ts';

/**
 * What is known only outside the database. Somebody with a dump, and even with the platform's own copy of a chat, can't find
 * the rating that a receipt belongs to, and can't read a contact that was left for a call-back (docs/privacy.md).
 */
export interface Keys {
  /** By what a receipt's rating is found. */
  receipt(code: string): Buffer;
  /** What stands for a device on one day, with that day's salt. */
  token(salt: string, device: string): Buffer;
  /** Equal comments have equal ones, within one campaign. */
  comment(campaignId: string, words: string): Buffer;
  /** AES-256-GCM. */
  seal(text: string): Buffer;
  /** @throws when it was sealed with another key or changed since */
  open(sealed: Uint8Array): string;
  /** The text with a signature behind a dot. */
  sign(text: string): string;
  /** The text that was signed, or null. */
  signed(text: string): string | null;
  /** Tells two keys apart and says nothing about either. */
  fingerprint: string;
}

const bytesMin = 32;
const ivBytes = 12;
const tagBytes = 16;

/** By chance, fetched many at a time: one by one they took as long as the sealing. */
const ivs = Buffer.alloc(ivBytes * 256);
let ivAt = ivs.length;

function nextIv(): Buffer {
  if (ivAt === ivs.length) {
    randomFillSync(ivs);
    ivAt = 0;
  }
  ivAt += ivBytes;
  return Buffer.from(ivs.subarray(ivAt - ivBytes, ivAt));
}

/** @param secret at least 32 bytes by chance */
export function keysFrom(secret: Uint8Array): Keys {
  if (secret.length < bytesMin) throw new RangeError(`a key of ${secret.length} bytes`);
  const derived = (name: string) => Buffer.from(hkdfSync('sha256', secret, '', `duban ${name}`, 32));
  const [receipts, devices, comments, contacts, signatures] = [
    derived('receipt'),
    derived('device'),
    derived('comment'),
    derived('contact'),
    derived('signature'),
  ];
  const mac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const signature = (text: string) => mac(signatures, text).toString('base64url');
  return {
    receipt: (code) => mac(receipts, normaliseCode(code)),
    token: (salt, device) => mac(devices, `${salt} ${device}`).subarray(0, 16),
    comment: (campaignId, words) => mac(comments, `${campaignId} ${words}`).subarray(0, 16),
    seal: (text) => {
      const iv = nextIv();
      const cipher = createCipheriv('aes-256-gcm', contacts, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },
    open: (sealed) => {
      const given = Buffer.from(sealed);
      const cipher = createDecipheriv('aes-256-gcm', contacts, given.subarray(0, ivBytes));
      cipher.setAuthTag(given.subarray(ivBytes, ivBytes + tagBytes));
      return Buffer.concat([cipher.update(given.subarray(ivBytes + tagBytes)), cipher.final()]).toString(
        'utf8',
      );
    },
    sign: (text) => `${text}.${signature(text)}`,
    signed: (given) => {
      const dot = given.lastIndexOf('.');
      const text = given.slice(0, Math.max(0, dot));
      const [expected, found] = [Buffer.from(signature(text)), Buffer.from(given.slice(dot + 1))];
      return expected.length === found.length && timingSafeEqual(expected, found) ? text : null;
    },
    fingerprint: mac(signatures, 'fingerprint').subarray(0, 8).toString('hex'),
  };
}

/**
 * The key of the environment, or the one in DATA_DIR/duban.key, made at the first start and for this user's eyes only.
 * @param key DUBAN_KEY, base64
 */
export async function loadKeys({ key, dataDir }: { key: Uint8Array | null; dataDir: string }): Promise<Keys> {
  if (key !== null) return keysFrom(key);
  const file = path.join(dataDir, 'duban.key');
  // Two that start at once: one writes it, and both read what was written.
  await writeFile(file, `${randomBytes(bytesMin).toString('base64')}\n`, { flag: 'wx', mode: 0o600 }).catch(
    (fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EEXIST') throw fault;
    },
  );
  return keysFrom(Buffer.from((await readFile(file, 'utf8')).trim(), 'base64'));
}
