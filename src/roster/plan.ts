import { canonical } from '../campaign/canonical.ts';
import type { Campaign } from '../campaign/definition.ts';
import { sha256 } from '../campaign/draw/sha256.ts';
import type { Unit } from '../campaign/unit.ts';
import { type MattersPlan, planMatters } from './matters.ts';
import { type PeoplePlan, planPeople } from './people.ts';
import type { Answers, Findings, Question } from './question.ts';
import type { Entry } from './read-table.ts';
import type { Standing } from './standing.ts';
import type { RosterFault } from './table.ts';
import { referrer } from './unit-book.ts';
import { planUnits } from './units.ts';

/** What a roster would change. It can be done when there are neither faults nor questions. */
export interface RosterPlan {
  faults: RosterFault[];
  questions: Question[];
  notes: RosterFault[];
  /** The campaign as it would be. */
  campaign: Campaign;
  /** `same`: rows that say what is so already; `left`: units that no row is about, which stay as they are. */
  units: { added: Unit[]; changed: { before: Unit; after: Unit }[]; same: number; left: number };
  matters: Pick<MattersPlan, 'added' | 'changed' | 'same'>;
  people: PeoplePlan;
  isEmpty: boolean;
  /** The same for the same changes: what is confirmed is what was shown. */
  fingerprint: string;
}

/** Units a campaign can have (100,000 windows and their halls). */
const unitsMax = 200_000;

/** Compares a roster with what there is. Rows about the same thing as an earlier row count once. */
export function planRoster(standing: Standing, entries: readonly Entry[], answers: Answers): RosterPlan {
  const found: Findings = { faults: [], questions: new Map(), notes: [] };
  const { campaign } = standing;
  const { book, about } = planUnits(campaign.units, entries, answers, found);
  const refer = referrer(book, answers, found);
  const { activities, ...matters } = planMatters(campaign.activities, entries, refer, found);
  const people = planPeople(standing, entries, refer, answers, found);
  const after = book.all();
  if (after.length > unitsMax)
    found.faults.push({
      sheet: null,
      row: null,
      column: null,
      sentence: { key: 'roster:unit.too-many', params: { max: unitsMax } },
    });
  const units = compared(campaign.units, after, about);
  const changes = [
    units.added,
    units.changed.map(({ after: one }) => one),
    matters.added,
    matters.changed,
    people.steps,
  ];
  return {
    faults: inOrder(found.faults),
    questions: [...found.questions.values()],
    notes: inOrder(found.notes),
    campaign: { ...campaign, units: after, activities },
    units,
    matters,
    people,
    isEmpty: changes.every((list) => list.length === 0),
    fingerprint: sha256(canonical(changes)),
  };
}

function compared(
  before: readonly Unit[],
  after: readonly Unit[],
  about: ReadonlySet<string>,
): RosterPlan['units'] {
  const old = new Map(before.map((unit) => [unit.id, unit]));
  const added = after.filter(({ id }) => !old.has(id));
  const changed = after.flatMap((unit) => {
    const was = old.get(unit.id);
    return was === undefined || canonical(was) === canonical(unit) ? [] : [{ before: was, after: unit }];
  });
  const moved = new Set([...added, ...changed.map(({ after: one }) => one)].map(({ id }) => id));
  const same = [...about].filter((id) => !moved.has(id)).length;
  return { added, changed, same, left: before.filter(({ id }) => !about.has(id)).length };
}

/** By sheet, row and column. */
export function inOrder(faults: readonly RosterFault[]): RosterFault[] {
  const sheets = [...new Set(faults.map(({ sheet }) => sheet))];
  return [...faults].sort(
    (a, b) =>
      sheets.indexOf(a.sheet) - sheets.indexOf(b.sheet) ||
      (a.row ?? 0) - (b.row ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}
