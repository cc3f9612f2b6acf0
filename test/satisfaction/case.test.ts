import { expect, test } from 'vitest';
import { makeCalendar } from '../../src/campaign/calendar.ts';
import { RatingRules } from '../../src/campaign/rating-rules.ts';
import type { Mover } from '../../src/campaign/rectification/mover.ts';
import {
  calledOff,
  chatLeft,
  contactLeft,
  opened,
  openedAgain,
  ratedAgain,
} from '../../src/satisfaction/case/citizen.ts';
import { type CaseTimes, nextStep, stepTaken, wakeOf } from '../../src/satisfaction/case/clock.ts';
import type { CaseSetting } from '../../src/satisfaction/case/moved.ts';
import { RatingCase } from '../../src/satisfaction/case/record.ts';
import { type CaseMove, moveCase } from '../../src/satisfaction/case.ts';

const calendar = makeCalendar();
const quiet = { from: '21:00', to: '08:00' };
const zone = 'Asia/Shanghai';
const times: CaseTimes = { calendar, zone, quiet, silence: 1 };
const { steps } = RatingRules.parse({});

/** Monday 2026-06-22 unless another day is given. */
function setting(day = '2026-06-22', more: Partial<CaseSetting> = {}): CaseSetting {
  const place = { unit: 'hall', owner: 'county', head: 'county', isOwner: false };
  return { at: `${day}T02:37:11.000Z`, number: 4821, calendar, zone, quiet, steps, ...place, ...more };
}

const nobody: Mover = { id: 'x', coordinates: false, leads: false, answersFor: [], belongsTo: [] };
const liaison: Mover = { ...nobody, id: 'liaison', answersFor: ['county'], belongsTo: ['county', 'city'] };
const colleague: Mover = { ...liaison, id: 'colleague' };
const coordinator: Mover = { ...nobody, id: 'coordinator', coordinates: true, belongsTo: ['city'] };
const group: Mover = { ...nobody, id: 'group', leads: true };

const fresh = (change: Partial<RatingCase> = {}): RatingCase => ({ ...opened(setting(), true), ...change });

/** Makes moves one after another; each must succeed. `isOwner` for the office. */
function after(
  record: RatingCase,
  ...moves: [who: Mover, move: CaseMove, more?: Partial<CaseSetting>][]
): RatingCase {
  return moves.reduce((before, [who, move, more]) => {
    const isOwner = who.answersFor.length > 0;
    const moved = moveCase(before, move, who, setting('2026-06-22', { isOwner, ...more }));
    if (moved.kind === 'refused') throw new Error(moved.sentence.key);
    // What is kept is plain JSON that reads as it was written.
    expect(RatingCase.parse(JSON.parse(JSON.stringify(moved.to)))).toEqual(moved.to);
    return moved.to;
  }, record);
}

function refusal(record: RatingCase, who: Mover, move: CaseMove, more: Partial<CaseSetting> = {}) {
  const isOwner = who.answersFor.length > 0;
  const moved = moveCase(record, move, who, setting('2026-06-22', { isOwner, ...more }));
  return moved.kind === 'refused' ? moved.sentence.key : moved.to.stage;
}

const simple: CaseMove = { kind: 'verify', outcome: 'simple', words: '已增设座椅' };
const complex: CaseMove = { kind: 'verify', outcome: 'complex', words: '设备须更换', dueOn: null };
const replied: CaseMove = { kind: 'reply', words: '感谢您的意见' };
const call = (result: 1 | 2 | 3 | 'unreachable'): CaseMove => ({ kind: 'call', result, words: '' });

