import { randomUUID } from 'node:crypto';
import { FileBox } from 'file-box';
import { type Destination, type Post, SendFault } from '../channel.ts';
import { idOf } from './address.ts';
import { toSendFault } from './faults.ts';
import { harmless } from './harmless.ts';
import type { Line } from './intake.ts';
import type { Pace } from './pace.ts';
import { toTexts } from './post.ts';
import { type Timers, within } from './timers.ts';

/** How long sending one text or one file may take, in ms. */
const textMsMax = 15_000;
const fileMsMax = 60_000;

/** How many messages a post becomes: several where it is long, and one for each file. */
export function partsOf(post: Pick<Post, 'text' | 'ask'>, files: number): number {
  return Math.max(1, toTexts(post).length + files);
}

/**
 * Sends a post, as several messages where it has several parts, none of another post between them. A fault after the
 * first part sends them all again later: twice is better than half.
 * @returns the puppet's id of the first message, or a made-up one (`local:…`) from puppets that give none
 * @throws SendFault
 */
export async function sendPost(
  line: Line,
  to: Destination,
  post: Post,
  { timers, pace }: { timers: Timers; pace: Pace },
): Promise<string> {
  const texts = toTexts(post);
  if (texts.length === 0 && post.files.length === 0) throw new SendFault('refused', 'nothing to send');
  try {
    const { id, room } = await resolve(line, to);
    const mention = room && post.mention !== undefined ? await mentionOf(line, id, post.mention) : undefined;
    const steps = [
      ...texts.map(
        (text, index) => () => sendText(line, id, text, index === 0 ? mention : undefined, timers),
      ),
      ...post.files.map((file) => () => sendFile(line, id, file, timers)),
    ];
    const ids = await pace(steps);
    return ids[0] || `local:${randomUUID()}`;
  } catch (fault) {
    throw toSendFault(fault);
  }
}

/** Whom to write to. WeChat shows nothing to one person in a room: what is for one goes to that one in private. */
async function resolve({ directory }: Line, to: Destination): Promise<{ id: string; room: boolean }> {
  const id = idOf(to.only ?? to.address);
  if (id === undefined) throw new SendFault('refused', 'not an address of WeChat');
  if (to.only === undefined && (await directory.isRoom(id))) return { id, room: true };
  if (!(await directory.isReachable(id))) throw new SendFault('unreachable', 'no friend of the account');
  return { id, room: false };
}

interface Mention {
  id: string;
  name: string;
}

async function mentionOf({ directory }: Line, room: string, address: string): Promise<Mention | undefined> {
  const id = idOf(address);
  const name = id === undefined ? undefined : await directory.nameIn(room, id);
  const shown = harmless(name ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60);
  return id === undefined || shown === '' ? undefined : { id, name: shown };
}

/** A real mention is the person's id beside the text, and the name in the text, ended by WeChat's own kind of space. */
function sendText({ puppet }: Line, id: string, text: string, mention: Mention | undefined, timers: Timers) {
  const sending =
    mention === undefined
      ? puppet.messageSendText(id, text)
      : puppet.messageSendText(id, `@${mention.name}\u2005${text}`, [mention.id]);
  return within(timers, textMsMax, 'sending a text', sending);
}

function sendFile({ puppet }: Line, id: string, file: Post['files'][number], timers: Timers) {
  const box = FileBox.fromBuffer(Buffer.from(file.bytes), fileName(file));
  return within(timers, fileMsMax, 'sending a file', puppet.messageSendFile(id, box));
}

const endings: Record<string, string> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
  'video/mp4': '.mp4',
};

/** Puppets tell a picture from a file by the name's ending. */
function fileName({ name, mime }: Post['files'][number]): string {
  const safe = harmless(name)
    .replace(/[/\\:*?"<>|\n]/g, '_')
    .replace(/^\.+/, '')
    .slice(-100);
  const ending = endings[mime] ?? '';
  return safe !== '' && /\.[A-Za-z0-9]{1,5}$/.test(safe) ? safe : `${safe || 'file'}${ending}`;
}
