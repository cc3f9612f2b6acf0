import path from 'node:path';
import { Campaign } from '../campaign/definition.ts';
import { type Fault, readCampaignFile } from '../campaign/load.ts';
import type { OpenBeside } from '../campaign/loading/beside.ts';
import { type Path, pathText } from '../campaign/loading/problem.ts';
import { readSource } from '../campaign/loading/source.ts';
import { type ScopeChange, scopeChanges } from '../campaign/scope.ts';
import { filesIn, shippedMark } from '../campaign-files.ts';
import type { Clock } from '../clock.ts';
import type { Line, Params, SentenceKey } from '../flow/say.ts';
import { type BesideFile, besideFile, filedOf } from '../roster/beside-file.ts';
import { type AuditEvent, appendAudit } from '../store/audit.ts';
import { partsHeld } from '../store/campaign-people.ts';
import { claimCampaign, keepFiled, storeDraft } from '../store/campaigns.ts';
import { type Database, inTransaction } from '../store/database.ts';
import { publishIndicatorSet } from '../store/indicator-sets.ts';
import { overlapsElsewhere } from '../store/overlaps.ts';
import type { Run } from '../store/writes.ts';
import { loadTold } from './load-told.ts';
import { overlapLines } from './overlap-lines.ts';
import { replacePersonas } from './people.ts';
import { type Rescoped, rescope } from './rescope.ts';

export interface LoadOptions {
  /** The day the campaign starts, YYYY-MM-DD in its zone; leaving it out is a fault, it is never guessed. */
  start?: string | undefined;
  /** What the file is called, for people who read its faults. */
  path: string;
  /** Why the scope of a published campaign is widened. */
  reason?: string | undefined;
  /** Gets at the files that it names; those beside `path` by default. */
  open?: OpenBeside;
  clock: Clock;
  /** Makes the console page's rooms and somebody to be in them. */
  console?: boolean;
}

/** Something wrong or doubtful in a file; `path` is empty for the file as a whole, lines and columns count from 1. */
export type LoadFault = Omit<Fault, 'sentence' | 'file'> & {
  file: string;
  sentence: { key: SentenceKey; params: Params };
};

/** `version`: of a published campaign, what the load changed. */
export type Loaded =
  | {
      campaignId: string;
      code: string;
      warnings: LoadFault[];
      /** What the load took away, changed or left alone, by name. */
      told: Line[];
      version?: Extract<Rescoped, { kind: 'applied' | 'unchanged' }>;
      faults?: never;
    }
  | { campaignId?: never; faults: LoadFault[] };

/**
 * Loads a campaign file as a draft, all or nothing; a draft of the same id is replaced, and its units keep the people
 * who are bound to them. Of what is published the file becomes the next version: less is taken as it is, more only with a
 * `reason` (see {@link rescope}). What came by roster stays (see {@link besideFile}).
 */
export async function loadCampaign(database: Database, text: string, options: LoadOptions): Promise<Loaded> {
  const { start, path: file, clock } = options;
  const open = options.open ?? filesIn(path.dirname(file));
  const at = clock.now().toISOString();
  const read = readCampaignFile(text, { start, open, now: at });
  if (read.campaign === undefined) return { faults: named(read.faults, file) };
  const { campaign } = read;
  const unstorable = pathOfUnstorable(campaign, []);
  if (unstorable !== null)
    return { faults: [faultAt(text, file, unstorable, 'conversation:load.unstorable')] };
  const warnings = named(read.warnings, file);
  try {
    return await inTransaction(database.pool, (run) =>
      store(run, campaign, { ...options, text, at, warnings }),
    );
  } catch (refused) {
    if (refused instanceof Refused) return { faults: refused.faults };
    throw refused;
  }
}

/** Ends the transaction: nothing of the load stays. */
class Refused extends Error {
  readonly faults: LoadFault[];
  constructor(faults: LoadFault[]) {
    super('the file was refused');
    this.faults = faults;
  }
}

type Storing = LoadOptions & { text: string; at: string; warnings: LoadFault[] };

async function store(run: Run, fromFile: Campaign, given: Storing): Promise<Loaded> {
  const { at } = given;
  const claimed = await claimCampaign(run, fromFile, at);
  const { id: campaignId, status } = claimed;
  if (status === 'closed')
    throw new Refused([
      faultAt(given.text, given.path, ['id'], 'conversation:load.closed', { code: fromFile.id }),
    ]);
  const before = Campaign.parse(claimed.before);
  const beside = claimed.filed === null ? null : besideFile(before, claimed.filed, fromFile);
  if (beside !== null && beside.clashes.length > 0) throw new Refused(clashFaults(beside, fromFile, given));
  const campaign = Campaign.parse(beside?.campaign ?? fromFile);
  const parts = await partsHeld(run, campaignId);
  const version = status === 'draft' ? null : await nextVersion(run, campaignId, { before, campaign }, given);
  const units = version === null ? await storeDraft(run, campaignId, campaign, at) : unitsOf(version);
  if (beside !== null) await keepFiled(run, campaignId, filedOf(fromFile), false);
  if (version !== null) await publishIndicatorSet(run, campaignId, at);
  const warnings = [...(await elsewhere(run, campaignId, given)), ...given.warnings];
  if (given.console === true && units !== null)
    await replacePersonas(run, { campaignId, before, campaign, units });
  const held = { before: parts, after: await partsHeld(run, campaignId) };
  const told = loadTold({ changes: changesTold(version, before, campaign), beside, parts: held });
  // Last of all: see appendAudit.
  if (version === null) await appendAudit(run, [loadedEvent(campaignId, campaign, at)]);
  else if (version.kind === 'applied') await appendAudit(run, version.audit);
  return {
    ...{ campaignId, code: campaign.id, warnings, told },
    ...(version === null ? {} : { version }),
  };
}

