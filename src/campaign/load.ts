import { isDate } from './day.ts';
import { type Campaign, CampaignFile } from './definition.ts';
import { dateOf } from './instant.ts';
import { nothingBeside, type OpenBeside } from './loading/beside.ts';
import { dateProblems } from './loading/dates.ts';
import { Draft } from './loading/draft.ts';
import { flowProblems } from './loading/flows.ts';
import { type Gathered, gather, isTooBig, type Placed } from './loading/gather.ts';
import type { Merged } from './loading/merge.ts';
import { nameProblems } from './loading/names.ts';
import { fileProblem, type Problem, problem, sentenceOf } from './loading/problem.ts';
import { shapeProblems } from './loading/shape.ts';
import type { Place } from './loading/source.ts';
import { unitProblems } from './loading/units.ts';
import { warningsOf } from './loading/warnings.ts';
import { overlapWarnings } from './overlap.ts';
import { resolve } from './resolve.ts';

/**
 * Something wrong or doubtful in a campaign file. `path` is like `activities[0].pairs[2].inspected`; lines count from 1.
 * `file` is there when it stands in another file than the campaign's: one that it extends, or a register, where `line` is
 * the row and `path` the heading of the column.
 */
export interface Fault {
  file?: string;
  path: string;
  line: number;
  column: number;
  sentence: Problem['sentence'];
}

/** Either the campaign, with what its coordinator should look at, or everything that is wrong, in the order of lines. */
export type ReadCampaign =
  | { campaign: Campaign; warnings: Fault[]; faults?: never }
  | { campaign?: never; warnings?: never; faults: Fault[] };

export interface ReadOptions {
  /** The day on which it is to start, YYYY-MM-DD in the campaign's zone. */
  start?: string | undefined;
  /** Gets at the files that it names; without, there are none. */
  open?: OpenBeside;
  /** ISO instant; without, nothing is said of days that are over. */
  now?: string;
}

const bytesMax = 1_000_000;
const faultsMax = 200;

/**
 * Reads a campaign file (YAML), what it extends and its registers. All faults are told at once, with file, path and line;
 * the start is never guessed, so leaving it out is a fault too.
 */
export function readCampaignFile(
  text: string,
  { start, open = nothingBeside, now }: ReadOptions,
): ReadCampaign {
  if (isTooBig(text))
    return {
      faults: [faultAt(problem([], 'fault.too-big', { kb: bytesMax / 1000 }), { line: 1, column: 1 }, '')],
    };
  const gathered = gather(text, open);
  const { merged } = gathered;
  if (merged && 'library' in merged.raw) return { faults: inOrder(gathered, [aloneProblem(merged.raw)]) };
  const ofStart = problemsOfStart(start);
  const { file, problems: ofShape } = merged ? shapeOf(merged.raw) : { problems: noCampaign(gathered) };
  // Of parts that are too many only that is told: looking each of them up could take for ever.
  const isBounded = !ofShape.some(({ sentence }) => sentence.key === 'campaign:fault.too-many');
  const ofParts =
    merged && isBounded ? partProblems(merged.raw, ofStart.length === 0 ? start : undefined) : [];
  const problems = [...ofStart, ...ofShape, ...ofParts];
  if (problems.length + gathered.problems.length > 0 || !file || start === undefined)
    return { faults: inOrder(gathered, problems) };
  const campaign = resolve(file, start);
  const today = now === undefined ? '' : dateOf(now, campaign.zone);
  const warnings = [...pastWarnings(campaign, today), ...warningsOf(campaign), ...overlapWarnings(campaign)];
  return {
    campaign: withoutUnused(campaign, merged),
    warnings: inOrder(
      gathered,
      warnings.filter((one) => !isOfLibrary(one, merged)),
    ),
  };
}

