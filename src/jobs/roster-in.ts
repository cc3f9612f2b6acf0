import { sha256 } from '../campaign/draw/sha256.ts';
import type { Clock } from '../clock.ts';
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
import { sentence } from '../conversation/wording.ts';
import type { Line, Say } from '../flow/say.ts';
import { inLanguage, type Language, languages } from '../flow/text.ts';
import { writeCsv } from '../report/csv.ts';
import { rosterTemplate } from '../report/roster-template.ts';
import { keepMade } from '../store/attachments.ts';
import { appendAudit } from '../store/audit.ts';
import { type Database, inTransaction } from '../store/database.ts';
import type { RosterJob } from '../store/later.ts';
import type { Library } from '../store/library.ts';
import {
  coordinates,
  dropPending,
  dropSentTables,
  keepPending,
  type PendingImport,
  pendingOf,
  sentTables,
} from '../store/rosters.ts';
import { noWrites, type Run, writeRows } from '../store/writes.ts';
import { replyTo } from './reply.ts';
import { readSent } from './roster-read.ts';

export interface RosterOptions {
  database: Database;
  clock: Clock;
  library: Library;
}

/** Codes that are told one by one; more come as a file. */
const codesMax = 10;

/** Does what somebody asked for with a roster, in one transaction, and tells them. Repeated, it tells how things stand. */
export async function takeRoster(options: RosterOptions, job: RosterJob): Promise<void> {
  const at = options.clock.now().toISOString();
  await inTransaction(options.database.pool, (run) => take({ ...options, run, job, at }));
}

interface Doing extends RosterOptions {
  run: Run;
  job: RosterJob;
  at: string;
}

async function take(doing: Doing): Promise<void> {
  const { run, job, at } = doing;
  const { contactId } = job.to;
  const { act, campaignId } = job;
  if (act.kind === 'read') {
    const files = await sentTables(run, act.seq);
    await dropSentTables(run, act.seq);
    if (!(await mayImport(doing))) return;
    // Done before, by a process that did not live to say so.
    if (files.length === 0) return;
    const read = readSent(files);
    await dropPending(run, contactId);
    if (read.faults.length > 0) {
      const given = { campaignId, entries: read.entries, answers: {} };
      const faults = await allFaults(run, given, read.faults, at);
      return tell(doing, {
        lines: [{ key: 'roster:chat.file', params: { file: read.name } }, ...faultLines(faults)],
      });
    }
    const { name, entries, passedOver } = read;
    return show(doing, {
      campaignId,
      name,
      entries,
      passedOver,
      answers: {},
      reason: null,
      fingerprint: null,
      at,
    });
  }
  if (!(await mayImport(doing))) return;
  if (act.kind === 'template') return sendTemplate(doing);
  const pending = await pendingOf(run, contactId);
  if (pending === null) return tell(doing, { lines: [{ key: 'roster:chat.none' }] });
  switch (act.kind) {
    case 'show':
      return show(doing, pending);
    case 'reason':
      return show(doing, { ...pending, reason: act.reason });
    case 'answer': {
      const { plan } = await previewRoster(run, pending, at);
      const question = plan.questions.find(({ id }) => keyOf(id) === act.question);
      const value = question?.options[act.option]?.value;
      const answers =
        question === undefined || value === undefined
          ? pending.answers
          : { ...pending.answers, [question.id]: value };
      return show(doing, { ...pending, answers });
    }
    case 'apply':
      return apply(doing, pending);
  }
}

/** A question's name on a button. */
function keyOf(id: string): string {
  return sha256(id).slice(0, 12);
}

/** Whoever is no coordinator any more imports nothing, and what they had sent is gone. */
async function mayImport(doing: Doing): Promise<boolean> {
  const { run, job } = doing;
  const { contactId } = job.to;
  if (await coordinates(run, contactId, job.campaignId)) return true;
  await dropPending(run, contactId);
  await tell(doing, { lines: [{ key: 'roster:chat.not-yours' }] });
  return false;
}

async function show(doing: Doing, pending: PendingImport): Promise<void> {
  const { run, job, at } = doing;
  const preview = await previewRoster(run, pending, at);
  await tell(doing, await shown(run, job, pending, preview));
}