test('无依据 is not for the rated unit to find alone: somebody outside agrees or returns it, and the clock goes on', () => {
  const found: CaseMove = { kind: 'verify', outcome: 'no-basis', words: '法定要件' };
  const agreed: CaseMove = { kind: 'agree', words: '' };
  const proposed = after(fresh(), [liaison, found]);
  expect(proposed).toMatchObject({
    stage: 'verifying',
    proposed: 'liaison',
    dueOn: fresh().dueOn,
    fixers: ['liaison'],
  });
  expect(refusal(proposed, liaison, replied)).toBe('cases:refused.reply-stage');
  for (const who of [liaison, colleague])
    expect(refusal(proposed, who, agreed)).toBe('cases:refused.look-coordinators');
  const ofHouse = { ...coordinator, id: 'of-house', belongsTo: ['hall'] };
  expect(refusal(proposed, ofHouse, agreed)).toBe('cases:refused.look-own');
  expect(refusal(fresh(), coordinator, agreed)).toBe('cases:refused.nothing-proposed');
  // Overdue it goes to those who owe it, and up from there.
  const told = stepTaken({ ...proposed, news: null }, { kind: 'news' }, setting(), true);
  expect(nextStep({ ...told, reminded: true }, times)?.step).toEqual({
    kind: 'chase',
    level: 1,
    whom: 'group',
  });
  expect(after(proposed, [coordinator, agreed])).toMatchObject({
    stage: 'replying',
    proposed: null,
    verdict: 'no-basis',
  });
  const back: CaseMove = { kind: 'return', words: '没有依据' };
  expect(refusal(proposed, coordinator, { ...back, words: '' })).toBe('cases:refused.return-reason');
  expect(after(proposed, [coordinator, back])).toMatchObject({
    stage: 'verifying',
    proposed: null,
    verdict: null,
  });
  // What a coordinator outside the unit finds needs no second one, nor does another verdict of the unit.
  expect(after(fresh(), [coordinator, found])).toMatchObject({ stage: 'replying', proposed: null });
  expect(after(proposed, [liaison, simple])).toMatchObject({ stage: 'replying', proposed: null });
  const answered = after(proposed, [coordinator, agreed], [liaison, replied]);
  expect(refusal(answered, liaison, back)).toBe('cases:refused.look-coordinators');
  expect(after(answered, [coordinator, back])).toMatchObject({ stage: 'replying', reply: null });
  expect(ratedAgain(answered, 1, setting())).toMatchObject({ stage: 'rectifying' });
});

test('a case that names no unit is handed to one by a coordinator', () => {
  const hand: CaseMove = { kind: 'hand', unitId: 'county', words: '海盐县' };
  const none = { unit: null, owner: null, head: null };
  expect(after(fresh(), [coordinator, hand, none])).toMatchObject({ stage: 'verifying' });
  expect(refusal(fresh(), coordinator, hand)).toBe('cases:refused.hand-unit');
  expect(refusal(fresh(), group, hand, none)).toBe('cases:refused.hand-coordinator');
});

test('the clocks are those of the campaign, in workdays', () => {
  // Friday 2026-09-18 and Sunday 2026-09-20, on which people work (DOMAIN 2.7).
  expect(opened(setting('2026-09-18'), true)).toMatchObject({ stage: 'verifying', dueOn: '2026-09-20' });
  const rectifying = after(opened(setting('2026-09-30'), true), [
    liaison,
    complex,
    { at: '2026-09-30T02:00:00Z' },
  ]);
  expect(rectifying).toMatchObject({ stage: 'rectifying', dueOn: '2026-10-27', verdict: 'complex' });
  const days = RatingRules.parse({ steps: { rectify: { days: 7 } } }).steps;
  // Seven days after Monday 2026-06-22 is a Monday; after Saturday 2026-09-19 it is within the holiday of 09-25 to 09-27.
  expect(after(fresh(), [liaison, complex, { steps: days }]).dueOn).toBe('2026-06-29');
  const late = { at: '2026-09-19T02:00:00Z', steps: days };
  expect(after(fresh(), [liaison, complex, late]).dueOn).toBe('2026-09-28');
});

