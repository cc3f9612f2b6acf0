import { expect, onTestFinished, test } from 'vitest';
import { createService, type Service } from '../../src/service.ts';
import { openStage, type Stage } from '../conversation/campaign-stage.ts';
import { openStrictly } from '../strict-database.ts';
import { type FakeChannel, fakeChannel } from './fake-channel.ts';
import { answersOf, enter, message, openQuestionnaires } from './questionnaire.ts';

const trials = 100;
const now = '2026-06-22T10:00:00+08:00';

/** One instant of the platform's clock, and the next that it can tell apart. */
const first = '2026-06-22T02:00:00.000001Z';
const next = '2026-06-22T02:00:00.000002Z';

/** A service as another process would run it: workers, connections and memory of its own. */
async function openService(stage: Stage, channel: FakeChannel): Promise<Service> {
  const database = openStrictly(stage.database.pool.options);
  const service = await createService({
    ...stage,
    database,
    rehearsal: false,
  });
  await service.start([channel]);
  onTestFinished(async () => {
    await service.stop();
    await database.close();
  });
  return service;
}

interface Ground {
  stage: Stage;
  people: string[];
  channel: FakeChannel;
  services: [Service, Service];
  /** What was taken from this person, once the bot has answered both messages. */
  taken(urn: string): Promise<{ answers: [string, string][]; inbox: unknown[] }>;
}

async function openGround(): Promise<Ground> {
  const stage = await openStage(now);
  const { campaignId } = await openQuestionnaires(stage);
  const people = Array.from({ length: trials }, (_, index) => `wechat:p${index}`);
  await enter(stage, campaignId, 'talk/window', people);
  const channel = fakeChannel('wechat');
  const services: [Service, Service] = [await openService(stage, channel), await openService(stage, channel)];
  const taken = async (urn: string) => {
    await channel.heard(urn, 2);
    const inbox = await stage.query(
      `SELECT body ->> 'text' AS text, status FROM inbox WHERE urn = $1 ORDER BY seq`,
      [urn],
    );
    return { answers: await answersOf(stage, urn), inbox };
  };
  return { stage, people, channel, services, taken };
}

const inOrder = {
  answers: [
    ['q1', '甲'],
    ['q2', '乙'],
  ],
  inbox: [
    { text: '甲', status: 'done' },
    { text: '乙', status: 'done' },
  ],
};

test.each([
  { of: 'delivered in the order sent', sent: [first, next], swapped: false },
  { of: 'delivered in the other order', sent: [first, next], swapped: true },
  { of: 'that the platform cannot tell apart', sent: [first, first], swapped: false },
])(
  'two messages of one person in the same instant, $of: taken in order, each once',
  async ({ sent, swapped }) => {
    const { people, services, taken, channel } = await openGround();
    const [{ receive }, other] = services;
    for (const urn of people) {
      const a = message(urn, 'a', '甲', sent[0] ?? '');
      const b = message(urn, 'b', '乙', sent[1] ?? '');
      const fresh = Promise.all(swapped ? [receive(b), receive(a)] : [receive(a), receive(b)]);
      other.signal();
      expect(await fresh).toEqual([true, true]);
      expect(await taken(urn)).toEqual(inOrder);
    }
    expect(channel.delivered).toHaveLength(2 * trials);
  },
);

test('a hundred people at once, two messages each, every first one delivered again meanwhile and afterwards', async () => {
  const { people, services, taken, channel } = await openGround();
  const [one, other] = services;
  const pairs = people.map((urn) => [message(urn, 'a', '甲', first), message(urn, 'b', '乙', next)] as const);
  const fresh = await Promise.all(
    pairs.map(([a, b], index) =>
      Promise.all([one.receive(b), one.receive(a), (index % 2 === 0 ? one : other).receive(a)]),
    ),
  );
  for (const [index, urn] of people.entries()) {
    const [b, ...a] = fresh[index] ?? [];
    expect({ b, a: a.sort() }).toEqual({ b: true, a: [false, true] });
    expect(await taken(urn)).toEqual(inOrder);
  }
  expect(await Promise.all(pairs.flat().map((sent) => other.receive(sent)))).not.toContain(true);
  for (const urn of people) expect(await taken(urn)).toEqual(inOrder);
  expect(channel.delivered).toHaveLength(2 * trials);
});

// Which was sent first can't be known while one of them is not stored yet; but that each is taken once can.
test('two messages of one person in the same instant, each through another process: each is taken once', async () => {
  const { people, services, taken, channel } = await openGround();
  const [one, other] = services;
  for (const urn of people) {
    const both = [one.receive(message(urn, 'a', '甲', first)), other.receive(message(urn, 'b', '乙', next))];
    expect(await Promise.all(both)).toEqual([true, true]);
    const { answers } = await taken(urn);
    expect(answers.map(([question]) => question)).toEqual(['q1', 'q2']);
    expect(new Set(answers.map(([, said]) => said))).toEqual(new Set(['甲', '乙']));
  }
  expect(channel.delivered).toHaveLength(2 * trials);
});
