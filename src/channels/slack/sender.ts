import type { webApi } from '@slack/bolt';
import { type Channel, type Destination, type Post, SendFault } from '../channel.ts';
import { idOf, isPerson, messageId, placeOf, teamOf } from './address.ts';
import type { Caller } from './caller.ts';
import { type PrivateChats, privateChats } from './private-chats.ts';
import { textOnly, toMessage } from './to-message.ts';
import { share, upload } from './upload.ts';

/** Carries posts to rooms, to people, and in a room to one person alone. @param team our workspace, once known */
export function sender(
  client: webApi.WebClient,
  caller: Caller,
  team: () => string | undefined,
): Required<Pick<Channel, 'send' | 'update'>> {
  const means: Means = { client, caller, chats: privateChats(client, caller) };
  return {
    send: async (to, post) => {
      const { id, only } = destination(to, team());
      if (isPerson(id)) return toPerson(means, id, post);
      return only === undefined ? toChannel(means, id, post) : toOnly(means, id, only, post);
    },
    update: async (_to, id, post) => {
      const place = placeOf(id);
      // What one person alone saw, and a bare file, can't be replaced: they stay as they were.
      if (place === undefined) return;
      await caller.post('chat.update', toMessage(post), textOnly(post), (message) =>
        client.chat.update({ ...place, ...message, ...asWritten }),
      );
    },
  };
}

interface Means {
  client: webApi.WebClient;
  caller: Caller;
  chats: PrivateChats;
}

async function toChannel(means: Means, channel: string, post: Post): Promise<string> {
  const { client, caller } = means;
  const files = await caller.run('upload', () => upload(client, post.files));
  const silent = post.text.trim() === '' && post.ask === undefined && files[0] !== undefined;
  const id = silent
    ? messageId('file', channel, files[0]?.id ?? '')
    : messageId('post', channel, await say(means, channel, post));
  await caller.run('files.completeUploadExternal', () => share(client, channel, files));
  return id;
}

async function say({ client, caller }: Means, channel: string, post: Post): Promise<string> {
  const mrkdwn = post.mention !== undefined;
  const sent = await caller.post('chat.postMessage', toMessage(post), textOnly(post), (message) =>
    client.chat.postMessage({
      channel,
      ...message,
      ...asWritten,
      mrkdwn,
      unfurl_links: false,
      unfurl_media: false,
    }),
  );
  if (sent.ts === undefined) throw new SendFault('passing', 'chat.postMessage: no timestamp');
  return sent.ts;
}

async function toPerson(means: Means, user: string, post: Post): Promise<string> {
  try {
    return await toChannel(means, await means.chats.with(user), post);
  } catch (fault) {
    // The chat we remembered may be gone: it is asked for again when the outbox tries the next time.
    if (fault instanceof SendFault && fault.kind === 'unreachable') means.chats.forget(user);
    throw fault;
  }
}

/** Only this person sees it, in the channel; where that can't be (we are not in it, or a file), in the private chat. */
async function toOnly(means: Means, channel: string, user: string, post: Post): Promise<string> {
  if (post.files.length > 0) return toPerson(means, user, post);
  try {
    const sent = await means.caller.post('chat.postEphemeral', toMessage(post), textOnly(post), (message) =>
      means.client.chat.postEphemeral({ channel, user, ...message, ...asWritten }),
    );
    return messageId('only', channel, sent.message_ts ?? '');
  } catch (fault) {
    if (fault instanceof SendFault && fault.kind === 'unreachable') return toPerson(means, user, post);
    throw fault;
  }
}

/** Slack is to make nothing of the text: no names, channels or addresses found in it. `chat.update` would, unasked. */
const asWritten = { parse: 'none', link_names: false } as const;

function destination(to: Destination, ours: string | undefined): { id: string; only?: string } {
  const theirs = teamOf(to.address);
  if (theirs !== undefined && ours !== undefined && theirs !== ours)
    throw new SendFault('unreachable', 'send: an address of another workspace');
  return to.only === undefined ? { id: idOf(to.address) } : { id: idOf(to.address), only: idOf(to.only) };
}
