import type { Inspector, Member, RecusalReason } from './frame.ts';

/** A unit on the way from somebody's own to the top of the tree: their own first. */
export interface UnitAbove {
  code: string;
  kind: string;
}

/**
 * What somebody of a unit must not inspect: the unit, and what stands above it, for whoever inspects a hall of one's own
 * bureau inspects the bureau. The topmost area is left out, as everybody is in it; other areas are one's own area, which
 * some draws allow.
 */
export function ownRecusals(path: readonly UnitAbove[], ownArea: boolean): Inspector['avoids'] {
  const topArea = path.at(-1)?.kind === 'area' ? path.length - 1 : -1;
  return path.flatMap(({ code, kind }, index) => {
    if (index === topArea && index > 0) return [];
    const reason: RecusalReason = index === 0 || kind !== 'area' ? 'own-unit' : 'own-area';
    return reason === 'own-area' && !ownArea ? [] : [{ unit: code, reason }];
  });
}

/** Why this inspector does not inspect this member; null when nothing speaks against it. */
export function recusalOf({ avoids }: Pick<Inspector, 'avoids'>, { within }: Member): RecusalReason | null {
  return avoids.find(({ unit }) => within?.includes(unit))?.reason ?? null;
}

/** By unit, who avoids it: for many members at once. */
export function avoidersOf(inspectors: readonly Inspector[]): (member: Member) => Set<number> {
  const byUnit = new Map<string, number[]>();
  inspectors.forEach(({ avoids }, index) => {
    for (const { unit } of avoids) {
      const known = byUnit.get(unit);
      if (known === undefined) byUnit.set(unit, [index]);
      else known.push(index);
    }
  });
  return ({ within }) => new Set((within ?? []).flatMap((unit) => byUnit.get(unit) ?? []));
}