/** Days that are over; tasks that are due before today would be overdue the moment they are given out. */
function pastWarnings({ start, activities }: Campaign, today: string): Problem[] {
  const params = { start: { date: start }, today: { date: today } };
  return [
    ...(start < today ? [fileProblem([], 'warning.start-past', params)] : []),
    ...activities.flatMap(({ dueOn }, index) =>
      dueOn >= today
        ? []
        : [
            fileProblem(['activities', index, 'deadline'], 'warning.deadline-past', {
              date: { date: dueOn },
              today: { date: today },
            }),
          ],
    ),
  ];
}

/** What is not even a map has no parts to look at; a text with faults of its writing is told those. */
function noCampaign({ problems }: Gathered): Problem[] {
  return problems.length > 0 ? [] : [problem([], 'fault.not-a-campaign')];
}

function aloneProblem({ library }: Record<string, unknown>): Problem {
  return fileProblem(['library'], 'library.alone', {
    name: typeof library === 'string' ? library : 'library',
  });
}

/** A library is there to be chosen from: what a campaign leaves unused is no part of it, and no reason to warn. */
function withoutUnused(campaign: Campaign, merged: Merged | null): Campaign {
  const named = new Set(wordsIn([campaign.activities, campaign.survey]));
  const flows = campaign.flows.filter(
    ({ id }, index) => named.has(id) || merged?.isExtended('flows', index) !== true,
  );
  return flows.length === campaign.flows.length ? campaign : { ...campaign, flows };
}

function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : [];
}

function isOfLibrary({ path: [list, index], sentence }: Problem, merged: Merged | null): boolean {
  if (typeof list !== 'string' || typeof index !== 'number') return false;
  return sentence.key === 'campaign:warning.flow-unused' && merged?.isExtended(list, index) === true;
}

function problemsOfStart(start: string | undefined): Problem[] {
  if (start === undefined) return [problem([], 'fault.no-start')];
  return isDate(start) ? [] : [problem([], 'fault.bad-start', { value: start.slice(0, 40) })];
}

function shapeOf(raw: Record<string, unknown>): { problems: Problem[]; file?: CampaignFile } {
  const read = CampaignFile.safeParse(raw);
  if (read.success) return { problems: [], file: read.data };
  return { problems: shapeProblems(read.error.issues, raw) };
}

/** What is wrong between the parts of a file. */
function partProblems(raw: Record<string, unknown>, start: string | undefined): Problem[] {
  const draft = Draft.parse(raw);
  return [
    ...nameProblems(draft),
    ...unitProblems(draft),
    ...flowProblems(draft),
    ...dateProblems(draft, start),
  ];
}

/** By file, the campaign's own first, and by place in it. */
function inOrder({ merged, problems, root }: Gathered, found: readonly Problem[]): Fault[] {
  const placed: Placed[] = [
    ...problems,
    ...found.map((one) => {
      const { located, path } = merged?.originOf(one.path) ?? { located: root, path: one.path };
      return { located, problem: { ...one, path } };
    }),
  ];
  const all = placed
    .map((one) => ({ one, place: placeOf(one) }))
    .sort(
      (a, b) =>
        (a.one.located.file ?? '').localeCompare(b.one.located.file ?? '') ||
        a.place.line - b.place.line ||
        a.place.column - b.place.column,
    );
  const told = all.slice(0, faultsMax).map(({ one, place }) => faultOf(one, place));
  const next = all[faultsMax];
  return next
    ? [...told, faultAt(problem([], 'fault.more', { count: all.length - faultsMax }), next.place, '')]
    : told;
}

function placeOf({ located, problem: { path, atKey, offset }, source }: Placed): Place {
  return offset !== undefined && source ? source.placeAt(offset) : located.placeOf(path, atKey);
}

function faultOf({ located, problem: found }: Placed, place: Place): Fault {
  const fault = faultAt(found, place, located.pathOf(found.path));
  return located.file === undefined ? fault : { file: located.file, ...fault };
}

function faultAt(found: Problem, place: Place, path: string): Fault {
  return { path, ...place, sentence: sentenceOf(found) };
}
