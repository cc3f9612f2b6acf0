import { makeCalendar } from '../../../src/campaign/calendar.ts';
import type { Setting } from '../../../src/campaign/rectification/moved.ts';
import type { Mover } from '../../../src/campaign/rectification/mover.ts';
import type { Rectification } from '../../../src/campaign/rectification/record.ts';
import { type LedgerMove, moveRectification } from '../../../src/campaign/rectification.ts';

export const calendar = makeCalendar();
export const zone = 'Asia/Shanghai';
export const quiet = { from: '21:00', to: '08:00' };

/** 2026-06-22 is a Monday; 2026-06-19 … 21 are days off. */
export const monday = '2026-06-22T02:00:00.000Z';

export function setting(at = monday): Setting {
  return { at, number: 12, calendar, zone, quiet };
}

function person(id: string, part: Partial<Mover>): Mover {
  return { id, coordinates: false, leads: false, answersFor: [], belongsTo: [], ...part };
}

/** Who there is: three coordinators, of whom one belongs to the unit that fixes and one to an office below it. */
export const people = {
  orderer: person('orderer', { coordinates: true, belongsTo: ['centre', 'city'] }),
  other: person('other', { coordinates: true, belongsTo: ['centre', 'city'] }),
  kin: person('kin', { coordinates: true, belongsTo: ['haiyan', 'city'] }),
  below: person('below', { coordinates: true, belongsTo: ['haiyan-hall', 'haiyan', 'city'] }),
  liaison: person('liaison', { answersFor: ['haiyan'], belongsTo: ['haiyan', 'city'] }),
  head: person('head', { answersFor: ['haiyan'], belongsTo: ['haiyan', 'city'] }),
  stranger: person('stranger', { answersFor: ['tongxiang'], belongsTo: ['tongxiang', 'city'] }),
  group: person('group', { leads: true, belongsTo: ['group'] }),
  citizen: person('citizen', {}),
} as const;
export type Who = keyof typeof people;

export const measure = { owner: '窗口负责人', measure: '增配2名人员', steps: null };

/** Moves with what they carry, by short names. */
export const moves = {
  order: {
    kind: 'order',
    unit: 'haiyan',
    task: { kind: 'dated', dueOn: '2026-07-10' },
    requirement: null,
    foundBy: 'inspector',
    receivedAt: monday,
  },
  accept: { kind: 'accept' },
  dispute: { kind: 'dispute', reason: '不归我们管' },
  uphold: { kind: 'uphold', unit: null },
  moveOver: { kind: 'uphold', unit: 'tongxiang' },
  dismiss: { kind: 'dismiss', reason: '归你们管' },
  plan: { kind: 'plan', ...measure, steps: '下周到位' },
  reply: { kind: 'reply', ...measure },
  return: { kind: 'return', question: 'measure', reason: '不具体' },
  returnAll: { kind: 'return', question: 'measure', reason: '不具体', verified: true },
  ask: { kind: 'ask-extension', until: '2026-07-20', reason: '设备未到货' },
  grant: { kind: 'grant' },
  refuse: { kind: 'refuse', reason: '可以立行立改' },
  verify: { kind: 'verify' },
  close: { kind: 'close' },
  reopen: { kind: 'reopen', dueOn: '2026-07-30', reason: '又无人值守' },
  changeDay: { kind: 'change-day', dueOn: '2026-07-17', reason: '日期写错' },
  acknowledge: { kind: 'acknowledge' },
  pass: { kind: 'pass-on' },
} satisfies Record<string, LedgerMove>;
export type MoveName = keyof typeof moves;

/** A history, `who move` by `who move`, each of which must be allowed. @throws Error with the refusal of one that is not */
export function having(...steps: `${Who} ${MoveName}`[]): Rectification {
  let record: Rectification | null = null;
  for (const step of steps) {
    const moved = play(record, step);
    if (moved.kind === 'refused') throw new Error(`${step}: ${moved.sentence.key}`);
    record = moved.to;
  }
  if (record === null) throw new Error('nothing was done');
  return record;
}

export function play(record: Rectification | null, step: `${Who} ${MoveName}`, at?: string) {
  const [who, move] = step.split(' ') as [Who, MoveName];
  return moveRectification(record, moves[move], people[who], setting(at));
}