test('the way of a case: 核实, 整改, 反馈, 回访, closed by somebody who did not fix it', () => {
  const rectified = after(fresh(), [liaison, complex], [liaison, { kind: 'rectify', words: '已更换' }]);
  expect(rectified).toMatchObject({ stage: 'replying', measure: '已更换', dueOn: '2026-06-23' });
  const asked = after({ ...rectified, contact: true }, [liaison, replied]);
  expect(asked).toMatchObject({ stage: 'calling-back', dueOn: '2026-06-25', reply: '感谢您的意见' });
  const told = after(asked, [liaison, call(3)]);
  expect(told).toMatchObject({
    stage: 'calling-back',
    called: { result: 3, by: 'liaison' },
    again: null,
    ended: null,
  });
  expect(refusal(told, liaison, call(3))).toBe('calling-back');
  expect(refusal(told, coordinator, call(2))).toBe('cases:refused.other-result');
  for (const who of [coordinator, colleague])
    expect(after(told, [who, call(3)])).toMatchObject({
      stage: 'closed',
      ended: 'satisfied',
      again: 3,
      late: false,
    });
  // A colleague who did not fix it may call and close at once; a coordinator, who sees no contact, vouches only.
  expect(after(asked, [colleague, call(2)])).toMatchObject({ stage: 'closed', again: 2, againBy: 'staff' });
  expect(refusal(asked, coordinator, call(3))).toBe('cases:refused.not-called');
});

test.each<[string, RatingCase, Mover, CaseMove, string]>([
  ['a stranger', fresh(), nobody, simple, 'cases:refused.not-yours'],
  ['no measure', fresh(), liaison, { ...simple, words: '' }, 'cases:refused.verify-simple'],
  ['no finding', fresh(), liaison, { ...complex, words: '' }, 'cases:refused.verify-complex'],
  [
    'no reason',
    fresh(),
    liaison,
    { ...simple, outcome: 'no-basis', words: '' },
    'cases:refused.verify-no-basis',
  ],
  ['too late a day', fresh(), liaison, { ...complex, dueOn: '2026-07-14' }, 'cases:refused.too-late'],
  ['the last day', fresh(), liaison, { ...complex, dueOn: '2026-07-13' }, 'rectifying'],
  ['a past day', fresh(), liaison, { ...complex, dueOn: '2026-06-21' }, 'cases:refused.past'],
  ['twice', fresh({ stage: 'replying' }), liaison, simple, 'cases:refused.verify-stage'],
  ['before it is put right', fresh({ stage: 'rectifying' }), liaison, replied, 'cases:refused.reply-stage'],
  ['a fix in no turn', fresh(), liaison, { kind: 'rectify', words: 'x' }, 'cases:refused.rectify-stage'],
  ['a call too early', fresh({ contact: true }), liaison, call(3), 'cases:refused.call-stage'],
  ['a call of nobody', fresh({ stage: 'calling-back' }), liaison, call(3), 'cases:refused.no-contact'],
  [
    'an appeal by others',
    fresh(),
    coordinator,
    { kind: 'appeal', words: 'x' },
    'cases:refused.appeal-office',
  ],
  ['without a reason', fresh(), liaison, { kind: 'appeal', words: '' }, 'cases:refused.appeal-reason'],
  [
    'too late',
    fresh({ stage: 'replying' }),
    liaison,
    { kind: 'appeal', words: 'x' },
    'cases:refused.appeal-stage',
  ],
  [
    'nothing to decide',
    fresh(),
    coordinator,
    { kind: 'decide', upheld: true, words: 'x' },
    'cases:refused.nothing-appealed',
  ],
])('%s', (_, record, who, move, expected) => {
  const before = structuredClone(record);
  expect(refusal(record, who, move)).toBe(expected);
  expect(record).toEqual(before);
});

test('a reply that ends the case is not for those who fixed it', () => {
  const alone = after(fresh({ receipt: false }), [liaison, simple]);
  expect(refusal(alone, liaison, replied)).toBe('cases:refused.reply-closes');
  expect(after(alone, [coordinator, replied])).toMatchObject({ stage: 'closed', ended: 'replied' });
});

