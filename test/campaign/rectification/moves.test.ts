import { describe, expect, test } from 'vitest';
import { dueOf, Rectification } from '../../../src/campaign/rectification/record.ts';
import { moveRectification } from '../../../src/campaign/rectification.ts';
import { having, type MoveName, moves, people, play, setting, type Who } from './world.ts';

type Step = `${Who} ${MoveName}`;

const ordered: Step[] = ['orderer order'];
const accepted: Step[] = [...ordered, 'liaison accept'];
const replied: Step[] = [...accepted, 'liaison reply'];
const verified: Step[] = [...replied, 'other verify'];
const closed: Step[] = [...verified, 'orderer close'];
const disputed: Step[] = [...ordered, 'liaison dispute'];
const asked: Step[] = [...accepted, 'liaison ask'];

/** From where, who does what, and what comes of it: a state, or the sentence of a refusal. */
const table: [from: Step[], step: Step, to: string][] = [
  [[], 'orderer order', 'ordered'],
  [[], 'liaison order', 'refused.coordinators-only'],
  [[], 'liaison accept', 'refused.not-yet'],
  [[], 'orderer close', 'refused.not-ordered'],
  [ordered, 'other order', 'refused.ordered'],
  [ordered, 'liaison accept', 'accepted'],
  [ordered, 'head accept', 'accepted'],
  [ordered, 'stranger accept', 'refused.not-yours'],
  [ordered, 'orderer accept', 'refused.not-yours'],
  [accepted, 'liaison accept', 'refused.accepted'],
  // A reply counts as taking it on.
  [ordered, 'liaison reply', 'replied'],
  [ordered, 'liaison plan', 'working'],
  [accepted, 'liaison plan', 'working'],
  [[...accepted, 'liaison plan'], 'liaison reply', 'replied'],
  [replied, 'liaison reply', 'refused.reply-state'],
  [accepted, 'stranger reply', 'refused.not-yours'],
  // Judging.
  [accepted, 'orderer verify', 'refused.verify-state'],
  [replied, 'orderer verify', 'verified'],
  [replied, 'liaison verify', 'refused.coordinators-only'],
  [replied, 'kin verify', 'refused.fixer'],
  [replied, 'below verify', 'refused.fixer'],
  [replied, 'orderer close', 'refused.close-state'],
  [verified, 'orderer close', 'closed'],
  [verified, 'other close', 'closed'],
  [verified, 'kin close', 'refused.fixer'],
  [verified, 'below close', 'refused.fixer'],
  [verified, 'liaison close', 'refused.coordinators-only'],
  [verified, 'head close', 'refused.coordinators-only'],
  [closed, 'other close', 'refused.closed'],
  [replied, 'orderer return', 'returned'],
  [verified, 'orderer return', 'refused.return-verified'],
  [verified, 'orderer returnAll', 'returned'],
  [accepted, 'orderer return', 'refused.return-state'],
  [replied, 'kin return', 'refused.fixer'],
  [verified, 'kin returnAll', 'refused.fixer'],
  [verified, 'orderer verify', 'refused.verified'],
  [closed, 'orderer verify', 'refused.closed'],
  [[...replied, 'orderer return'], 'liaison reply', 'replied'],
  [[...replied, 'orderer return'], 'orderer verify', 'refused.verify-state'],
  // The day put right.
  [ordered, 'orderer changeDay', 'ordered'],
  [accepted, 'other changeDay', 'accepted'],
  [accepted, 'liaison changeDay', 'refused.coordinators-only'],
  [accepted, 'kin changeDay', 'refused.fixer'],
  [replied, 'orderer changeDay', 'refused.change-state'],
  [asked, 'orderer changeDay', 'refused.change-asked'],
  [[...accepted, 'orderer changeDay'], 'orderer changeDay', 'refused.change-same'],
  // More time.
  [accepted, 'liaison ask', 'accepted'],
  [ordered, 'liaison ask', 'ordered'],
  [asked, 'liaison ask', 'refused.extension-asked'],
  [asked, 'orderer grant', 'accepted'],
  [asked, 'kin grant', 'refused.fixer'],
  [asked, 'liaison grant', 'refused.coordinators-only'],
  [asked, 'orderer refuse', 'accepted'],
  [accepted, 'orderer grant', 'refused.no-extension'],
  [replied, 'liaison ask', 'refused.extension-state'],
  // Objections.
  [ordered, 'liaison dispute', 'disputed'],
  [accepted, 'liaison dispute', 'disputed'],
  [replied, 'liaison dispute', 'refused.dispute-state'],
  [disputed, 'orderer uphold', 'refused.recuse'],
  [disputed, 'orderer dismiss', 'refused.recuse'],
  [disputed, 'kin dismiss', 'refused.decide-own'],
  [disputed, 'liaison uphold', 'refused.deciders-only'],
  [disputed, 'other uphold', 'revoked'],
  [disputed, 'group uphold', 'revoked'],
  [disputed, 'other moveOver', 'ordered'],
  [disputed, 'other dismiss', 'ordered'],
  [[...accepted, 'liaison dispute'], 'other dismiss', 'accepted'],
  [disputed, 'liaison accept', 'refused.accepted'],
  [disputed, 'liaison reply', 'refused.reply-state'],
  [ordered, 'other uphold', 'refused.nothing-disputed'],
  [[...disputed, 'other dismiss'], 'liaison dispute', 'refused.objected'],
  [[...disputed, 'other uphold'], 'orderer order', 'ordered'],
  // The look back.
  [closed, 'orderer reopen', 'reopened'],
  [closed, 'kin reopen', 'refused.fixer'],
  [verified, 'orderer reopen', 'refused.reopen-state'],
  [[...closed, 'orderer reopen'], 'liaison reply', 'replied'],
  [[...closed, 'orderer reopen'], 'orderer close', 'refused.close-state'],
  [ordered, 'liaison acknowledge', 'refused.nothing-told'],
  [ordered, 'orderer pass', 'refused.nothing-told'],
];

