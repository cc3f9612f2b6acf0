import { expect } from 'vitest';
import { channelOf } from '../../src/channels/address.ts';
import type { Inbound } from '../../src/channels/channel.ts';
import { createReceive } from '../../src/conversation/receive.ts';
import { type TurnOptions, takeTurns } from '../../src/conversation/turn.ts';
import { post } from '../../src/conversation/wording.ts';
import type { Say } from '../../src/flow/say.ts';
import type { Language } from '../../src/flow/text.ts';
import { campaignText, openStage, type Stage, type Template, templateOf } from './campaign-stage.ts';

/** How a message is sent; a plain text in private otherwise. */
export interface How {
  room?: string;
  /** As `/duban …`. */
  slash?: boolean;
  /** In a room: said to the bot. A slash command and a press are. */
  addressed?: boolean;
  kind?: Inbound['kind'];
  files?: { name?: string; mime: string; bytes: Uint8Array }[];
  place?: Inbound['place'];
  press?: Inbound['press'];
}

/** One outgoing message as its reader sees it. */
export interface Heard {
  /** The room, or the person in private. */
  to: string;
  text: string;
  /** Labels of what can be tapped. */
  options: string[];
  /** In a room: to whom it is addressed, and whether nobody else sees it. */
  mention: string | null;
  only: string | null;
  key: string | null;
  priority: number;
  /** What earlier messages are redrawn to. */
  redrawn: string[];
  /** ISO instant, UTC. */
  dueAt: string;
  status: string;
  say: Say;
}

/** A conversation with the whole machine between inbox and outbox: real engine, real database, time moved by hand. */
export interface Talk extends Stage {
  options: TurnOptions;
  /** The published sample campaign; empty without. */
  campaignId: string;
  /** Stores a message, lets every turn be taken, and gives what was put into the outbox by it. */
  says(urn: string, text: string, how?: How): Promise<Heard[]>;
  /** Taps an option of a message that was heard, by its label or place (from 0). */
  taps(urn: string, on: Heard | undefined, option: string | number, how?: How): Promise<Heard[]>;
  /** Everything that was ever said to an address, oldest first. */
  said(address: string): Promise<Heard[]>;
  /** What work that is no message (reminders, wake-ups) put into the outbox. */
  during(work: () => Promise<unknown>): Promise<Heard[]>;
}

export interface StageOptions {
  now?: string;
  language?: Language;
  /** The campaign file to load and whether to publish it; the published sample by default. */
  campaign?: { file?: string; text?: string; published?: boolean } | null;
}

/** People and rooms that the sample gives the console page. */
export const cast = {
  coordinator: 'console:coordinator',
  /** Inspects Haiyan for Nanhu. */
  inspector: 'console:inspector-1',
  /** Inspects Pinghu for Xiuzhou. */
  other: 'console:inspector-2',
  /** Of Haiyan. */
  liaison: 'console:liaison',
  citizen: 'console:citizen',
  room: 'console:room/inspection',
  hall: 'console:room/hall',
} as const;

/** Opens a database of this test's own; closed when the test is over. */
export async function stage({
  now = '2026-06-22T10:00:00+08:00',
  language = 'zh-CN',
  campaign = {},
}: StageOptions = {}): Promise<Talk> {
  const template = campaign === null ? null : await templateFor(now, campaign);
  const base = await openStage(now, template?.database);
  const options: TurnOptions = {
    database: base.database,
    library: base.library,
    clock: base.clock,
    log: base.log,
    keys: base.keys,
    publicUrl: base.publicUrl,
    said: () => undefined,
  };
  return { ...base, options, campaignId: template?.campaignId ?? '', ...voices(base, options, language) };
}

async function templateFor(
  now: string,
  { file, text, published }: NonNullable<StageOptions['campaign']>,
): Promise<Template> {
  return templateOf(now, text ?? (await campaignText(file ?? 'jiaxing-2014')), published !== false);
}

function voices(
  base: Stage,
  options: TurnOptions,
  language: Language,
): Pick<Talk, 'says' | 'taps' | 'said' | 'during'> {
  const receive = createReceive({
    database: base.database,
    clock: base.clock,
    stored: () => undefined,
    fetchLater: () => Promise.reject(new Error('nothing here is fetched later')),
  });
  let sent = 0;
  const during: Talk['during'] = async (work) => {
    const [last] = await base.query<{ seq: string }>('SELECT coalesce(max(seq), 0)::text AS seq FROM outbox');
    await work();
    return heard(base, language, 'seq > $1', last?.seq ?? '0');
  };
  const says: Talk['says'] = (urn, text, how = {}) =>
    during(async () => {
      sent += 1;
      await receive(inbound(urn, text, how, `message-${sent}`, base.clock.now()));
      while ((await takeTurns(options)) > 0);
    });
  return {
    says,
    during,
    taps: (urn, on, option, how = {}) => {
      const ask = on?.say.ask;
      const index = typeof option === 'number' ? option : on?.options.indexOf(option);
      const chosen = ask?.options[index ?? -1];
      if (ask === undefined || chosen === undefined) expect.fail(`nothing there to tap: ${option}`);
      const press = { target: ask.target, question: ask.question, options: [chosen.id] };
      const room = on?.to !== urn && on?.to.includes('room') ? { room: on.to } : {};
      return says(urn, on?.options[index ?? -1] ?? '', { ...room, ...how, press });
    },
    said: (address) => heard(base, language, 'address = $1', address),
  };
}

function inbound(urn: string, text: string, how: How, id: string, now: Date): Inbound {
  const {
    room,
    slash = false,
    press,
    kind,
    files = [],
    place,
    addressed = slash || press !== undefined,
  } = how;
  const channel = channelOf(urn);
  return {
    channel,
    account: channel,
    externalId: id,
    urn,
    ...(room === undefined ? {} : { room }),
    kind: kind ?? (files.length > 0 ? 'media' : 'text'),
    text,
    addressed: room === undefined || addressed,
    slash,
    ...(press === undefined ? {} : { press }),
    ...(place === undefined ? {} : { place }),
    files: files.map(({ name, mime, bytes }) => ({
      ...(name === undefined ? {} : { name }),
      mime,
      size: bytes.byteLength,
      source: { bytes },
    })),
    sentAt: now.toISOString(),
  };
}

interface Row extends Omit<Heard, 'to' | 'text' | 'options' | 'redrawn' | 'dueAt'> {
  address: string;
  due: Date;
  settles: { say: Say }[] | null;
}

async function heard({ query }: Stage, language: Language, where: string, value: string): Promise<Heard[]> {
  const rows = await query<Row>(
    `SELECT address, mention, "only", key, priority, due_at AS due, status, say, settles FROM outbox
     WHERE ${where} ORDER BY seq`,
    [value],
  );
  return rows.map(({ address, due, settles, ...row }) => {
    const { text, ask } = post(row.say, language);
    const labels = (ask?.options ?? []).map(({ label }) => label);
    const redrawn = (settles ?? []).map(({ say }) => post(say, language).text);
    return { ...row, to: address, text, options: labels, redrawn, dueAt: due.toISOString() };
  });
}