test('nobody answers: one try a day, and after three somebody else confirms', () => {
  let record = fresh({ stage: 'calling-back', contact: true, fixers: ['liaison'] });
  const on = (day: string) => ({ at: `${day}T02:00:00Z` });
  for (const day of ['2026-06-22', '2026-06-23']) {
    record = after(record, [liaison, call('unreachable'), on(day)]);
    expect(record).toMatchObject({ stage: 'calling-back', called: null });
    expect(refusal(record, liaison, call('unreachable'), on(day))).toBe('cases:refused.tried-today');
  }
  expect(refusal(record, coordinator, call('unreachable'))).toBe('cases:refused.not-called');
  record = after(record, [liaison, call('unreachable'), on('2026-06-24')]);
  expect(record).toMatchObject({ called: { result: 'unreachable' }, tries: { length: 3 } });
  expect(after(record, [coordinator, call('unreachable')])).toMatchObject({
    ended: 'unreachable',
    again: null,
  });
});

test('不满意 brings it back once, also when said by those who fixed it; then it is closed as such', () => {
  const asked = fresh({ stage: 'calling-back', contact: true, fixers: ['liaison'] });
  const second = after(asked, [liaison, call(1)]);
  expect(second).toMatchObject({
    stage: 'rectifying',
    rounds: 1,
    again: 1,
    dueOn: '2026-07-13',
    called: null,
  });
  expect(refusal(second, liaison, { kind: 'appeal', words: 'x' })).toBe('cases:refused.appeal-again');
  const again = after(second, [liaison, { kind: 'rectify', words: '再整改' }], [liaison, replied]);
  const told = after(again, [liaison, call(1)]);
  expect(told).toMatchObject({ stage: 'calling-back', called: { result: 1 } });
  expect(after(told, [coordinator, call(1)])).toMatchObject({ stage: 'closed', ended: 'dissatisfied' });
});

test('an appeal is decided by somebody else, who is not of the unit (国办发〔2019〕51号)', () => {
  const appealed = after(fresh(), [liaison, { kind: 'appeal', words: '当日窗口未开放' }]);
  expect(appealed).toMatchObject({ stage: 'appealed', dueOn: '2026-06-29' });
  const decide = (upheld: boolean): CaseMove => ({ kind: 'decide', upheld, words: '经查' });
  const both: Mover = { ...liaison, coordinates: true };
  expect(refusal(appealed, liaison, decide(true))).toBe('cases:refused.coordinators-only');
  expect(refusal(appealed, both, decide(true))).toBe('cases:refused.decide-self');
  expect(refusal(appealed, { ...both, id: 'other' }, decide(true))).toBe('cases:refused.decide-own');
  const window: Mover = { ...coordinator, belongsTo: ['hall', 'county', 'city'] };
  expect(refusal(appealed, window, decide(true))).toBe('cases:refused.decide-own');
  expect(after(appealed, [group, decide(true)])).toMatchObject({ stage: 'closed', ended: 'struck' });
  const refused = after(appealed, [coordinator, decide(false), { at: '2026-06-26T02:00:00Z' }]);
  expect(refused).toMatchObject({ stage: 'verifying', since: '2026-06-26', dueOn: '2026-06-29' });
  expect(refusal(refused, liaison, { kind: 'appeal', words: 'x' })).toBe('cases:refused.appealed');
});

test('what the rater does by receipt', () => {
  const asked = fresh({ stage: 'calling-back' });
  expect(ratedAgain(asked, 2, setting())).toMatchObject({
    stage: 'closed',
    ended: 'satisfied',
    againBy: 'rater',
    news: 'over',
  });
  expect(ratedAgain(asked, 1, setting())).toMatchObject({ stage: 'rectifying', rounds: 1, news: 'again' });
  expect(ratedAgain(fresh(), 3, setting())).toBeNull();
  // What somebody else wrote down is not the last word on the fix.
  const closed = fresh({ stage: 'closed', dueOn: null, ended: 'satisfied', again: 3, againBy: 'staff' });
  expect(ratedAgain(closed, 1, setting())).toMatchObject({
    stage: 'rectifying',
    ended: null,
    dueOn: '2026-07-13',
  });
  expect(ratedAgain({ ...closed, rounds: 1 }, 1, setting())).toMatchObject({
    stage: 'closed',
    ended: 'dissatisfied',
    again: 1,
  });
  for (const ended of ['struck', 'changed', 'withdrawn', 'replied'] as const)
    expect(ratedAgain({ ...closed, ended }, 1, setting())).toBeNull();
  // Of what nobody was told yet nobody is told that it is over.
  expect(calledOff(fresh(), 'withdrawn', setting())).toMatchObject({ ended: 'withdrawn', news: null });
  expect(calledOff(fresh({ news: null }), 'changed', setting())).toMatchObject({ news: 'over' });
  expect(calledOff(closed, 'changed', setting())).toBeNull();
  expect(openedAgain({ ...closed, ended: 'changed' }, setting())).toMatchObject({
    stage: 'verifying',
    news: 'opened',
  });
  expect(openedAgain(closed, setting())).toBeNull();
  const dueOn = '2026-06-22';
  expect(contactLeft({ ...asked, dueOn }, setting())).toMatchObject({ contact: true, dueOn: '2026-06-25' });
  expect(contactLeft(closed, setting())).toBeNull();
  expect(chatLeft({ ...asked, reply: '好' })).toMatchObject({ contact: false, chat: true, relay: true });
});

