import type { Channel, Inbound, Post } from '../../src/channels/channel.ts';
import type { HandClock } from '../../src/clock.ts';
import { inLanguage, type Language, type Text } from '../../src/flow/text.ts';
import type { Service } from '../../src/service.ts';
import { type Database, runOn } from '../../src/store/database.ts';

/** One thing that happens in the story. */
export type Scene =
  | { kind: 'title'; text: string }
  /** The clock is moved to there; what has fallen due comes. */
  | { kind: 'until'; instant: string }
  | { kind: 'says'; who: string; text: string; room?: string; photo?: Uint8Array };

export interface Stage {
  play(scene: Scene): Promise<void>;
}

/** People talk through a channel that prints; everything between is the service as it runs in earnest. */
export async function openStage(
  service: Service,
  database: Database,
  clock: HandClock,
  language: Language,
): Promise<Stage> {
  const names = await namesOf(database, language);
  await database.prisma.contact.updateMany({ data: { language } });
  await service.start([printing(names)]);
  let count = 0;
  return {
    play: async (scene) => {
      switch (scene.kind) {
        case 'title':
          print(`\n—— ${scene.text} ——`);
          return;
        case 'until':
          clock.set(scene.instant);
          print(`\n[${timeOf(clock)}]`);
          break;
        case 'says': {
          count += 1;
          clock.advance(20_000);
          const photo = scene.photo === undefined ? '' : ' 🖼 photo.png';
          print(`${label(names, scene.who, scene.room)}> ${scene.text}${photo}`);
          await service.receive(inboundOf(scene, count, clock.now().toISOString()));
        }
      }
      service.signal();
      await quiet(service, database, clock);
    },
  };
}

function inboundOf(scene: Extract<Scene, { kind: 'says' }>, count: number, sentAt: string): Inbound {
  const { who, text, room, photo } = scene;
  const slash = text.startsWith('/duban');
  return {
    channel: 'console',
    account: 'console',
    externalId: `demo/${count}`,
    urn: who,
    ...(room === undefined ? {} : { room }),
    kind: photo === undefined ? 'text' : 'media',
    text: slash ? text.slice('/duban'.length).trim() : text,
    addressed: room === undefined || slash,
    slash,
    files: photo === undefined ? [] : [{ name: 'photo.png', mime: 'image/png', source: { bytes: photo } }],
    sentAt,
  };
}

function printing(names: Map<string, string>): Channel {
  const free = { everyMs: 0, burst: 1, jitterMs: 0 };
  let count = 0;
  return {
    name: 'console',
    budgets: { account: free, room: free },
    health: () => ({ ready: true }),
    start: async () => undefined,
    stop: async () => undefined,
    send: async ({ address }, post) => {
      count += 1;
      print(`${label(names, address)}< ${shown(post)}`);
      return `demo:${count}`;
    },
  };
}

/** Options as a channel without buttons shows them. */
function shown({ text, ask }: Post): string {
  const options = ask?.options.map(({ label: words }, index) => `${index + 1}. ${words}`) ?? [];
  return [...text.split('\n'), ...(options.length > 0 ? [options.join('　')] : [])].join('\n    ');
}

/** Waits until nothing is left to be done at this moment of the clock. */
async function quiet(service: Service, database: Database, clock: HandClock): Promise<void> {
  const run = runOn(database.pool);
  for (;;) {
    const [row] = await run<{ open: number }>(
      `SELECT (SELECT count(*) FROM inbox WHERE status IN ('waiting', 'fetching'))::int
         + (SELECT count(*) FROM outbox WHERE status = 'sending' OR (status = 'waiting' AND due_at <= $1::timestamptz))::int
         + (SELECT count(*) FROM assignment WHERE remind_at <= $1::timestamptz)::int
         + (SELECT count(*) FROM campaign WHERE digest_at <= $1::timestamptz)::int
         + (SELECT count(*) FROM session WHERE wake_at <= $1::timestamptz AND ended_at IS NULL)::int AS open`,
      [clock.now().toISOString()],
    );
    if (row?.open === 0) return;
    service.signal();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function namesOf({ prisma }: Database, language: Language): Promise<Map<string, string>> {
  const people = await prisma.urn.findMany({ include: { contact: true } });
  const rooms = await prisma.room.findMany();
  return new Map([
    ...people.map(({ urn, contact }) => [urn, inLanguage((contact.title ?? urn) as Text, language)] as const),
    ...rooms.map(({ urn, title }) => [urn, inLanguage((title ?? urn) as Text, language)] as const),
  ]);
}

function label(names: Map<string, string>, address: string, room?: string): string {
  const place = room === undefined ? '' : `@${names.get(room) ?? room} `;
  return `${names.get(address) ?? address} ${place}`;
}

function timeOf(clock: HandClock): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(clock.now());
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
