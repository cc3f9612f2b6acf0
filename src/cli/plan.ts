import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Campaign } from '../campaign/definition.ts';
import { instantIn, instantOf } from '../campaign/instant.ts';
import { readCampaignFile } from '../campaign/load.ts';
import { planOf, usualPublication } from '../campaign/plan.ts';
import { filesIn } from '../campaign-files.ts';
import { machineClock } from '../clock.ts';
import { faultLine, type LoadFault, named } from '../conversation/load.ts';
import { post } from '../conversation/wording.ts';
import { languages } from '../flow/text.ts';
import { planDocument, planLines } from '../report/plan.ts';
import { type Options, tell } from './terminal.ts';

/**
 * plan <file> --start YYYY-MM-DD [--at YYYY-MM-DDTHH:MM] [--json] [--language en]: what publishing the file then would do.
 * Needs no database, stores and sends nothing. Warnings go to standard error; exit code 1 with faults, 2 when misused.
 */
export async function plan(args: string[], options: Options): Promise<number> {
  const [file] = args;
  if (file === undefined) {
    tell(process.stderr, 'files:plan.no-file');
    return 2;
  }
  const text = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => ({
    code: fault.code ?? 'EIO',
  }));
  if (typeof text !== 'string') {
    tell(process.stderr, 'cli:load.unreadable', { path: file, reason: text.code });
    return 1;
  }
  const now = machineClock.now().toISOString();
  const read = readCampaignFile(text, { start: options.start, open: filesIn(path.dirname(file)), now });
  if (read.campaign === undefined) return refuse(named(read.faults, file));
  const { campaign } = read;
  const warnings = named(read.warnings, file);
  const at = publicationOf(campaign, options.at);
  if (at === null) {
    tell(process.stderr, 'files:plan.bad-at', { value: (options.at ?? '').slice(0, 40) });
    return 2;
  }
  write(warnings);
  const planned = planOf(campaign, at);
  if (options.json === true)
    process.stdout.write(`${JSON.stringify(planDocument(campaign, planned, warnings), null, 1)}\n`);
  else for (const part of planLines(campaign, planned, languageOf(options))) process.stdout.write(part);
  return 0;
}

function languageOf({ language }: Options) {
  return languages.find((one) => one === language) ?? languages[0];
}

/** Local time of the campaign's zone unless it says otherwise; null when it is none. */
function publicationOf(campaign: Campaign, at: string | undefined): string | null {
  if (at === undefined) return usualPublication(campaign);
  const [, day = '', time = ''] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)$/.exec(at) ?? [];
  try {
    return day === '' ? instantIn(at) : instantOf(day, time, campaign.zone);
  } catch (fault) {
    if (fault instanceof RangeError) return null;
    throw fault;
  }
}

function refuse(faults: LoadFault[]): number {
  tell(process.stderr, 'cli:load.faults', { count: faults.length });
  write(faults);
  return 1;
}

function write(faults: LoadFault[]): void {
  for (const language of languages)
    for (const fault of faults)
      process.stderr.write(`${post({ lines: [faultLine(fault)] }, language).text}\n`);
}
