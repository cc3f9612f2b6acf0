import { dateOf } from '../campaign/instant.ts';
import { countedDay } from '../campaign/rectification/chase.ts';
import { lampOf } from '../campaign/rectification/lamp.ts';
import { isTakenBack, isUnitsTurn } from '../campaign/rectification/record.ts';
import { readFacts } from '../conversation/found-facts.ts';
import { lampParam } from '../conversation/ledger-lines.ts';
import { didOf, nameOf, seenByKey } from '../conversation/ledger-post.ts';
import { evidenceOf, photosIn, taskLine } from '../conversation/order-notice.ts';
import { answerLines } from '../conversation/reply-taken.ts';
import type { Line, Params, Say } from '../flow/say.ts';
import { SessionState } from '../flow/session.ts';
import { type LedgerFinding, lastEvents, type PastEvent } from '../store/ledger.ts';
import type { Command, CommandContext } from './command.ts';
import { hiddenFinding } from './hidden-finding.ts';
import { lineAbout, numberAndWords, problemMeant } from './ledger-finding.ts';

/** Steps of the history that one message tells. */
const stepsMax = 12;

/** 问题 12: one problem with all that is known of it: state, order, reply, proof, history. */
export const show: Command = {
  name: 'show',
  words: { 'zh-CN': ['问题', '查看问题'], en: ['show problem', 'show'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:show.line',
  run: async (context, rest) => {
    const hidden = await hiddenMeant(context, rest);
    if (hidden !== null) return context.replyPrivately(await hiddenSay(context, hidden));
    const meant = await problemMeant(context, rest, 'ledger:show.how');
    if (meant === null) return;
    const { finding } = meant;
    const reply = await replyLines(context, finding);
    const { zone } = await context.library.campaign(finding.campaignId);
    const events = await lastEvents(context.run, finding.id, stepsMax);
    const lines = [
      ...(await headLines(context, finding)),
      ...reply.lines,
      ...events.map((event) => eventLine(event, zone)),
    ];
    const evidence = evidenceOf(finding);
    const attachments = [...evidence, ...reply.photos].slice(0, 9);
    context.replyPrivately(attachments.length === 0 ? { lines } : { lines, attachments });
  },
};

async function hiddenMeant(context: CommandContext, rest: string): Promise<LedgerFinding | null> {
  const read = numberAndWords(rest);
  return read === null ? null : hiddenFinding(context, read.number);
}

/** What a hidden inspection found is no entry of the ledger yet: its problem and evidence, and no more. */
async function hiddenSay(context: CommandContext, finding: LedgerFinding): Promise<Say> {
  const lines = await headLines(context, finding);
  const attachments = evidenceOf(finding).slice(0, 9);
  return attachments.length === 0 ? { lines } : { lines, attachments };
}

async function headLines({ library, at }: CommandContext, finding: LedgerFinding): Promise<Line[]> {
  const { record, severity, category, status, claimed, place } = finding;
  const facts = await library.campaign(finding.campaignId);
  const today = dateOf(at, facts.zone);
  // What was taken back is called off within a second; until then its order stands, and must not be shown as standing.
  const isGone = isTakenBack(status, record);
  const state = {
    key: `ledger:state.${isGone ? 'withdrawn' : (record?.state ?? stateless(status))}`,
  } as const;
  const lines: Line[] = [
    lineAbout(finding, 'ledger:show.title', { state }),
    {
      key: 'ledger:show.kind',
      params: {
        source: { key: `ledger:source.${finding.source}` },
        severity: { key: `ledger:severity.${severity}` },
        category: category ?? { key: 'ledger:category.none' },
        seenBy: { key: seenByKey(finding) },
      },
    },
    ...(await readFacts(library, finding.answers)),
  ];
  if (claimed !== null) lines.push({ key: 'ledger:show.claimed', params: claimed });
  else if (place !== null) lines.push({ key: 'ledger:show.place', params: { place } });
  lines.push(...regroupedLines(finding));
  if (record === null || isGone) return lines;
  const day = countedDay(record);
  if (day !== null)
    lines.push({
      key: 'ledger:show.lamp',
      params: { lamp: lampParam(lampOf(facts.ledger.lamps, day, today, facts.calendar)) },
    });
  if (record.requirement !== null)
    lines.push({ key: 'ledger:order.requirement', params: { words: record.requirement } });
  if (isUnitsTurn(record) || record.extension !== null)
    lines.push(taskLine(record.task, today, facts.calendar));
  return lines;
}

/** The numbers under which it goes on, and those that go on under it. */
export function regroupedLines({
  mergedInto,
  merged,
  splitFrom,
  parts,
}: Pick<LedgerFinding, 'mergedInto' | 'merged' | 'splitFrom' | 'parts'>): Line[] {
  const lines: Line[] = [];
  if (mergedInto !== null) lines.push({ key: 'ledger:show.merged', params: { other: mergedInto } });
  if (merged.length > 0) lines.push({ key: 'ledger:show.merged-here', params: { others: { list: merged } } });
  if (splitFrom !== null) lines.push({ key: 'ledger:show.split-from', params: { other: splitFrom } });
  if (parts.length > 0) lines.push({ key: 'ledger:show.split', params: { others: { list: parts } } });
  return lines;
}

/** How a problem without an order stands. */
function stateless(status: LedgerFinding['status']): 'none' | 'withdrawn' | 'merged' | 'split' | 'closed' {
  return status === 'open' ? 'none' : status;
}

async function replyLines(
  { transaction, library }: CommandContext,
  { sessionId, record }: LedgerFinding,
): Promise<{ lines: Line[]; photos: string[] }> {
  if (sessionId === null || record?.measure == null) return { lines: [], photos: [] };
  const row = await transaction.session.findUnique({ where: { id: sessionId } });
  if (row === null) return { lines: [], photos: [] };
  const { values } = SessionState.parse(row.state);
  const flow = await library.flow(row.flowId, row.flowVersion);
  return { lines: answerLines(flow, values), photos: photosIn(values.proof) };
}

function eventLine(event: PastEvent, zone: string): Line {
  const { at, who, data } = event;
  const params: Params = {
    at: { instant: at.toISOString(), zone },
    who: nameOf(who),
    did: didOf(event),
    more: '',
  };
  const reason = data.reason;
  if (typeof reason === 'string' && reason !== '')
    params.more = { key: 'ledger:show.more', params: { words: reason } };
  return { key: 'ledger:show.event', params };
}
