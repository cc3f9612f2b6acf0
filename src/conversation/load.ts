import path from 'node:path';
import type { Campaign } from '../campaign/definition.ts';
import { type Fault, readCampaignFile } from '../campaign/load.ts';
import type { OpenBeside } from '../campaign/loading/beside.ts';
import { type Path, pathText } from '../campaign/loading/problem.ts';
import { readSource } from '../campaign/loading/source.ts';
import { filesIn, shippedMark } from '../campaign-files.ts';
import type { Clock } from '../clock.ts';
import type { Line, Params, SentenceKey } from '../flow/say.ts';
import { type AuditEvent, appendAudit } from '../store/audit.ts';
import { type ClaimedCampaign, claimCampaign, storeDraft } from '../store/campaigns.ts';
import { type Database, inTransaction } from '../store/database.ts';
import { replacePersonas } from './people.ts';

export interface LoadOptions {
  /** The day the campaign starts, YYYY-MM-DD in its zone; leaving it out is a fault, it is never guessed. */
  start?: string | undefined;
  /** What the file is called, for people who read its faults. */
  path: string;
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

export type Loaded =
  | { campaignId: string; code: string; warnings: LoadFault[]; faults?: never }
  | { campaignId?: never; faults: LoadFault[] };

/**
 * Loads a campaign file as a draft, all or nothing; a draft of the same id is replaced, and its units keep the people
 * who are bound to them. What has been published can't be replaced.
 */
export async function loadCampaign(database: Database, text: string, options: LoadOptions): Promise<Loaded> {
  const { start, path: file, clock } = options;
  const open = options.open ?? filesIn(path.dirname(file));
  const read = readCampaignFile(text, { start, open });
  if (read.campaign === undefined) return { faults: named(read.faults, file) };
  const { campaign } = read;
  const unstorable = pathOfUnstorable(campaign, []);
  if (unstorable !== null)
    return { faults: [faultAt(text, file, unstorable, 'conversation:load.unstorable')] };
  const at = clock.now().toISOString();
  return inTransaction(database.pool, async (run): Promise<Loaded> => {
    const claimed = await claimCampaign(run, campaign, at);
    const refused = refusalOf(claimed, text, file, campaign);
    if (refused !== null) return { faults: [refused] };
    const units = await storeDraft(run, claimed.id, campaign, at);
    if (options.console === true)
      await replacePersonas(run, { campaignId: claimed.id, before: claimed.before, campaign, units });
    // Last of all: see appendAudit.
    await appendAudit(run, [loadedEvent(claimed.id, campaign, at)]);
    return { campaignId: claimed.id, code: campaign.id, warnings: named(read.warnings, file) };
  });
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

function refusalOf(
  { status }: ClaimedCampaign,
  text: string,
  file: string,
  campaign: Campaign,
): LoadFault | null {
  switch (status) {
    case 'draft':
      return null;
    case 'published':
      return faultAt(text, file, ['id'], 'conversation:load.published', { code: campaign.id });
    case 'closed':
      return faultAt(text, file, ['id'], 'conversation:load.closed', { code: campaign.id });
  }
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