/** Keeps what is shown, so that it is that which is confirmed. */
async function shown(run: Run, job: RosterJob, pending: PendingImport, preview: RosterPreview): Promise<Say> {
  const { plan, widened, status, title } = preview;
  const { contactId } = job.to;
  const lines = previewLines(preview, pending.name, pending.passedOver);
  if (status === 'closed') {
    await dropPending(run, contactId);
    return { lines: [{ key: 'roster:applied.closed', params: { title } }] };
  }
  const [question] = plan.questions;
  const isOver = plan.faults.length > 0 || (plan.isEmpty && question === undefined);
  if (isOver) {
    await dropPending(run, contactId);
    return { lines };
  }
  const needsReason = widened.length > 0 && pending.reason === null;
  const isReady = question === undefined && !needsReason;
  await keepPending(run, contactId, { ...pending, fingerprint: isReady ? plan.fingerprint : null });
  if (question !== undefined) {
    const left: Line = { key: 'roster:preview.questions', params: { count: plan.questions.length } };
    const options = question.options.map(({ label }, option) => ({
      id: `answer ${keyOf(question.id)} ${option}`,
      label,
    }));
    return {
      lines: [...lines, left, questionLine(question)],
      ask: { target: 'command:import', question: 'which', options, many: false, numbered: true },
    };
  }
  if (needsReason) return { lines: [...lines, { key: 'roster:chat.reason' }] };
  const reason: Line[] =
    pending.reason === null ? [] : [{ key: 'roster:chat.reason.given', params: { reason: pending.reason } }];
  return {
    lines: [...lines, ...reason, { key: 'roster:chat.confirm' }],
    ask: {
      target: 'command:import',
      question: 'confirm',
      options: [
        { id: 'confirm', label: { key: 'roster:chat.confirm.yes' } },
        { id: 'cancel', label: { key: 'roster:chat.confirm.no' } },
      ],
      many: false,
      numbered: false,
    },
  };
}

async function apply(doing: Doing, pending: PendingImport): Promise<void> {
  const { run, job, at, library } = doing;
  const { contactId } = job.to;
  const { campaignId } = pending;
  // Confirmed before it was shown: nobody confirms what they have not seen.
  if (pending.fingerprint === null) return show(doing, pending);
  const applied = await importRoster(run, { ...pending, by: contactId }, at);
  switch (applied.kind) {
    case 'undrawn':
      return tell(doing, {
        lines: [{ key: 'roster:applied.undrawn', params: { activities: { list: applied.activities } } }],
      });
    case 'open':
    case 'moved': {
      const say = await shown(run, job, pending, applied.preview);
      return tell(doing, { ...say, lines: [{ key: 'roster:chat.moved' }, ...say.lines] });
    }
    case 'closed':
    case 'unchanged':
      await dropPending(run, contactId);
      return tell(doing, {
        lines: [{ key: `roster:applied.${applied.kind}`, params: { title: applied.title } }],
      });
    case 'applied': {
      await dropPending(run, contactId);
      await tellImported(run, library, applied, campaignId, at);
      await tell(doing, await doneSay(doing, applied));
      // Last of all: see appendAudit.
      return appendAudit(run, applied.audit);
    }
  }
}

type Applied = Extract<RosterApplied, { kind: 'applied' }>;

async function doneSay(doing: Doing, applied: Applied): Promise<Say> {
  const { plan, codes } = applied;
  const { done, codes: told, how } = doneLines(applied);
  if (codes.length <= codesMax) return { lines: [done, ...told, ...how] };
  const names = new Map(plan.campaign.units.map(({ id, name }) => [id, name]));
  const held = plan.people.steps.flatMap((step) => (step.kind === 'code' ? [step.held] : []));
  const language = await languageOf(doing);
  const words = (key: 'code' | 'title' | 'role' | 'unit') => sentence(language, `roster:codes.${key}`);
  const rows = codes.map(({ code, title: person, role }, index) => {
    const unit = held[index]?.unit ?? null;
    const name = unit === null ? '' : inLanguage(names.get(unit) ?? unit, language);
    return [name, person, sentence(language, `commands:role.${role as 'inspector'}`), code];
  });
  const csv = writeCsv([[words('unit'), words('title'), words('role'), words('code')], ...rows]);
  const name = sentence(language, 'roster:codes.file');
  const id = await keepMade(doing.run, { name, mime: 'text/csv', bytes: Buffer.from(csv) }, doing.at);
  return {
    lines: [done, { key: 'roster:codes.attached', params: { count: codes.length } }, ...how],
    attachments: [id],
  };
}

async function sendTemplate(doing: Doing): Promise<void> {
  const { run, at } = doing;
  const language = await languageOf(doing);
  const file = await rosterTemplate(language, at);
  const id = await keepMade(run, file, at);
  await tell(doing, { lines: [{ key: 'roster:chat.template' }], attachments: [id] });
}

async function languageOf({ run, job }: Doing): Promise<Language> {
  const [row] = await run<{ language: Language | null }>('SELECT language FROM contact WHERE id = $1::uuid', [
    job.to.contactId,
  ]);
  return row?.language ?? languages[0];
}

async function tell({ run, job: { to }, at }: Pick<Doing, 'run' | 'job' | 'at'>, say: Say): Promise<void> {
  await writeRows(run, { ...noWrites(), outbox: [replyTo(to, say, at)] });
}
