import { describe, expect, test } from 'vitest';
import {
  checkDelegation,
  checkWalk,
  type Delegation,
  headsOf,
  type MatterFlag,
} from '../../../src/campaign/activities/walkthrough.ts';

const matter = (...flags: MatterFlag[]) => ({ name: '公租房申请', flags });
const key = (refusal: { key: string } | null) => refusal?.key ?? null;

describe('what the head does in person is entrusted to nobody (MDJ-1.2)', () => {
  test.each<[MatterFlag[], string | null]>([
    [[], null],
    [['important'], 'campaign:delegation.important'],
    [['core'], 'campaign:delegation.core'],
    [['complained'], 'campaign:delegation.complained'],
    [['complained', 'core'], 'campaign:delegation.core'],
  ])('%j', (flags, why) => {
    const refused = checkDelegation(matter(...flags), { from: 'head', to: 'deputy' }, []);
    expect(refused?.params.why ?? null).toEqual(why === null ? null : { key: why });
    // Nor recorded by anybody else, however it came into their hands.
    const deputy = checkWalk(matter(...flags), { isHead: false, isEntrusted: true });
    expect(key(deputy)).toBe(why === null ? null : 'campaign:walk.in-person');
    expect(checkWalk(matter(...flags), { isHead: true, isEntrusted: false })).toBeNull();
  });

  test('a deputy records what was entrusted, and nothing else', () => {
    expect(key(checkWalk(matter(), { isHead: false, isEntrusted: false }))).toBe(
      'campaign:walk.not-entrusted',
    );
  });
});

describe('never to oneself, never in a circle', () => {
  const chain: Delegation[] = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'b', to: 'd' },
  ];
  test.each<[string, string, string | null]>([
    ['a', 'a', 'campaign:delegation.self'],
    ['b', 'a', 'campaign:delegation.circle'],
    // Through the first of two, not only through the last.
    ['c', 'a', 'campaign:delegation.circle'],
    ['d', 'a', 'campaign:delegation.circle'],
    ['a', 'd', null],
    ['c', 'd', null],
    ['e', 'a', null],
  ])('%s to %s: %s', (from, to, refused) => {
    expect(key(checkDelegation(matter(), { from, to }, chain))).toBe(refused);
  });

  test('a circle that stands already is no trap', () => {
    const circle = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ];
    expect(checkDelegation(matter(), { from: 'c', to: 'a' }, circle)).toBeNull();
  });
});

test('the head is the leader; without one, whom the coordinator sent and nobody’s deputy (MDJ-1.1)', () => {
  const person = (id: string, leads: boolean, joinedAsDeputy: boolean) => ({ id, leads, joinedAsDeputy });
  const ids = (people: { id: string }[]) => people.map(({ id }) => id);
  const [leader, sent, deputy] = [
    person('leader', true, false),
    person('sent', false, false),
    person('deputy', false, true),
  ];
  expect(ids(headsOf([leader, sent, deputy]))).toEqual(['leader']);
  expect(ids(headsOf([sent, deputy]))).toEqual(['sent']);
  expect(ids(headsOf([deputy]))).toEqual([]);
  // A deputy whom the coordinator makes the leader is the head.
  expect(ids(headsOf([person('risen', true, true), sent]))).toEqual(['risen']);
});
