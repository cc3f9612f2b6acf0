import { randomBytes, randomUUID } from 'node:crypto';
import type { Channel, ChannelName, Inbound, Receive } from '../../src/channels/channel.ts';
import { machineClock } from '../../src/clock.ts';
import { begin } from '../../src/conversation/begin.ts';
import type { TurnOptions } from '../../src/conversation/turn.ts';
import { Flow } from '../../src/flow/definition.ts';
import { keysFrom } from '../../src/keys.ts';
import { createLog, type Log } from '../../src/log.ts';
import { createService, type Service } from '../../src/service.ts';
import { type Database, openDatabase, runOn } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { commitWrites, noWrites } from '../../src/store/writes.ts';
import type { Ground } from './ground.ts';

/** People in the middle of one survey, the whole service behind them, and a channel that delivers at once. */
export interface Crowd {
  database: Database;
  people: string[];
  /** Sends a person's next answer; resolves when the bot's reply to it was delivered. */
  answer(person: string): Promise<void>;
  close(): Promise<void>;
}

export const surveyQuestions = 64;

/** A survey of the usual kinds of question, long enough that nobody finishes while it is measured. */
export function survey(questions: number): Flow {
  return Flow.parse({
    id: 'bench/survey',
    title: 'Survey',
    questions: Array.from({ length: questions }, (_, index) => {
      const base = { id: `q${index}`, label: `第${index + 1}题：服务如何？` };
      if (index % 4 === 0) return { ...base, type: 'level' };
      if (index % 4 === 1) return { ...base, type: 'number', unit: 'minutes', min: 0, max: 600 };
      if (index % 4 === 2) return { ...base, type: 'choice', options: 'yes-no' };
      return { ...base, type: 'text' };
    }),
  });
}

export const replies = ['非常满意', '大概20分钟', '是', '办事很快，谢谢'];

/**
 * @param on WeChat, where citizens answer (surveys stay off Slack, PIPL art. 36); on Slack and the console each answered
 * question is redrawn as well
 */
export async function gather(
  ground: Ground,
  size: number,
  on: 'wechat' | 'slack' = 'wechat',
  questions = surveyQuestions,
): Promise<Crowd> {
  const people = Array.from({ length: size }, (_, index) => `${on}:T1/U${index}`);
  const { service, database, close } = await openSurvey(ground, people, questions);
  const delivered = new Map<string, () => void>();
  await service.start([channelTo(on, (address) => delivered.get(address)?.())]);
  const answered = new Map<string, number>();
  return {
    database,
    people,
    answer: async (person) => {
      const count = answered.get(person) ?? 0;
      answered.set(person, count + 1);
      const reply = new Promise<void>((resolve) => delivered.set(person, resolve));
      await say(service.receive, on, person, count);
      await reply;
    },
    close,
  };
}

/** A service, not yet started, in whose database these people are at the first question of the survey. */
export async function openSurvey(
  ground: Ground,
  people: string[],
  questions = surveyQuestions,
): Promise<{ service: Service; database: Database; log: Log; close(): Promise<void> }> {
  const log = createLog('error');
  const database = openDatabase(await ground.newDatabase(), (fault) => log.error({ err: fault }));
  await migrate(database.pool);
  const service = await createService({
    database,
    clock: machineClock,
    rehearsal: false,
    log,
    keys: keysFrom(randomBytes(32)),
    publicUrl: () => '',
  });
  await enter(service.options, people, questions);
  const close = async () => {
    await service.stop();
    await database.close();
  };
  return { service, database, log, close };
}

function say(receive: Receive, channel: ChannelName, urn: string, count: number): Promise<boolean> {
  const inbound: Inbound = {
    channel,
    account: channel,
    externalId: `${urn}/${count}`,
    urn,
    kind: 'text',
    text: replies[count % replies.length] ?? '',
    addressed: true,
    slash: false,
    files: [],
    sentAt: new Date().toISOString(),
  };
  return receive(inbound);
}

function channelTo(name: ChannelName, deliver: (address: string) => void): Channel {
  const free = { everyMs: 0, burst: 1, jitterMs: 0 };
  return {
    name,
    budgets: { account: free, room: free },
    health: () => ({ ready: true }),
    start: async () => undefined,
    stop: async () => undefined,
    update: async () => undefined,
    send: async (to) => {
      // After the sender's own bookkeeping, as a network would.
      setImmediate(() => deliver(to.address));
      return 'sent';
    },
  };
}

/** Stores the survey and puts everyone at its first question. */
async function enter(options: TurnOptions, people: string[], questions: number): Promise<void> {
  const { database, library } = options;
  const flow = survey(questions);
  await database.prisma.flow.create({ data: { id: flow.id, version: 1, definition: flow } });
  const campaign = await database.prisma.campaign.create({
    data: {
      code: 'bench',
      title: 'Bench',
      zone: 'Asia/Shanghai',
      definition: {},
      startOn: '2026-06-22',
      status: 'published',
    },
  });
  const at = new Date().toISOString();
  const writes = noWrites();
  for (const urn of people) {
    const id = randomUUID();
    await database.prisma.contact.create({
      data: { id, address: urn, language: 'zh-CN', urns: { create: { urn } } },
    });
    const person = { id, language: 'zh-CN' as const, address: urn, title: null };
    const place = { urn, room: null };
    await begin(
      library,
      {
        flowId: flow.id,
        flowVersion: 1,
        campaignId: campaign.id,
        assignmentId: null,
        unitId: null,
        person,
        place,
        at,
      },
      writes,
    );
  }
  await commitWrites(runOn(database.pool), { ...writes, outbox: [] });
}
