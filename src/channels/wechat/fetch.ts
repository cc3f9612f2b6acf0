import type { FileBoxInterface } from 'file-box';
import { types } from 'wechaty-puppet';
import { SendFault } from '../channel.ts';
import { toSendFault } from './faults.ts';
import type { Puppet } from './puppet.ts';
import { type Timers, within } from './timers.ts';

/** How long one way of getting a file may take, in ms. */
const fetchMsMax = 60_000;

/**
 * The bytes of a received file. A photo is asked for as it was taken, then as a large one, then as a plain file: puppets
 * differ in what they have.
 * @param ref made by `filesOf`
 * @param limit the most bytes taken
 * @throws SendFault `refused` when it is larger, `passing` when it can't be had now
 */
export async function fetchFile(
  puppet: Puppet,
  ref: string,
  limit: number,
  timers: Timers,
): Promise<Uint8Array> {
  const [, what, id] = /^(image|file):(.+)$/s.exec(ref) ?? [];
  if (id === undefined) throw new SendFault('refused', 'not a file of WeChat');
  const image = (size: number) => () => puppet.messageImage(id, size);
  const file = () => puppet.messageFile(id);
  const ways = what === 'image' ? [image(types.Image.Artwork), image(types.Image.HD), file] : [file];
  let fault: unknown;
  for (const way of ways) {
    try {
      const reading = way().then((box) => readBox(box, limit));
      const bytes = await within(timers, fetchMsMax, 'fetching a file', reading);
      if (bytes.byteLength > 0) return bytes;
    } catch (error) {
      if (error instanceof SendFault) throw error;
      fault = error;
    }
  }
  throw fault === undefined
    ? new SendFault('passing', 'the puppet has no bytes for this file')
    : passing(fault);
}

/** That one puppet can't give it is no proof that it is gone: it may after the next login. */
function passing(fault: unknown): SendFault {
  const known = toSendFault(fault);
  return known.kind === 'passing' ? known : new SendFault('passing', known.message);
}

async function readBox(box: FileBoxInterface, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream = await box.toStream();
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > limit) throw new SendFault('refused', `larger than ${limit} bytes`);
      chunks.push(chunk);
    }
  } finally {
    stream.destroy();
  }
  return new Uint8Array(Buffer.concat(chunks));
}
