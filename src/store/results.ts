import { z } from 'zod';
import type { Text } from '../flow/text.ts';
import {
  type MeasuredBy,
  type PlaceTally,
  type Results,
  resultsOf,
  weeksUpToDays,
} from '../satisfaction/results.ts';
import askedSql from './sql/results-asked.sql';
import ofCampaignSql from './sql/results-campaign.sql';
import ofUnitSql from './sql/results-unit.sql';
import unitsSql from './sql/results-units.sql';
import type { Run } from './writes.ts';

/** A unit with all under it, or a whole campaign. `zone`: the campaign's. */
export interface ResultsScope {
  campaignId: string;
  unitId: string | null;
  zone: string;
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
  const top = unitId ?? (await topOf(run, campaignId));
  const rows =
    unitId === null
      ? await run<Row>(ofCampaignSql, [campaignId, weeksUpToDays, top])
      : await run<Row>(ofUnitSql, [campaignId, unitId, weeksUpToDays]);
  const units = await run<{ id: string; name: Text }>(unitsSql, [campaignId, top]);
  const [asked] = await run<Asked>(askedSql, [campaignId, unitId]);
  if (asked === undefined) throw new Error('counts without a row');
  const { bad, fair, good, ...response } = asked;
  const period = rows[0]?.weekly === false ? 'month' : 'week';
  const results = resultsOf({
    places: rows.filter(({ isTime }) => !isTime),
    times: rows.flatMap(({ isTime, struck, from, ...tally }) =>
      isTime && !struck && from !== null ? [{ ...tally, from }] : [],
    ),
    units: units.map(({ id }) => id),
    sets: await measuredBy(run, campaignId, zone),
    asked: response,
    again: [bad, fair, good],
  });
  return { ...results, period, names: new Map(units.map(({ id, name }) => [id, name])) };
}

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
