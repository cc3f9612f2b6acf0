import { labels, type SentMessage, type SlackWorld, shownText } from '../channels/slack/driver.ts';
import { nextTs, type Requests } from '../channels/slack/requests.ts';

/** A message of the bot as its readers see it. */
export interface Heard {
  /** `#inspection`, or the name of whose private chat it is. */
  to: string;
  text: string;
  /** What can be tapped. */
  options: string[];
  /** Seen by this person alone. */
  only?: string;
  message: SentMessage;
}

/** Somebody in the workspace. What they do resolves, once all is done, with what the bot said because of it. */
export interface Talker {
  id: string;
  /** In private, or in a room. */
  says(
    text: string,
    how?: { room?: string; mention?: boolean; files?: Photo[]; ts?: string },
  ): Promise<Heard[]>;
  /** `/duban …`, in private or in a room. */
  slash(text: string, room?: string): Promise<Heard[]>;
  /** Taps, chooses or ticks and sends, by label. */
  taps(on: Heard | undefined, ...options: string[]): Promise<Heard[]>;
}

export interface Photo {
  name: string;
  mime: string;
  bytes: Uint8Array;
  /** What Slack says of it, when that is not what it holds. */
  size?: number;
}

export interface SlackPeople {
  person(name: string): Promise<Talker>;
  /** What was said since the last look, to whomever. */
  heard(): Heard[];
}

export function slackPeople(world: SlackWorld, slack: Requests, settled: () => Promise<void>): SlackPeople {
  const places = new Map<string, string>();
  let looked = 0;

  const heard = () => {
    const fresh = world.api.sent.slice(looked);
    looked = world.api.sent.length;
    return fresh.map((message) => read(message, places));
  };

  async function done(answer: Response): Promise<Heard[]> {
    if (answer.status !== 200) throw new Error(`the bot answered ${answer.status}`);
    await settled();
    return heard();
  }

  return {
    heard,
    person: async (name) => {
      const user = world.person(name);
      const chat = await world.privateChat(user);
      places.set(chat, name);
      places.set(user, name);
      const placeOf = (room?: string) => {
        if (room === undefined) return chat;
        places.set(world.room(room), `#${room}`);
        return world.room(room);
      };
      return {
        id: user,
        says: async (text, { room, mention = false, files, ts = nextTs() } = {}) => {
          const channel = placeOf(room);
          const sent = await Promise.all((files ?? []).map((file) => brought(world, file)));
          const said = mention ? `<@${world.bot}> ${text}` : text;
          const message = { user, channel, text: said, ts };
          return done(await slack.say(files === undefined ? message : { ...message, files: sent }));
        },
        slash: async (text, room) => done(await slack.slash({ user, channel: placeOf(room), text })),
        taps: async (on, ...options) => {
          if (on === undefined) throw new Error(`nothing there to tap "${options.join()}" on`);
          const { channel, ts, blocks } = on.message;
          return done(await slack.click({ user, channel, message: { ts, blocks }, choose: options }));
        },
      };
    },
  };
}

function read(message: SentMessage, places: Map<string, string>): Heard {
  const to = places.get(message.channel) ?? message.channel;
  return {
    to,
    text: message.blocks.length > 0 ? shownText(message.blocks) : message.text,
    options: labels(message.blocks),
    ...(message.only === undefined ? {} : { only: places.get(message.only) ?? message.only }),
    message,
  };
}

/** As it stands now: a message that was answered is redrawn. */
export function now({ message }: Heard): { text: string; options: string[]; updates: number } {
  const { blocks, text, updates } = message;
  return { text: blocks.length > 0 ? shownText(blocks) : text, options: labels(blocks), updates };
}

/** Brings a file to the workspace, as a phone does, and gives what Slack says of it in the message's event. */
async function brought(
  world: SlackWorld,
  { name, mime, bytes, size = bytes.byteLength }: Photo,
): Promise<Record<string, unknown>> {
  const call = async (method: string, args: Record<string, unknown>) => {
    const response = await fetch(`${world.api.behind}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(args),
    });
    const answer = (await response.json()) as { ok: boolean; error?: string };
    if (!answer.ok) throw new Error(`${method}: ${answer.error}`);
    return answer as unknown as Record<string, string>;
  };
  const place = await call('files.getUploadURLExternal', { filename: name, length: bytes.byteLength });
  await fetch(place.upload_url ?? '', { method: 'POST', body: new Uint8Array(bytes) });
  await call('files.completeUploadExternal', { files: [{ id: place.file_id, title: name }] });
  const at = `${world.api.origin}/files-pri/${place.file_id}/${encodeURIComponent(name)}`;
  return { id: place.file_id, name, mimetype: mime, size, url_private_download: at };
}
