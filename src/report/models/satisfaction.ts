import type { Text } from '../../flow/text.ts';
import type { Figures } from '../../satisfaction/figures.ts';
import type { Aims } from '../../satisfaction/results.ts';
import { type FoundResults, findResults, type ResultsScope } from '../../store/results.ts';
import type { Run } from '../../store/writes.ts';

/** What citizens say by the newest indicator set, as it may be shown (satisfaction/small-cells.ts). */
export interface Satisfaction {
  version: number;
  /** YYYY-MM-DD. */
  publishedOn: string;
  aims: Aims;
  /** Of their own accord. */
  own: Figures;
  /** Asked by inspectors. */
  interview: Figures;
  /** Of the whole campaign, and not of a unit. */
  isCampaign: boolean;
  /** The parts in the order of the register, by what people said of their own accord; `name` is null for what is of no unit, or of the unit itself. */
  rows: { id: string | null; name: Text | null; figures: Figures }[];
  /** Parts that are not shown. */
  left: number;
  period: 'week' | 'month';
  /** `from`: YYYY-MM-DD. */
  trend: { from: string; figures: Figures }[];
}

/** Parts in one picture. */
export const partsMax = 40;

/** @param compares with the parts beside one another @returns null while there is no indicator set */
export async function readSatisfaction(
  run: Run,
  scope: ResultsScope,
  compares: boolean,
): Promise<Satisfaction | null> {
  const found = await findResults(run, scope);
  return satisfactionOf(found, compares, scope.unitId === null);
}

function satisfactionOf(found: FoundResults, compares: boolean, isCampaign: boolean): Satisfaction | null {
  const [newest] = found.versions;
  if (newest === undefined) return null;
  const { version, publishedOn, aims, own, interview } = newest;
  const rows = own.parts.map(({ unitId, figures }) => ({
    id: unitId,
    name: unitId === null ? null : (found.names.get(unitId) ?? null),
    figures,
  }));
  const shown = compares ? rows : [];
  return {
    version,
    publishedOn,
    aims,
    own: own.all,
    interview: interview.all,
    isCampaign,
    rows: shown.slice(0, partsMax),
    left: Math.max(0, shown.length - partsMax),
    period: found.period,
    trend: own.trend,
  };
}
