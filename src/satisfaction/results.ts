import { type Breakdown, type CellCounts, type PageAbove, type ToldBeside, toldBeside } from './beside.ts';
import { type Figures, figuresOf, partFigures, responseOf, type Scores } from './figures.ts';
import { isShown, type Told } from './small-cells.ts';
import { type LevelCounts, type Share, summarise } from './summary.ts';

export const sources = ['scan', 'chat', 'interview'] as const;
/** scan: a code or link; chat: the keyword; interview: asked on the spot by an inspector (JX-3.2 item 7). */
export type Source = (typeof sources)[number];

/** How many ratings there are of one kind, hidden interviews left out. */
interface Tally {
  setVersion: number;
  source: Source;
  /** 1 (very dissatisfied) to 5. */
  level: number;
  n: number;
}

/** By place: under which part of the unit asked about; null for the unit itself, or for no unit. */
export interface PlaceTally extends Tally {
  unitId: string | null;
  /** With signs of tampering. */
  marked: boolean;
  /** Not counted, on appeal. */
  struck: boolean;
}

/** By time, those that are struck left out. `from`: first day of a week (Monday) or month, YYYY-MM-DD. */
export interface TimeTally extends Tally {
  from: string;
}

/** A page that the reader may see as well, and which what they ask about stands on. */
export interface TalliesAbove extends Pick<PageAbove, 'through' | 'isAllUnits'> {
  /** By its parts: null for what is of no unit of the campaign. */
  places: readonly PlaceTally[];
  times: readonly (TimeTally & { unitId: string | null })[];
}

/** What is aimed at, in percent. */
export interface Aims {
  satisfied?: number | undefined;
  notNegative?: number | undefined;
}

/** By what one version measures. */
export interface MeasuredBy {
  version: number;
  scores: Scores;
  aims: Aims;
  /** YYYY-MM-DD in the campaign's zone. */
  publishedOn: string;
}

export interface ResultsInput {
  places: readonly PlaceTally[];
  times: readonly TimeTally[];
  /** The parts of what was asked about, in the order of the register. */
  units: readonly string[];
  sets: readonly MeasuredBy[];
  /** Codes of single cases that were given out and used; openings of the page. */
  asked: { issued: number; used: number; opened: number };
  /** Second ratings of a fix on its three levels: not satisfied (1) first. */
  again: readonly [number, number, number];
  /** From the highest page that the reader may see to the one directly above; none where this is the highest. */
  above?: readonly TalliesAbove[];
}

/** Over so many days of ratings the trend goes by week, over more by month. */
export const weeksUpToDays = 92;

/** Results of one unit with all below it, or of a campaign. */
export interface Results {
  /** Each by itself and never added up, the newest first. */
  versions: VersionResults[];
  /** Null where it is not known: missing is not zero. */
  caseResponse: Response | null;
  pageResponse: Response | null;
  /** Second ratings in a call-back (回访), on three levels of their own. */
  again: Figures;
}

export interface Response {
  asked: number;
  rated: number;
  share: Share;
}

export interface VersionResults extends MeasuredBy {
  /** Of people's own accord: scanned or written. */
  own: GroupResults;
  /** Of those whom an inspector asked. */
  interview: GroupResults;
}

export interface GroupResults {
  /** With those that bear signs of tampering. */
  all: Figures;
  /** Those that do, and all the others; null when none does. */
  marks: { marked: Figures; others: Figures } | null;
  /** Found mistaken or malicious on appeal, in none of the figures: how many, null for one to four. */
  struck: number | null;
  /** Some of the following are left out, because the reader could subtract them from what they may see elsewhere. */
  narrowed: boolean;
  /** Where they came from. */
  sources: { source: Source; figures: Figures }[];
  /** Every period in which somebody rated, the first first. */
  trend: { from: string; figures: Figures }[];
  /** The parts and, as `null`, what is of no part; in the order of the register: nothing is ranked. */
  parts: { unitId: string | null; figures: Figures }[];
}

export function resultsOf(input: ResultsInput): Results {
  const { sets, asked, places, above = [] } = input;
  const standsAlone = above.length === 0;
  const versions = [...sets]
    .sort((one, other) => other.version - one.version)
    .map((set) => ({
      ...set,
      own: groupResults(input, set, ['scan', 'chat']),
      interview: groupResults(input, set, ['interview']),
    }));
  // Without those that are struck, as in all other figures: the difference would tell how many they are.
  const scanned = places
    .filter(({ source, struck }) => source === 'scan' && !struck)
    .reduce((sum, { n }) => sum + n, 0);
  // Where the codes' ratings are too few to be told apart from the others, so is what they answered to.
  const tellsScanned = isShown(scanned) && versions.every(({ own }) => tellsSources(own));
  const [bad, fair, good] = input.again;
  return {
    versions,
    // Of how many codes were used, and how often a fix was rated, no page tells what its parts come to.
    caseResponse: standsAlone && isShown(asked.used) ? response(asked.used, asked.issued) : null,
    pageResponse: standsAlone && tellsScanned ? response(scanned, asked.opened) : null,
    again: standsAlone ? figuresOf([bad, 0, fair, good, 0], null) : noFigures,
  };
}