type NextVersion = Extract<Rescoped, { kind: 'applied' | 'unchanged' }>;

/** Of a draft only what is less than before: more of it is nobody's surprise. */
function changesTold(version: NextVersion | null, before: Campaign, after: Campaign): ScopeChange[] {
  if (version !== null) return version.kind === 'applied' ? version.changes : [];
  return scopeChanges(before, after).filter(({ kind }) => kind === 'narrowed');
}

/** Null where nothing was stored. */
function unitsOf(version: NextVersion): Map<string, string> | null {
  return version.kind === 'applied' ? version.units : null;
}

/** Units that the file names for the first time, and a roster has made already under another id, or its id for another. */
function clashFaults(
  { clashes }: BesideFile,
  { units }: Campaign,
  { text, path: file }: Storing,
): LoadFault[] {
  return clashes.flatMap(({ unit, rostered }) => {
    const given = units[unit];
    if (given === undefined) return [];
    const key = given.id === rostered.id ? 'roster:load.clash.id' : 'roster:load.clash.name';
    const params = { id: rostered.id, name: rostered.name };
    return [faultAt(text, file, ['units', unit, 'id'], key, params)];
  });
}

/** @throws Refused when it would widen the scope without a reason */
async function nextVersion(
  run: Run,
  campaignId: string,
  { before, campaign: after }: { before: Campaign; campaign: Campaign },
  { text, path: file, at, reason }: Storing,
): Promise<NextVersion> {
  const rescoped = await rescope(run, { campaignId, before, after, reason: reason ?? null, at });
  const fault = (key: SentenceKey, params: Params) => faultAt(text, file, ['id'], key, params);
  switch (rescoped.kind) {
    case 'applied':
    case 'unchanged':
      return rescoped;
    case 'refused':
      throw new Refused([
        fault('files:scope.refused', { code: after.id }),
        ...rescoped.widened.map(({ sentence }) => fault(sentence.key, sentence.params)),
      ]);
    case 'undrawn':
      throw new Refused([fault('files:scope.undrawn', { activities: { list: rescoped.activities } })]);
  }
}

/** What other published campaigns inspect at the same time, as warnings for the file as a whole. */
async function elsewhere(run: Run, campaignId: string, { path: file }: Storing): Promise<LoadFault[]> {
  const lines = overlapLines(await overlapsElsewhere(run, campaignId));
  return lines.map((sentence) => ({ file, path: '', line: 1, column: 1, sentence }));
}

/** What the audit log keeps of a load. */
function loadedEvent(campaignId: string, { id, start, units, activities }: Campaign, at: string): AuditEvent {
  const data = { start, units: units.length, activities: activities.length };
  return { at, by: null, kind: 'campaign.loaded', campaignId, about: `campaign:${id}`, data };
}

/** A fault or warning as one line for a terminal. */
export function faultLine({ file, line, column, path, sentence }: LoadFault): Line {
  const params = { file, line, column, what: { key: sentence.key, params: sentence.params } };
  if (path === '') return { key: 'conversation:load.fault.file', params };
  return { key: 'conversation:load.fault', params: { ...params, path } };
}

/** Faults with the names of their files as they are found from where `file` is. */
export function named(faults: Fault[], file: string): LoadFault[] {
  return faults.map((fault) => {
    const { file: beside } = fault;
    if (beside === undefined) return { ...fault, file };
    const isBeside = !beside.startsWith(shippedMark);
    return { ...fault, file: isBeside ? path.join(path.dirname(file), beside) : beside };
  });
}

function faultAt(text: string, file: string, path: Path, key: SentenceKey, params: Params = {}): LoadFault {
  return { file, path: pathText(path), ...readSource(text).placeOf(path), sentence: { key, params } };
}

/** Postgres can hold neither NUL nor half a surrogate pair in a text; YAML can write both (`"\0"`, `"\ud800"`). */
function pathOfUnstorable(value: unknown, path: Path): Path | null {
  if (typeof value === 'string') return value.includes('\0') || !isWellFormed(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const found = pathOfUnstorable(inner, [...path, Array.isArray(value) ? Number(name) : name]);
    if (found !== null) return found;
  }
  return null;
}

function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}