/** Everything that time brings, each step taken when it is due, nobody there where `absent` says so. */
function course(record: RatingCase, absent: string[] = []): string[] {
  const told: string[] = [];
  let now = record;
  for (;;) {
    const next = nextStep(now, times);
    if (next === null) return told;
    const { step, at } = next;
    const who = 'whom' in step ? ` ${step.whom}` : '';
    told.push(`${at} ${step.kind}${who}`);
    now = stepTaken(now, step, { ...setting(), at }, !('whom' in step && absent.includes(step.whom)));
  }
}

test('silence goes up level by level in working time, and rests on rest days and at night', () => {
  // Opened on Friday 2026-07-03; due on Monday, told of being late on Tuesday morning.
  const friday = opened(setting('2026-07-03'), true);
  expect(course(friday)).toEqual([
    '2026-07-03T00:00:00.000Z news',
    '2026-07-06T01:00:00.000Z remind owner',
    '2026-07-07T00:00:00.000Z chase head',
    '2026-07-08T00:00:00.000Z chase coordinator',
    '2026-07-09T00:00:00.000Z chase group',
  ]);
  // Where nobody is there the next level hears at once.
  expect(course({ ...friday, news: null }, ['head', 'coordinator'])).toEqual([
    '2026-07-06T01:00:00.000Z remind owner',
    '2026-07-07T00:00:00.000Z chase head',
    '2026-07-07T00:00:00.000Z chase coordinator',
    '2026-07-07T00:00:00.000Z chase group',
  ]);
  // Before National Day: due 2026-09-30, late from the first workday after, 2026-10-08.
  const september = opened(setting('2026-09-29'), true);
  expect(course({ ...september, news: null }).slice(1, 3)).toEqual([
    '2026-10-08T00:00:00.000Z chase head',
    '2026-10-09T00:00:00.000Z chase coordinator',
  ]);
  const appealed = fresh({ stage: 'appealed', dueOn: '2026-06-29', news: null });
  expect(course(appealed)).toEqual([
    '2026-06-29T01:00:00.000Z remind coordinator',
    '2026-06-30T00:00:00.000Z chase group',
  ]);
});

test('nobody is chased for a rater who says nothing: the case is closed when the days are over, and not as late', () => {
  const asked = fresh({ stage: 'calling-back', dueOn: '2026-06-25', news: null });
  const next = nextStep(asked, times);
  expect(next).toEqual({ at: '2026-06-25T16:00:00.000Z', step: { kind: 'silent' } });
  const over = { ...setting(), at: '2026-06-26T01:00:00Z' };
  expect(stepTaken(asked, { kind: 'silent' }, over, true)).toMatchObject({
    stage: 'closed',
    ended: 'silent',
    late: false,
  });
});

test('nothing in a record tells when on a day it was rated', () => {
  const morning = opened({ ...setting(), at: '2026-06-22T00:00:01Z' }, true);
  const evening = opened({ ...setting(), at: '2026-06-22T12:59:59Z' }, true);
  expect(evening).toEqual(morning);
  expect(wakeOf(evening, times)).toBe(wakeOf(morning, times));
});