function groupResults(input: ResultsInput, set: MeasuredBy, from: readonly Source[]): GroupResults {
  const ofSet = <T extends Tally>(tallies: readonly T[]) =>
    tallies.filter(({ setVersion, source }) => setVersion === set.version && from.includes(source));
  const places = ofSet(input.places);
  const counted = places.filter(({ struck }) => !struck);
  const beside = toldBeside((input.above ?? []).map((page) => pageOf(page, ofSet)));
  // A mean would tell more than the shares where those beside it tell theirs.
  const scores = beside === null || beside.score ? set.scores : null;
  const all = countsOf(counted);
  const figures = figuresOf(all, scores, beside?.told);
  const times = ofSet(input.times);
  const opens = (one: Breakdown) => beside === null || beside.open[one];
  const struck = places.reduce((sum, one) => sum + (one.struck ? one.n : 0), 0);
  return {
    all: figures,
    marks: opens('marks') ? marksIn(counted, scores) : null,
    struck: !opens('struck') ? 0 : isShown(struck) ? struck : null,
    narrowed: figures.kind !== 'none' && isNarrowed(beside),
    sources: !opens('sources')
      ? []
      : split(counted, 'source', from, scores).map(({ by, figures }) => ({ source: by, figures })),
    trend: !opens('trend')
      ? []
      : split(times, 'from', [...new Set(times.map((one) => one.from))].sort(), scores).map(
          ({ by, figures }) => ({ from: by, figures }),
        ),
    parts: partsOf(counted, input.units, scores, beside),
  };
}

function isNarrowed(beside: ToldBeside | null): boolean {
  return beside !== null && !(beside.score && Object.values(beside.open).every((open) => open));
}

/** One page above, by what is told one by one on it. */
function pageOf(
  { places, times, through, isAllUnits }: TalliesAbove,
  ofSet: <T extends Tally>(tallies: readonly T[]) => T[],
): PageAbove {
  const cells = <T extends Tally & { unitId: string | null }>(of: readonly T[], by: (one: T) => string) =>
    of.map((one): CellCounts => ({ part: one.unitId, cell: by(one), counts: countsOf([one]) }));
  const there = ofSet(places);
  const counted = there.filter(({ struck }) => !struck);
  const parts = [...new Set(counted.map(({ unitId }) => unitId))].map((part) => ({
    part,
    counts: countsOf(counted.filter(({ unitId }) => unitId === part)),
  }));
  return {
    ...{ parts, through, isAllUnits },
    cells: {
      trend: cells(ofSet(times), ({ from }) => from),
      sources: cells(counted, ({ source }) => source),
      marks: cells(counted, ({ marked }) => String(marked)),
      struck: cells(there, ({ struck }) => String(struck)).filter(({ cell }) => cell === 'true'),
    },
  };
}

/** Those with signs of tampering and the others; null where there are none. */
function marksIn(counted: readonly PlaceTally[], scores: Scores | null): GroupResults['marks'] {
  const marked = countsOf(counted.filter((one) => one.marked));
  if (summarise(marked).n === 0) return null;
  return marksOf(marked, countsOf(counted.filter((one) => !one.marked)), scores);
}

function marksOf(marked: LevelCounts, others: LevelCounts, scores: Scores | null): GroupResults['marks'] {
  const [some = noFigures, rest = noFigures] = partFigures([marked, others], scores);
  return { marked: some, others: rest };
}

const noFigures: Figures = { kind: 'none' };

function partsOf(
  counted: readonly PlaceTally[],
  units: readonly string[],
  scores: Scores | null,
  beside: ToldBeside | null,
): GroupResults['parts'] {
  if (units.length === 0) return [];
  const order = counted.some(({ unitId }) => unitId === null) ? [null, ...units] : units;
  return split(counted, 'unitId', order, scores, beside?.told).map(({ by, figures }) => ({
    unitId: by,
    figures,
  }));
}

function tellsSources({ sources: parts }: GroupResults): boolean {
  return parts.every(({ figures }) => figures.kind === 'told' || figures.kind === 'none');
}

/** Ratings parted by one of their traits, in a given order; what is of no value of it stands last and is not told. */
function split<T extends Tally, K extends keyof T>(
  tallies: readonly T[],
  trait: K,
  order: readonly T[K][],
  scores: Scores | null,
  within?: Told,
): { by: T[K]; figures: Figures }[] {
  const groups = new Map<T[K], T[]>(order.map((by) => [by, []]));
  const others: T[] = [];
  for (const one of tallies) (groups.get(one[trait]) ?? others).push(one);
  const counts = order.map((by) => countsOf(groups.get(by) ?? []));
  const left = countsOf(others);
  const figures = partFigures([...counts, left], scores, within);
  return order.map((by, index) => ({ by, figures: figures[index] ?? noFigures }));
}

function countsOf(tallies: readonly Pick<Tally, 'level' | 'n'>[]): LevelCounts {
  const counts: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  for (const { level, n } of tallies) counts[level - 1] = (counts[level - 1] ?? 0) + n;
  return counts;
}

function response(rated: number, asked: number): Response | null {
  const share = responseOf(rated, asked);
  return share === null ? null : { asked, rated, share };
}
