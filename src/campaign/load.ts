import { isDate } from './day.ts';
import { type Campaign, CampaignFile } from './definition.ts';
import { dateProblems } from './loading/dates.ts';
import { Draft } from './loading/draft.ts';
import { flowProblems } from './loading/flows.ts';
import { nameProblems } from './loading/names.ts';
import { type Problem, pathText, problem, sentenceOf } from './loading/problem.ts';
import { shapeProblems } from './loading/shape.ts';
import { type Place, readSource, type Source } from './loading/source.ts';
import { unitProblems } from './loading/units.ts';
import { warningsOf } from './loading/warnings.ts';
import { resolve } from './resolve.ts';

/** Something wrong or doubtful in a campaign file. `path` is like `activities[0].pairs[2].inspected`; lines count from 1. */
export interface Fault {
  path: string;
  line: number;
  column: number;
  sentence: Problem['sentence'];
}

/** Either the campaign, with what its coordinator should look at, or everything that is wrong, in the order of lines. */
export type ReadCampaign =
  | { campaign: Campaign; warnings: Fault[]; faults?: never }
  | { campaign?: never; warnings?: never; faults: Fault[] };

const bytesMax = 1_000_000;
const faultsMax = 200;

/**
 * Reads a campaign file (YAML) that is to start on `start`, a day YYYY-MM-DD in the campaign's zone. All faults are told
 * at once, with path and line; the start is never guessed, so leaving it out is a fault too.
 */
export function readCampaignFile(text: string, { start }: { start?: string | undefined }): ReadCampaign {
  if (text.length > bytesMax || new TextEncoder().encode(text).length > bytesMax)
    return { faults: [fault(problem([], 'fault.too-big', { kb: bytesMax / 1000 }), { line: 1, column: 1 })] };
  const source = readSource(text);
  const ofStart = problemsOfStart(start);
  const { file, problems: ofShape } = source.data ? shapeOf(source.data.raw) : { problems: [] };
  // Of parts that are too many only that is told: looking each of them up could take for ever.
  const isBounded = !ofShape.some(({ sentence }) => sentence.key === 'campaign:fault.too-many');
  const ofParts =
    source.data && isBounded ? partProblems(source.data.raw, ofStart.length === 0 ? start : undefined) : [];
  const problems = [...ofStart, ...source.problems, ...ofShape, ...ofParts];
  if (problems.length > 0 || !file || start === undefined) return { faults: inOrder(source, problems) };
  const campaign = resolve(file, start);
  return { campaign, warnings: inOrder(source, warningsOf(campaign)) };
}

function problemsOfStart(start: string | undefined): Problem[] {
  if (start === undefined) return [problem([], 'fault.no-start')];
  return isDate(start) ? [] : [problem([], 'fault.bad-start', { value: start.slice(0, 40) })];
}

function shapeOf(raw: unknown): { problems: Problem[]; file?: CampaignFile } {
  if (!isMap(raw)) return { problems: [problem([], 'fault.not-a-campaign')] };
  const read = CampaignFile.safeParse(raw);
  if (read.success) return { problems: [], file: read.data };
  return { problems: shapeProblems(read.error.issues, raw) };
}

/** What is wrong between the parts of a file. */
function partProblems(raw: unknown, start: string | undefined): Problem[] {
  if (!isMap(raw)) return [];
  const draft = Draft.parse(raw);
  return [
    ...nameProblems(draft),
    ...unitProblems(draft),
    ...flowProblems(draft),
    ...dateProblems(draft, start),
  ];
}

function isMap(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

function inOrder(source: Source, problems: readonly (Problem & { offset?: number })[]): Fault[] {
  const all = problems
    .map((found) => ({
      found,
      place:
        found.offset === undefined ? source.placeOf(found.path, found.atKey) : source.placeAt(found.offset),
    }))
    .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  const told = all.slice(0, faultsMax).map(({ found, place }) => fault(found, place));
  const next = all[faultsMax];
  return next
    ? [...told, fault(problem([], 'fault.more', { count: all.length - faultsMax }), next.place)]
    : told;
}

function fault(found: Problem, place: Place): Fault {
  return { path: pathText(found.path), ...place, sentence: sentenceOf(found) };
}
