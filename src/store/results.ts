import { z } from 'zod';
import type { Text } from '../flow/text.ts';
import {
  type MeasuredBy,
  type PlaceTally,
  type Results,
  resultsOf,
  type TalliesAbove,
  type TimeTally,
  weeksUpToDays,
} from '../satisfaction/results.ts';
import askedSql from './sql/results-asked.sql';
import ofCampaignSql from './sql/results-campaign.sql';
import cellsSql from './sql/results-cells.sql';
import ofUnitSql from './sql/results-unit.sql';
import unitsSql from './sql/results-units.sql';
import type { Run } from './writes.ts';

/** A unit with all under it, or a whole campaign. `zone`: the campaign's. */
export interface ResultsScope {
  campaignId: string;
  unitId: string | null;
  zone: string;
  /**
   * The highest page that the reader may see and that this unit stands on: of a unit, or null for the campaign's. Where it is
   * this very unit, the unit stands alone. The campaign's unless something else is said: a unit shown as if it stood alone tells
   * whoever sees more than it what the campaign's page hides.
   */
  highest?: string | null;
}

/** Citizens' ratings of a unit or campaign as they may be shown, and what its parts are called. */
export interface FoundResults extends Results {
  period: 'week' | 'month';
  names: ReadonlyMap<string, Text>;
}

interface Row extends Omit<PlaceTally, 'unitId'> {
  weekly: boolean;
  isTime: boolean;
  unitId: string | null;
  from: string | null;
}

/** Reads tallies by day, never ratings: what it costs grows with units and days. */
export async function findResults(run: Run, scope: ResultsScope): Promise<FoundResults> {
  const { campaignId, unitId, zone } = scope;
  const campaignTop = await topOf(run, campaignId);
  const above = await pagesAbove(run, scope, campaignTop);
  const rows = await rowsOf(run, scope, campaignTop, above[0]?.period);
  const units = await unitsUnder(run, campaignId, unitId ?? campaignTop, unitId === null);
  const [asked] = await run<Asked>(askedSql, [campaignId, unitId]);
  if (asked === undefined) throw new Error('counts without a row');
  const { bad, fair, good, ...response } = asked;
  const places = rows.filter(({ isTime }) => !isTime);
  const isRated = (id: string) => id !== campaignTop || places.some((one) => one.unitId === id);
  const results = resultsOf({
    places,
    times: rows.flatMap(({ isTime, struck, from, ...tally }) =>
      isTime && !struck && from !== null ? [{ ...tally, from }] : [],
    ),
    units: units.map(({ id }) => id).filter(isRated),
    sets: await measuredBy(run, campaignId, zone),
    asked: response,
    again: [bad, fair, good],
    above,
  });
  return { ...results, period: periodOf(rows), names: new Map(units.map(({ id, name }) => [id, name])) };
}

type Period = FoundResults['period'];

function periodOf(rows: readonly Row[]): Period {
  return rows[0]?.weekly === false ? 'month' : 'week';
}

/** @param period by which the trend goes on the highest page: another one below it would cut its weeks in two */
function rowsOf(
  run: Run,
  { campaignId, unitId }: Pick<ResultsScope, 'campaignId' | 'unitId'>,
  campaignTop: string | null,
  period?: Period,
): Promise<Row[]> {
  const days = period === 'month' ? -1 : weeksUpToDays;
  return unitId === null
    ? run<Row>(ofCampaignSql, [campaignId, days, campaignTop])
    : run<Row>(ofUnitSql, [campaignId, unitId, days]);
}

/** The parts of a page; of the campaign's also the unit that all others stand under. */
async function unitsUnder(
  run: Run,
  campaignId: string,
  above: string | null,
  isCampaign: boolean,
): Promise<{ id: string; name: Text }[]> {
  const units = await run<{ id: string; name: Text }>(unitsSql, [campaignId, above]);
  if (!isCampaign || above === null) return units;
  const top = await run<{ id: string; name: Text }>('SELECT id::text, name FROM unit WHERE id = $1::uuid', [
    above,
  ]);
  return [...top, ...units];
}

/** The pages from the highest to the one directly above a unit. The unit above all others has none: the campaign's lists its parts. */
async function pagesAbove(
  run: Run,
  { campaignId, unitId, highest = null }: ResultsScope,
  campaignTop: string | null,
): Promise<(TalliesAbove & { period: Period })[]> {
  if (unitId === null || highest === unitId) return [];
  const way = await run<{ id: string }>(wayUpIdsSql, [unitId]);
  const ids = way.map(({ id }) => id).reverse();
  const from = highest === null ? 0 : ids.indexOf(highest);
  const steps: (string | null)[] = [...(highest === null ? [null] : []), ...ids.slice(Math.max(0, from))];
  const isAllUnits = highest === null && unitId === campaignTop;
  const pages = isAllUnits ? steps : steps.filter((id) => highest !== null || id !== campaignTop);
  const above: (TalliesAbove & { period: Period })[] = [];
  for (const [at, id] of pages.slice(0, -1).entries()) {
    const page = { campaignId, unitId: id };
    const rows = await rowsOf(run, page, campaignTop, above[0]?.period);
    const period = above[0]?.period ?? periodOf(rows);
    const cells = [campaignId, id ?? campaignTop, id === null, period];
    above.push({
      ...{ period, isAllUnits, through: pages[at + 1] ?? unitId },
      places: rows.filter(({ isTime }) => !isTime),
      times: await run<TimeTally & { unitId: string | null }>(cellsSql, cells),
    });
  }
  return above;
}

const wayUpIdsSql = `WITH RECURSIVE way AS (
  SELECT id, parent_id, 0 AS step FROM unit WHERE id = $1::uuid
  UNION ALL
  SELECT p.id, p.parent_id, w.step + 1 FROM way w JOIN unit p ON p.id = w.parent_id
) SELECT id::text FROM way ORDER BY step`;

/** What all units of a campaign stand under, if that is one: there is nothing to compare it with. */
async function topOf(run: Run, campaignId: string): Promise<string | null> {
  const [top, another] = await run<{ id: string }>(
    'SELECT id::text FROM unit WHERE campaign_id = $1::uuid AND parent_id IS NULL LIMIT 2',
    [campaignId],
  );
  return another === undefined ? (top?.id ?? null) : null;
}

interface Asked {
  issued: number;
  used: number;
  opened: number;
  bad: number;
  fair: number;
  good: number;
}

const Definition = z.object({
  levels: z.array(z.object({ level: z.int(), score: z.number() })).length(5),
  aims: z.object({ satisfied: z.number().optional(), notNegative: z.number().optional() }),
});

async function measuredBy(run: Run, campaignId: string, zone: string): Promise<MeasuredBy[]> {
  const rows = await run<{ version: number; definition: unknown; publishedOn: string }>(
    `SELECT version, definition, to_char(published_at AT TIME ZONE $2, 'YYYY-MM-DD') AS "publishedOn"
     FROM indicator_set WHERE campaign_id = $1::uuid`,
    [campaignId, zone],
  );
  return rows.map(({ version, definition, publishedOn }) => {
    const { levels, aims } = Definition.parse(definition);
    const of = (level: number) => levels.find((one) => one.level === level)?.score ?? 0;
    return { version, publishedOn, aims, scores: [of(5), of(4), of(3), of(2), of(1)] };
  });
}
