import { checkDelegable, isWalked, type MatterFlag } from '../campaign/activities/walkthrough.ts';
import type { Line, Param } from '../flow/say.ts';
import type { ListedMatter } from '../store/matters.ts';
import { deputyName, type OwnMatters } from './own-matters.ts';

/** Matters on one page. */
const pageMax = 30;

/** A unit's list, a page of it: each matter with its flags, who is entrusted, and whether it has been walked through. */
export function listLines({ task, matters, isHead }: OwnMatters, page: number): Line[] {
  if (matters.length === 0) return [{ key: 'modes:matters.none' }];
  const pages = Math.ceil(matters.length / pageMax);
  const shown = Math.min(Math.max(page, 1), pages);
  const done = matters.filter(isWalked).length;
  return [
    { key: 'modes:matters.title', params: { unit: task.assigneeName, count: matters.length, done } },
    ...matters.slice((shown - 1) * pageMax, shown * pageMax).map(matterLine),
    ...(shown < pages ? [{ key: 'modes:matters.more', params: { next: shown + 1, pages } } as const] : []),
    ...(isHead ? howLines : [{ key: 'modes:matters.how.deputy' } as const]),
  ];
}

/** What can be said about the list. */
export const howLines: Line[] = [
  { key: 'modes:matters.how.walk' },
  { key: 'modes:matters.how.list' },
  { key: 'modes:matters.how.flag' },
];

/** One matter, with its number. */
export function matterLine(matter: ListedMatter): Line {
  const { number, name, flags } = matter;
  const marks: Param =
    flags.length === 0 ? '' : { key: 'modes:matters.flags', params: { flags: flagNames(flags) } };
  return { key: 'modes:matters.one', params: { number, name, flags: marks, state: stateOf(matter) } };
}

export function flagNames(flags: readonly MatterFlag[]): Param {
  return { list: flags.map((flag): Param => ({ key: `modes:flag.${flag}` })) };
}

function stateOf(matter: ListedMatter): Param {
  const { byHead, byDeputy, delegation } = matter;
  if (byHead > 0) return { key: 'modes:matters.state.done' };
  const isDelegable = checkDelegable(matter) === null;
  if (byDeputy > 0)
    return { key: isDelegable ? 'modes:matters.state.by-deputy' : 'modes:matters.state.not-counted' };
  if (delegation === null || !isDelegable) return { key: 'modes:matters.state.open' };
  const params = { deputy: deputyName(delegation) };
  return {
    key: delegation.to === null ? 'modes:matters.state.offered' : 'modes:matters.state.entrusted',
    params,
  };
}