test.each(table)('after [%s]: %s → %s', (from, step, to) => {
  const before = from.length === 0 ? null : having(...from);
  const kept = structuredClone(before);
  const moved = play(before, step);
  expect(moved.kind === 'refused' ? moved.sentence.key.slice('ledger:'.length) : moved.to.state).toBe(to);
  expect(before).toEqual(kept);
  if (moved.kind === 'moved')
    expect(Rectification.parse(JSON.parse(JSON.stringify(moved.to)))).toEqual(moved.to);
});

describe('days', () => {
  const at = (day: string, time = '10:00') => new Date(`${day}T${time}:00+08:00`).toISOString();

  test('an order for yesterday is refused, one for today is not', () => {
    const on = (dueOn: string) =>
      moveRectification(null, { ...moves.order, task: { kind: 'dated', dueOn } }, people.orderer, setting());
    expect(on('2026-06-21')).toMatchObject({ kind: 'refused', sentence: { key: 'ledger:refused.past' } });
    expect(on('2026-06-22').kind).toBe('moved');
  });

  test('a problem without a unit can’t be ordered', () => {
    const move = { ...moves.order, unit: null };
    expect(moveRectification(null, move, people.orderer, setting())).toMatchObject({
      sentence: { key: 'ledger:refused.no-unit' },
    });
  });

  // Due on Friday 2026-07-10: the workday before is Thursday the 9th.
  test.each([
    ['2026-07-09', 'moved'],
    ['2026-07-10', 'refused'],
  ])('more time asked for on %s is %s', (day, kind) => {
    expect(play(having('orderer order', 'liaison accept'), 'liaison ask', at(day)).kind).toBe(kind);
  });

  test('due after a rest day, the workday before the rest is the last to ask', () => {
    const order = { ...moves.order, task: { kind: 'dated' as const, dueOn: '2026-07-13' } };
    const moved = moveRectification(null, order, people.orderer, setting());
    if (moved.kind === 'refused') return expect.fail(moved.sentence.key);
    const ask = (day: string) => moveRectification(moved.to, moves.ask, people.liaison, setting(at(day)));
    expect(ask('2026-07-10').kind).toBe('moved');
    expect(ask('2026-07-11')).toMatchObject({
      sentence: { key: 'ledger:refused.extension-late', params: { last: { date: '2026-07-10' } } },
    });
  });

  test('more time must be more', () => {
    const until = { ...moves.ask, until: '2026-07-10' };
    expect(moveRectification(having('orderer order'), until, people.liaison, setting())).toMatchObject({
      sentence: { key: 'ledger:refused.extension-early' },
    });
    const granted = having('orderer order', 'liaison ask', 'orderer grant');
    expect([dueOf(granted.task), granted.extensions, granted.extension]).toEqual(['2026-07-20', 1, null]);
    const refused = having('orderer order', 'liaison ask', 'orderer refuse');
    expect([dueOf(refused.task), refused.extensions, refused.extension]).toEqual(['2026-07-10', 0, null]);
  });

  // Received on 22 June: the thirtieth day after it is 22 July, a Wednesday (民法典 art. 201).
  test.each([
    ['2026-07-22', 'moved'],
    ['2026-07-23', 'refused'],
  ])('an objection on %s is %s', (day, kind) => {
    expect(play(having('orderer order', 'liaison accept'), 'liaison dispute', at(day)).kind).toBe(kind);
  });

  test('a last day that is a rest day moves on to the day after the rest (民法典 art. 203)', () => {
    // Received on Thursday 25 June: 25 July is a Saturday, so Monday 27 July.
    const move = { ...moves.order, receivedAt: at('2026-06-25') };
    const moved = moveRectification(null, move, people.orderer, setting());
    if (moved.kind === 'refused') return expect.fail(moved.sentence.key);
    const object = (day: string) =>
      moveRectification(moved.to, moves.dispute, people.liaison, setting(at(day))).kind;
    expect([object('2026-07-27'), object('2026-07-28')]).toEqual(['moved', 'refused']);
  });

  test('a unit that was never told may object at any time', () => {
    const moved = moveRectification(null, { ...moves.order, receivedAt: null }, people.orderer, setting());
    if (moved.kind === 'refused') return expect.fail(moved.sentence.key);
    expect(moveRectification(moved.to, moves.dispute, people.liaison, setting(at('2026-12-01'))).kind).toBe(
      'moved',
    );
  });

  test('the clock stands still during an objection: the workdays that were left then are left after it', () => {
    // On 6 July four workdays are left until 10 July; decided on 20 July there are four until 24 July.
    const objected = play(having('orderer order'), 'liaison dispute', at('2026-07-06'));
    if (objected.kind === 'refused') return expect.fail(objected.sentence.key);
    const dismissed = play(objected.to, 'other dismiss', at('2026-07-20'));
    if (dismissed.kind === 'refused') return expect.fail(dismissed.sentence.key);
    expect(dueOf(dismissed.to.task)).toBe('2026-07-24');
  });

  test('an objection that moves the problem clears what the first unit did', () => {
    const moved = having('orderer order', 'liaison plan', 'liaison dispute', 'other moveOver');
    expect(moved).toMatchObject({
      unit: 'tongxiang',
      state: 'ordered',
      measure: null,
      receivedAt: null,
      fixers: [],
    });
    // Who fixed for the first unit is no fixer of the second, but the conclusion still is the first orderer’s.
    expect(moved.involved).toEqual(['inspector', 'orderer', 'other']);
    expect(play(moved, 'liaison accept')).toMatchObject({ sentence: { key: 'ledger:refused.not-yours' } });
    expect(play(moved, 'stranger accept').kind).toBe('moved');
  });

  test('what is event-bound keeps its kind when its review is put off', () => {
    const task = { kind: 'event' as const, awaits: '审批局成立后', reviewOn: '2026-07-10' };
    const moved = moveRectification(null, { ...moves.order, task }, people.orderer, setting());
    if (moved.kind === 'refused') return expect.fail(moved.sentence.key);
    const asking = play(moved.to, 'liaison ask');
    const granted = asking.kind === 'moved' ? play(asking.to, 'orderer grant') : asking;
    expect(granted).toMatchObject({ to: { task: { ...task, reviewOn: '2026-07-20' } } });
  });
});

test.each([
  ['dispute', 'refused.dispute-reason', ['orderer order'], 'liaison'],
  ['dismiss', 'refused.dismiss-reason', ['orderer order', 'liaison dispute'], 'other'],
  ['return', 'refused.return-reason', ['orderer order', 'liaison reply'], 'orderer'],
  ['ask', 'refused.extension-reason', ['orderer order'], 'liaison'],
  ['refuse', 'refused.refuse-reason', ['orderer order', 'liaison ask'], 'orderer'],
] as const)('%s needs a reason', (move, sentence, from, who) => {
  const moved = moveRectification(having(...from), { ...moves[move], reason: '' }, people[who], setting());
  expect(moved).toMatchObject({ kind: 'refused', sentence: { key: `ledger:${sentence}` } });
});

test('who fixed never closes, also from another unit later', () => {
  const record = having('orderer order', 'liaison reply', 'other verify');
  const promoted = { ...people.liaison, coordinates: true, answersFor: [], belongsTo: ['centre'] };
  expect(moveRectification(record, moves.close, promoted, setting())).toMatchObject({
    sentence: { key: 'ledger:refused.fixer' },
  });
});
