import {
  type Entry,
  type EntryFile,
  historyMax,
  type Persona,
  type Room,
} from '../channels/console/entry.ts';
import { harmless } from '../channels/console/harmless.ts';
import type { Clock } from '../clock.ts';
import { roles } from '../commands/command.ts';
import { post, sentence } from '../conversation/wording.ts';
import type { Say } from '../flow/say.ts';
import { type Language, languages, type Text } from '../flow/text.ts';
import type { Log } from '../log.ts';
import { plainFile } from '../plain-file/plain.ts';
import { type Database, runOn } from '../store/database.ts';
import consoleEntries from '../store/sql/console-entries.sql';
import type { InboxBody } from '../store/turns.ts';
import type { ConsoleDoors } from './console/doors.ts';

interface EntryRow {
  position: number;
  cursor: number;
  author: string | null;
  at: string;
  body: (InboxBody & { forgotten?: boolean }) | null;
  say: (Say & { forgotten?: boolean }) | null;
  mention: string | null;
  only: boolean;
  settled: boolean;
  externalId: string | null;
  files: EntryFile[];
}

export interface ConsoleOptions {
  database: Database;
  clock: Clock;
  rehearsal: boolean;
  log: Log;
}

/** Console pages show the time that the sample campaign and its offices live by. */
const zone = 'Asia/Shanghai';

/** What the console page may see of the house, read from Postgres. */
export function consoleDoors(options: ConsoleOptions): Omit<ConsoleDoors, 'receive' | 'doorbell'> {
  const { database, rehearsal, log, clock } = options;
  return {
    clock,
    log,
    rehearsal,
    zone,
    personas: () => personas(database),
    rooms: () => rooms(database),
    history: async (as, room, after) => {
      const rows = await runOn(database.pool)<{ entry: EntryRow }>(consoleEntries, [
        as,
        room,
        after,
        historyMax,
      ]);
      const titles = new Map((await personas(database)).map(({ urn, title }) => [urn, title]));
      const language = await languageOf(database, as);
      return (
        rows
          .map(({ entry }) => toEntry(entry, titles, language, rehearsal))
          // What was redrawn with a message comes before it.
          .sort((one, other) => Number(one.cursor) - Number(other.cursor) || one.position - other.position)
      );
    },
    file: (id, as) => fileFor(database, id, as),
  };
}

/** Who begins stands first. */
const order = (role: string) => (roles as readonly string[]).indexOf(role);

async function personas({ prisma }: Database): Promise<Persona[]> {
  const rows = await prisma.urn.findMany({
    where: { urn: { startsWith: 'console:' }, contact: { title: { not: { equals: null } } } },
    include: { contact: { include: { memberships: { select: { role: true } } } } },
    orderBy: { createdAt: 'asc' },
  });
  return rows
    .map(({ urn, contact }) => ({
      urn,
      title: contact.title as Text,
      role: contact.memberships[0]?.role ?? 'citizen',
    }))
    .sort((one, other) => order(one.role) - order(other.role) || one.urn.localeCompare(other.urn));
}

/** Citizens are in the halls' rooms only; a working group is for those who have a role. */
async function rooms(database: Database): Promise<Room[]> {
  const everyone = await personas(database);
  const rows = await database.prisma.room.findMany({
    where: { urn: { startsWith: 'console:room/' } },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(({ urn, title, purpose }) => ({
    urn,
    title: (title ?? urn) as Text,
    members: everyone.filter(({ role }) => purpose === 'hall' || role !== 'citizen').map((one) => one.urn),
  }));
}

async function languageOf({ prisma }: Database, urn: string): Promise<Language> {
  const row = await prisma.urn.findUnique({
    where: { urn },
    select: { contact: { select: { language: true } } },
  });
  return languages.find((one) => one === row?.contact.language) ?? 'zh-CN';
}

function toEntry(row: EntryRow, titles: Map<string, Text>, language: Language, rehearsal: boolean): Entry {
  const entry: Entry = {
    id: String(row.position),
    position: row.position,
    cursor: String(row.cursor),
    author: row.author === null ? null : { urn: row.author, title: titles.get(row.author) ?? row.author },
    at: row.at,
    text: harmless(textOf(row, language, rehearsal)),
    files: row.files,
    settled: row.settled,
    only: row.only,
  };
  const ask = row.say === null ? undefined : post(row.say, language).ask;
  if (ask !== undefined) entry.ask = ask;
  if (row.mention !== null) entry.mention = titles.get(row.mention) ?? row.mention;
  if (row.externalId !== null) entry.externalId = row.externalId;
  return entry;
}

function textOf({ body, say }: EntryRow, language: Language, rehearsal: boolean): string {
  if (body?.forgotten === true || say?.forgotten === true)
    return sentence(language, 'conversation:forgotten');
  if (say === null) return body === null ? '' : typed(body);
  const { text } = post(say, language);
  return rehearsal ? `${sentence(language, 'conversation:rehearsal')}${text}` : text;
}

/** A tap shows as the option's number or id, as the person would have typed it. */
function typed(body: InboxBody): string {
  return body.text !== '' || body.press === undefined ? body.text : body.press.options.join('、');
}

/** A file that came or went in a conversation this persona can see. */
async function fileFor(
  database: Database,
  id: string,
  as: string,
): Promise<{ name: string; mime: string; bytes: Uint8Array } | null> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return null;
  const { prisma } = database;
  const row = await prisma.attachment.findUnique({ where: { id }, include: { content: true } });
  if (row?.content == null) return null;
  const places = [
    as,
    ...(await rooms(database)).filter((room) => room.members?.includes(as)).map(({ urn }) => urn),
  ];
  const came = await prisma.inbox.count({
    where: { seq: row.messageSeq, OR: [{ urn: as, room: null }, { room: { in: places } }] },
  });
  const went = await prisma.outbox.count({
    where: { address: { in: places }, say: { path: ['attachments'], array_contains: [id] } },
  });
  if (came + went === 0) return null;
  // Their own comes back as they sent it, everybody else's as it may be handed on.
  const bytes = row.urn === as ? row.content.bytes : plainFile(row.content.bytes);
  return bytes === null ? null : { name: row.name ?? id, mime: row.mime, bytes };
}
