import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  allFaults,
  importRoster,
  previewRoster,
  type RosterApplied,
  type RosterPreview,
} from '../conversation/import-roster.ts';
import { doneLines } from '../conversation/roster-done.ts';
import { faultLines, previewLines, questionLine } from '../conversation/roster-lines.ts';
import { tellImported } from '../conversation/roster-told.ts';
import { post } from '../conversation/wording.ts';
import type { Line } from '../flow/say.ts';
import { languages } from '../flow/text.ts';
import { readRosterFile, terminalLimits } from '../roster/read-file.ts';
import { readTables } from '../roster/read-table.ts';
import { kindCalled } from '../roster/sheet.ts';
import type { RosterFault } from '../roster/table.ts';
import { appendAudit } from '../store/audit.ts';
import { inTransaction, runOn } from '../store/database.ts';
import { createLibrary } from '../store/library.ts';
import { callForWork } from '../store/listen.ts';
import type { Run } from '../store/writes.ts';
import { type Terminal, tell } from './terminal.ts';

/**
 * import <file>: shows what a roster (.xlsx, .csv) would change in a campaign, the newest or `--campaign`; `--yes` does it. Where two
 * spellings may mean one, `--same words=id` says which, `--same words=new` that they don't.
 */
export async function importFile(terminal: Terminal): Promise<number> {
  const { args, options, database, clock } = terminal;
  const [file, ...more] = args;
  const kind = options.sheet === undefined ? null : kindCalled(options.sheet);
  if (file === undefined || more.length > 0 || (options.sheet !== undefined && kind === null))
    return refuse('roster:cli.how');
  const bytes = await readFile(file).catch((fault: NodeJS.ErrnoException) => fault.code ?? 'EIO');
  if (typeof bytes === 'string') {
    tell(process.stderr, 'roster:cli.unreadable', { path: file, reason: bytes });
    return 1;
  }
  const campaignId = await campaignMeant(runOn(database.pool), options.campaign);
  if (campaignId === null) {
    tell(process.stderr, 'roster:cli.no-campaign', { code: options.campaign ?? '' });
    return 2;
  }
  const read = readRosterFile(file, bytes, terminalLimits);
  if (read.faults !== undefined) return tellFaults(read.faults);
  const { entries, faults, passedOver } = readTables(read.tables, kind);
  const at = clock.now().toISOString();
  if (faults.length > 0)
    return tellFaults(
      await allFaults(runOn(database.pool), { campaignId, entries, answers: {} }, faults, at),
    );
  const first = await previewRoster(runOn(database.pool), { campaignId, entries, answers: {} }, at);
  const answers = answersIn(options.same ?? [], first);
  const given = { campaignId, entries, answers };
  const preview = await previewRoster(runOn(database.pool), given, at);
  const name = path.basename(file);
  if (options.yes !== true || !isReady(preview, options.reason))
    return show(preview, name, passedOver, options.reason);
  const reason = options.reason?.trim() ?? null;
  const applied = await inTransaction(database.pool, async (run) => {
    const result = await importRoster(run, { ...given, reason, by: null, fingerprint: null }, at);
    if (result.kind !== 'applied') return result;
    await tellImported(run, createLibrary(database), result, campaignId, at);
    // Last of all: see appendAudit.
    await appendAudit(run, result.audit);
    await callForWork(run);
    return result;
  });
  return tellApplied(applied, name, passedOver, options.reason);
}

async function campaignMeant(run: Run, code: string | undefined): Promise<string | null> {
  const [row] = await run<{ id: string }>(
    `SELECT id::text FROM campaign WHERE $1::text IS NULL OR code = $1
     ORDER BY status = 'closed', loaded_at DESC, code LIMIT 1`,
    [code ?? null],
  );
  return row?.id ?? null;
}

/** Answers by the words that were asked about: the first that stand in quotation marks in a question. */
function answersIn(same: readonly string[], { plan }: RosterPreview): Record<string, string> {
  const given = new Map(
    same.map((one) => [
      one.slice(0, one.lastIndexOf('=')).trim(),
      one.slice(one.lastIndexOf('=') + 1).trim(),
    ]),
  );
  return Object.fromEntries(
    plan.questions.flatMap(({ id, place }) => {
      const answer = given.get(String(place.sentence.params.name));
      return answer === undefined ? [] : [[id, answer]];
    }),
  );
}

function isReady({ plan, widened }: RosterPreview, reason: string | undefined): boolean {
  const isAsked = plan.faults.length + plan.questions.length > 0;
  return !isAsked && (widened.length === 0 || (reason ?? '').trim() !== '');
}

function show(
  preview: RosterPreview,
  name: string,
  passedOver: readonly RosterFault[],
  reason: string | undefined,
): number {
  const { plan, widened } = preview;
  print(process.stdout, [...previewLines(preview, name, passedOver), ...questionLines(preview)]);
  if (plan.faults.length > 0) return 1;
  const [question] = plan.questions;
  const needsReason = widened.length > 0 && (reason ?? '').trim() === '';
  if (question !== undefined)
    tell(process.stdout, 'roster:cli.same', {
      words: question.place.sentence.params.name ?? '',
      value: question.options[0]?.value ?? '',
    });
  else if (needsReason) tell(process.stdout, 'roster:cli.reason');
  else if (!plan.isEmpty) tell(process.stdout, 'roster:cli.yes');
  return question !== undefined || needsReason ? 1 : 0;
}

function questionLines({ plan: { questions } }: RosterPreview): Line[] {
  return [
    ...(questions.length === 0
      ? []
      : [{ key: 'roster:preview.questions', params: { count: questions.length } } as const]),
    ...questions.flatMap((question): Line[] => [
      questionLine(question),
      ...question.options.map(
        ({ value, label }): Line => ({ key: 'roster:preview.option', params: { value, label } }),
      ),
    ]),
  ];
}

function tellApplied(
  applied: RosterApplied,
  name: string,
  passedOver: readonly RosterFault[],
  reason: string | undefined,
): number {
  switch (applied.kind) {
    case 'open':
    case 'moved':
      show(applied.preview, name, passedOver, reason);
      return 1;
    case 'unchanged':
      tell(process.stdout, 'roster:applied.unchanged', { title: applied.title });
      return 0;
    case 'closed':
      tell(process.stderr, 'roster:applied.closed', { title: applied.title });
      return 1;
    case 'undrawn':
      tell(process.stderr, 'roster:applied.undrawn', { activities: { list: applied.activities } });
      return 1;
    case 'applied': {
      const { done, codes, how } = doneLines(applied);
      for (const line of [done, ...codes, ...how]) print(process.stdout, [line]);
      return 0;
    }
  }
}

function tellFaults(faults: readonly RosterFault[]): number {
  print(process.stderr, faultLines(faults));
  return 1;
}

function print(stream: NodeJS.WritableStream, lines: Line[]): void {
  for (const language of languages) stream.write(`${post({ lines }, language).text}\n`);
}

function refuse(key: 'roster:cli.how'): number {
  tell(process.stderr, key);
  return 2;
}
