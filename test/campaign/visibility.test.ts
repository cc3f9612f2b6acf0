import { expect, it } from 'vitest';
import type { Role } from '../../src/campaign/definition.ts';
import { mayKnowTask, sightOf } from '../../src/campaign/visibility.ts';

const hidden = { campaignId: 'c', hidden: true, coordinatorUnitId: 'office' };
const open = { ...hidden, hidden: false };
const who = (role: Role, unitId: string | null, campaignId: string | null = 'c', overheard = false) => ({
  roles: [{ role, unitId, campaignId }],
  overheard,
});

it.each([
  ['its coordinator', who('coordinator', 'office'), 'all', true],
  ['its coordinator, in front of others', who('coordinator', 'office', 'c', true), 'none', false],
  [
    'one who coordinates for the same unit in every campaign',
    who('coordinator', 'office', null),
    'all',
    true,
  ],
  ['the coordinator of another unit', who('coordinator', 'centre'), 'none', false],
  ['a coordinator of the whole campaign', who('coordinator', null), 'none', false],
  ['a coordinator of all campaigns', who('coordinator', null, null), 'none', false],
  ['the coordinator of another campaign', who('coordinator', 'office', 'd'), 'none', false],
  ['who carries it out', who('inspector', 'team'), 'none', true],
  ['the head of the unit that carries it out', who('leader', 'team'), 'none', true],
  ['who carries it out, in front of others', who('inspector', 'team', 'c', true), 'none', false],
  ['the liaison of the unit that carries it out', who('liaison', 'team'), 'none', false],
  ['an inspector of another unit', who('inspector', 'hall'), 'none', false],
  ['a citizen', { roles: [], overheard: false }, 'none', false],
] as const)('of a hidden activity %s learns: %s', (_, viewer, sight, mayKnow) => {
  expect(sightOf(hidden, viewer)).toBe(sight);
  expect(mayKnowTask(hidden, 'team', viewer)).toBe(mayKnow);
  // Open or released, secrecy keeps nothing back.
  expect([sightOf(open, viewer), mayKnowTask(open, 'team', viewer)]).toEqual(['all', true]);
});

it('nobody is the coordinator of an activity that has none', () => {
  const nobodys = { ...hidden, coordinatorUnitId: null };
  expect(sightOf(nobodys, who('coordinator', null))).toBe('none');
});
