import type { Rectification } from './record.ts';

/** Who makes a move, as the rules need to know them. Units by id. */
export interface Mover {
  /** The person. */
  id: string;
  /** Coordinates the campaign. */
  coordinates: boolean;
  /** Is of the leading group (领导小组). */
  leads: boolean;
  /** Units that they are liaison or head of. */
  answersFor: readonly string[];
  /** Units that they belong to in any role, and all that lie above those. */
  belongsTo: readonly string[];
}

/** Whether somebody speaks for the unit that fixes. */
export function answersFor({ unit }: Pick<Rectification, 'unit'>, who: Mover): boolean {
  return who.answersFor.includes(unit);
}

/**
 * Whether somebody is on the side of those who fix: of the fixing unit or one below it, in whatever other role, or one who
 * worked on it. They never judge it (谁整改的不能销号, DOMAIN 2.6).
 */
export function isFixer({ unit, fixers }: Pick<Rectification, 'unit' | 'fixers'>, who: Mover): boolean {
  return who.belongsTo.includes(unit) || who.answersFor.includes(unit) || fixers.includes(who.id);
}
