import type { Activity } from '../campaign/activities/activity.ts';
import { type Matter, type MatterFlag, matterFlags } from '../campaign/activities/walkthrough.ts';
import { plain } from '../campaign/nearest.ts';
import type { Unit } from '../campaign/unit.ts';
import { inLanguage } from '../flow/text.ts';
import type { Findings } from './question.ts';
import { type Entry, entryFault, shown } from './read-table.ts';

export interface MattersPlan {
  /** All activities, those of walking through with their matters as they will be. */
  activities: Activity[];
  added: Matter[];
  changed: Matter[];
  same: number;
}

type Walkthrough = Extract<Activity, { mode: 'walkthrough' }>;

const flagWords: Record<MatterFlag, string[]> = {
  important: ['important', '重要', '重要事项', '重要的'],
  core: ['core', '核心', '核心职能', '涉及核心职能'],
  complained: ['complained', 'complaints', '群众反映强烈', '反映强烈', '投诉', '投诉集中'],
};
/** What a matter may be called, in characters. */
const nameMax = 100;
const mattersMax = 5000;

/** Puts the matters of a roster on the lists of their units (MDJ-1.3). Flags are added and never taken away. */
export function planMatters(
  activities: readonly Activity[],
  entries: readonly Entry[],
  refer: (entry: Entry, field: string) => Unit | null,
  found: Findings,
): MattersPlan {
  const lists = new Map(
    activities.flatMap((one) => (one.mode === 'walkthrough' ? [[one.id, [...one.matters]]] : [])),
  );
  const plan: MattersPlan = { activities: [], added: [], changed: [], same: 0 };
  const seen = new Map<string, Entry>();
  for (const entry of entries) {
    if (entry.kind !== 'matters' || entry.cells.name === undefined || entry.cells.unit === undefined)
      continue;
    const activity = activityOf(entry, activities, found);
    const unit = refer(entry, 'unit');
    const flags = flagsOf(entry, found);
    if (activity === null || unit === null || !isSound(entry, activity, unit, found)) continue;
    const list = lists.get(activity.id) ?? [];
    lists.set(activity.id, list);
    const name = entry.cells.name;
    const at = list.findIndex((one) => one.unit === unit.id && isNamed(one, name));
    const earlier = seen.get(`${activity.id} ${unit.id} ${plain(name)}`);
    seen.set(`${activity.id} ${unit.id} ${plain(name)}`, earlier ?? entry);
    if (earlier !== undefined)
      found.notes.push(entryFault(entry, 'name', 'roster:row.same', { row: earlier.row, name: shown(name) }));
    const known = list[at];
    if (known === undefined) {
      const made: Matter = { unit: unit.id, name, flags };
      list.push(made);
      plan.added.push(made);
      if (list.length > mattersMax) {
        found.faults.push(entryFault(entry, 'name', 'roster:matter.too-many', { max: mattersMax }));
        break;
      }
      continue;
    }
    const now = {
      ...known,
      flags: matterFlags.filter((flag) => known.flags.includes(flag) || flags.includes(flag)),
    };
    if (now.flags.length === known.flags.length) plan.same += earlier === undefined ? 1 : 0;
    else {
      list[at] = now;
      if (plan.added.includes(known)) plan.added[plan.added.indexOf(known)] = now;
      else plan.changed.push(now);
    }
  }
  plan.activities = activities.map((one) =>
    one.mode === 'walkthrough' ? { ...one, matters: lists.get(one.id) ?? [] } : one,
  );
  return plan;
}

function isNamed({ name }: Matter, words: string): boolean {
  return (['zh-CN', 'en'] as const).some((language) => plain(inLanguage(name, language)) === plain(words));
}

function activityOf(entry: Entry, activities: readonly Activity[], found: Findings): Walkthrough | null {
  const walks = activities.flatMap((one) => (one.mode === 'walkthrough' ? [one] : []));
  const words = entry.cells.activity;
  const called = walks.filter(
    ({ id, title }) =>
      words === undefined ||
      [id, inLanguage(title, 'zh-CN'), inLanguage(title, 'en')].some((one) => plain(one) === plain(words)),
  );
  const [first, second] = called;
  const titles = { list: walks.map(({ title }) => title) };
  if (walks.length === 0) found.faults.push(entryFault(entry, 'name', 'roster:matter.no-walkthrough'));
  else if (first === undefined)
    found.faults.push(
      entryFault(entry, 'activity', 'roster:matter.unknown-activity', { name: shown(words ?? ''), titles }),
    );
  else if (second !== undefined)
    found.faults.push(entryFault(entry, 'activity', 'roster:matter.which-activity', { titles }));
  return second === undefined ? (first ?? null) : null;
}

function isSound(entry: Entry, { participants, title }: Walkthrough, unit: Unit, found: Findings): boolean {
  const { length } = entry.cells.name ?? '';
  if (length > nameMax) found.faults.push(entryFault(entry, 'name', 'roster:cell.long', { max: nameMax }));
  const takesPart = participants.includes(unit.id);
  if (!takesPart)
    found.faults.push(
      entryFault(entry, 'unit', 'roster:matter.no-part', { unit: unit.name, activity: title }),
    );
  return takesPart && length <= nameMax;
}

function flagsOf(entry: Entry, found: Findings): MatterFlag[] {
  const words = (entry.cells.flags ?? '').split(/[;；、,，|/\s]+/u).filter((one) => one !== '');
  return words.flatMap((word) => {
    const flag = matterFlags.find((one) => flagWords[one].includes(plain(word)));
    if (flag === undefined)
      found.faults.push(entryFault(entry, 'flags', 'roster:matter.bad-flag', { name: shown(word) }));
    return flag ?? [];
  });
}
