import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextChase, silenceOf } from '../../../src/campaign/rectification/chase.ts';
import type { Mover } from '../../../src/campaign/rectification/mover.ts';
import { dueOf, isOver, Rectification } from '../../../src/campaign/rectification/record.ts';
import { LedgerRules } from '../../../src/campaign/rectification/rules.ts';
import { inWorkingTime } from '../../../src/campaign/rectification/working-time.ts';
import { type LedgerMove, moveRectification } from '../../../src/campaign/rectification.ts';
import { calendar, moves, people, quiet, setting, zone } from './world.ts';

const units = ['haiyan', 'tongxiang', 'centre'];
const person: fc.Arbitrary<Mover> = fc.oneof(
  fc.constantFrom(...Object.values(people)),
  fc.record({
    id: fc.constantFrom('a', 'b', 'liaison', 'orderer'),
    coordinates: fc.boolean(),
    leads: fc.boolean(),
    answersFor: fc.subarray(units),
    belongsTo: fc.subarray(units),
  }),
);
const day = fc
  .integer({ min: 0, max: 90 })
  .map((days) => new Date(Date.parse('2026-06-22') + days * 86_400_000).toISOString().slice(0, 10));
const move: fc.Arbitrary<LedgerMove> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<LedgerMove>(...Object.values(moves)) },
  { weight: 1, arbitrary: day.map((until) => ({ ...moves.ask, until })) },
  {
    weight: 1,
    arbitrary: day.map((dueOn) => ({ ...moves.order, task: { kind: 'dated', dueOn } }) as LedgerMove),
  },
  { weight: 1, arbitrary: day.map((dueOn) => ({ ...moves.reopen, dueOn })) },
);
/** What offices do all day, so that a history gets somewhere. */
const usual = [
  'orderer order',
  'liaison accept',
  'liaison plan',
  'liaison reply',
  'head reply',
  'other verify',
  'orderer verify',
  'other close',
  'orderer return',
  'liaison ask',
  'orderer grant',
  'liaison dispute',
  'other dismiss',
  'other reopen',
].map((step) => {
  const [who, move] = step.split(' ') as [keyof typeof people, keyof typeof moves];
  return { who: people[who], move: moves[move] as LedgerMove };
});
/** Any people doing anything, among what is usual; some hours apart, on any day and at any hour. */
const history = fc.array(
  fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...usual) },
        { weight: 1, arbitrary: fc.record({ move, who: person }) },
      ),
      fc.integer({ min: 0, max: 30 }),
    )
    .map(([step, hours]) => ({ ...step, hours })),
  { minLength: 5, maxLength: 60, size: 'max' },
);

type Played = { before: Rectification | null; to: Rectification; move: LedgerMove; who: Mover; at: string };

/** Plays a history, checks that each refusal changes nothing, and gives the moves that were made. */
function playAll(steps: { move: LedgerMove; who: Mover; hours: number }[]): Played[] {
  let record: Rectification | null = null;
  let now = Date.parse('2026-06-22T02:00:00Z');
  const made: Played[] = [];
  for (const { move, who, hours } of steps) {
    now += hours * 3_600_000;
    const at = new Date(now).toISOString();
    const frozen = JSON.stringify(record);
    const moved = moveRectification(record, move, who, setting(at));
    expect(JSON.stringify(record)).toBe(frozen);
    if (moved.kind === 'refused') {
      expect(Object.keys(moved)).toEqual(['kind', 'sentence']);
      continue;
    }
    made.push({ before: record, to: moved.to, move, who, at });
    record = moved.to;
  }
  return made;
}

const runs = { numRuns: 400 };

test('who fixes never judges, neither the person nor anyone of the fixing unit', () => {
  const judging = ['verify', 'close', 'return', 'grant', 'refuse', 'reopen', 'uphold', 'dismiss'];
  fc.assert(
    fc.property(history, (steps) => {
      for (const { before, move, who } of playAll(steps))
        if (judging.includes(move.kind) && before !== null) {
          expect([...who.belongsTo, ...who.answersFor]).not.toContain(before.unit);
          expect(before.fixers).not.toContain(who.id);
        }
    }),
    runs,
  );
});

test('closed only from verified, verified only from replied, and only by a coordinator', () => {
  fc.assert(
    fc.property(history, (steps) => {
      for (const { before, to, who } of playAll(steps)) {
        if (to.state === 'closed' && before?.state !== 'closed') {
          expect(before?.state).toBe('verified');
          expect(who.coordinates).toBe(true);
        }
        if (to.state === 'verified' && before?.state !== 'verified') expect(before?.state).toBe('replied');
      }
    }),
    runs,
  );
});

test('an objection is decided by nobody who took part in the conclusion', () => {
  fc.assert(
    fc.property(history, (steps) => {
      for (const { before, move, who } of playAll(steps))
        if (move.kind === 'uphold' || move.kind === 'dismiss') expect(before?.involved).not.toContain(who.id);
    }),
    runs,
  );
});

test('a record always reads back, its due day is never moved forward, and who fixed or judged is never forgotten', () => {
  fc.assert(
    fc.property(history, (steps) => {
      for (const { before, to, move } of playAll(steps)) {
        expect(Rectification.parse(JSON.parse(JSON.stringify(to)))).toEqual(to);
        if (before === null || move.kind === 'order' || move.kind === 'reopen') continue;
        // Only the coordinator who puts a wrong day right moves it forward.
        if (move.kind !== 'change-day') expect(dueOf(to.task) >= dueOf(before.task)).toBe(true);
        expect(to.involved).toEqual(expect.arrayContaining(before.involved));
        if (to.unit === before.unit) expect(to.fixers).toEqual(expect.arrayContaining(before.fixers));
      }
    }),
    runs,
  );
});

test('somebody is waited for until it is over, and the chain moves in working time only, upwards, to its end', () => {
  const rules = LedgerRules.parse({});
  fc.assert(
    fc.property(history, (steps) => {
      const record = playAll(steps).at(-1)?.to;
      if (record === undefined) return;
      const silence = silenceOf(record, zone);
      expect(silence !== null).toBe(!isOver(record));
      const step = nextChase(record, rules, { calendar, zone, quiet });
      if (step === null) return;
      expect(inWorkingTime(step.at, { calendar, zone, quiet })).toBe(step.at);
      expect(step.at >= step.since).toBe(true);
      expect(silence?.chain[step.level]).toBe(step.whom);
      if (record.chase?.since === step.since) expect(step.level).toBe(record.chase.level + 1);
    }),
    runs,
  );
});

test('the random histories come through every state that a rectification can be moved to', () => {
  const seen = new Set(
    fc
      .sample(history, { numRuns: 600, seed: 7 })
      .flatMap((steps) => playAll(steps).map(({ to }) => to.state)),
  );
  expect([...seen].sort()).toEqual(
    [
      'accepted',
      'closed',
      'disputed',
      'ordered',
      'reopened',
      'replied',
      'returned',
      'revoked',
      'verified',
      'working',
    ].sort(),
  );
});
