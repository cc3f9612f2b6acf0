import type { ScopeChange } from '../campaign/scope.ts';
import type { Line, Param } from '../flow/say.ts';
import type { BesideFile } from '../roster/beside-file.ts';
import type { PartHeld } from '../store/campaign-people.ts';

/** How many are named in one line. */
const namesMax = 20;

/** What a load did to what stood before, by name, for whoever is at the terminal. */
export interface LoadTold {
  changes: readonly ScopeChange[];
  beside: BesideFile | null;
  /** Parts that people had before, and have now. */
  parts: { before: readonly PartHeld[]; after: readonly PartHeld[] };
}

/**
 * The changes of the scope; the people who lost a part with them; and what came by roster and stays.
 */
export function loadTold({ changes, beside, parts }: LoadTold): Line[] {
  return [
    ...(changes.length === 0 ? [] : [{ key: 'roster:load.changes' } as const]),
    ...changes.map(({ sentence }: ScopeChange): Line => sentence),
    ...counted('roster:load.people', lost(parts)),
    ...counted('roster:load.kept', beside?.kept.map(({ name }) => name) ?? []),
    ...counted('roster:load.alone', beside?.alone.map(({ name }) => name) ?? []),
  ];
}

function lost({ before, after }: LoadTold['parts']): Param[] {
  const key = ({ contactId, role, unitId }: PartHeld) => [contactId, role, unitId].join(' ');
  const held = new Set(after.map(key));
  return before
    .filter((one) => !held.has(key(one)))
    .flatMap(({ title, role, unit }): Param[] => {
      if (role === 'citizen') return [];
      const word: Param = { key: `commands:role.${role}` };
      const part: Param =
        unit === null ? word : { key: 'roster:preview.person.role', params: { unit, role: word } };
      if (title === null) return [part];
      return [{ key: 'roster:preview.person', params: { title, roles: { list: [part] } } }];
    });
}

function counted(key: `roster:load.${'people' | 'kept' | 'alone'}`, names: readonly Param[]): Line[] {
  if (names.length === 0) return [];
  const list = names.length > namesMax ? [...names.slice(0, namesMax), '…'] : [...names];
  return [{ key, params: { count: names.length, names: { list } } }];
}
