import { problemMax } from '../campaign/finding.ts';
import { splitRefusal } from '../campaign/rectification/regroup.ts';
import { keep, logStep } from '../conversation/ledger.ts';
import type { Line } from '../flow/say.ts';
import { type LedgerFinding, readFindings } from '../store/ledger.ts';
import { free, mergedInto } from '../store/ledger-again.ts';
import type { Command, CommandContext } from './command.ts';
import { lineAbout, type Meant, problemMeant, tell, tellRefused, unitPeople } from './ledger-finding.ts';
import { regrouped } from './merge.ts';
import { carrying, saidBefore, withoutCarried, wordsBehindNumber } from './said-before.ts';

/** 拆分: one entry of the ledger is several problems: `拆分 12 窗口无人；指示牌缺失`. Each takes over the order as it stands. */
export const split: Command = {
  name: 'split',
  words: { 'zh-CN': ['拆分'], en: ['split'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:split.line',
  run: async (context, given) => {
    const { rest, seq } = withoutCarried(given);
    const meant = await problemMeant(context, rest, 'ledger:split.how');
    if (meant === null) return;
    // What was shown to be confirmed, as it was said then.
    const said = seq === null ? null : await saidBefore(context, seq);
    const parts = (said === null ? meant.words : wordsBehindNumber(said))
      .split(/[;；\n]+/u)
      .map((part) => [...part.trim()].slice(0, problemMax).join(''))
      .filter((part) => part !== '');
    const refused = splitRefusal(regrouped(meant.finding), parts);
    if (refused !== null) return tellRefused(context, meant.finding, refused);
    if (said === null) return askFirst(context, meant.finding, parts);
    await divide(context, meant, parts);
  },
};

/** Nothing puts the parts together again: they are shown, and asked about, first. */
function askFirst(context: CommandContext, whole: LedgerFinding, parts: readonly string[]): void {
  const { number, merged } = whole;
  context.replyPrivately({
    lines: [
      lineAbout(whole, 'ledger:split.ask', { count: parts.length }),
      ...parts.map((part): Line => ({ key: 'ledger:split.ask.part', params: { part } })),
      ...(merged.length === 0
        ? []
        : [{ key: 'ledger:split.ask.merged', params: { number, others: { list: merged } } } as const]),
      { key: 'ledger:split.ask.how' },
    ],
    ask: {
      target: 'command:split',
      question: 'confirm',
      options: [{ id: carrying(context, `${number} confirm`), label: { key: 'desk:confirm' } }],
      many: false,
      numbered: false,
    },
  });
}

async function divide(
  context: CommandContext,
  { finding: whole, who }: Meant,
  parts: string[],
): Promise<void> {
  const { run } = context;
  const rows = await run<{ id: string }>(
    `INSERT INTO finding (campaign_id, assignment_id, unit_id, problem, reported_by, attachments, opened_at, source,
       category, severity, seen_by, split_from, origin)
     SELECT campaign_id, assignment_id, unit_id, to_jsonb(part), reported_by, attachments, $3::timestamptz, source,
       category, severity, seen_by, id, coalesce(origin, id)
     FROM finding, unnest($2::text[]) WITH ORDINALITY AS p(part, ordinal) WHERE id = $1::uuid ORDER BY ordinal
     RETURNING id::text`,
    [whole.id, parts, context.at],
  );
  const { record } = whole;
  if (record !== null) await keep(context, whole, { ...record, state: 'split', chase: null });
  await run(`UPDATE finding SET status = 'split', due_on = NULL WHERE id = $1::uuid`, [whole.id]);
  const made = await readFindings(
    run,
    rows.map(({ id }) => id),
  );
  const numbers = made.map(({ number }) => number);
  await logStep(context, whole, { kind: 'split', data: { into: numbers } }, who);
  for (const part of made) {
    if (record !== null) await keep(context, part, record);
    await logStep(context, part, { kind: 'split-from', data: { from: whole.number } }, who);
  }
  await answer(context, whole, made, await freeMerged(context, whole, who));
}

/** What was merged into the whole is in none of its parts by itself: it stands on its own again, under the same order. */
async function freeMerged(
  context: CommandContext,
  whole: LedgerFinding,
  who: Meant['who'],
): Promise<LedgerFinding[]> {
  const { run, at } = context;
  const merged = await mergedInto(run, [whole.id]);
  const freed: LedgerFinding[] = [];
  for (const finding of await readFindings(
    run,
    merged.map(({ id }) => id),
  )) {
    const isGone = merged.some(({ id, isGone }) => id === finding.id && isGone);
    await free(run, finding, isGone ? 'withdrawn' : 'open', at);
    const kind = isGone ? 'withdrawn' : 'freed';
    await logStep(context, finding, { kind, data: { from: whole.number } }, who);
    if (isGone) continue;
    if (whole.record !== null) await keep(context, { ...finding, sessionId: null }, whole.record);
    freed.push(finding);
  }
  return freed;
}

async function answer(
  context: CommandContext,
  whole: LedgerFinding,
  made: LedgerFinding[],
  freed: LedgerFinding[],
): Promise<void> {
  const lines = [
    lineAbout(whole, 'ledger:split.done', { count: made.length }),
    ...made.map((part) => lineAbout(part, 'ledger:split.part')),
    ...freed.map((one) => lineAbout(one, 'ledger:split.freed')),
  ];
  context.replyPrivately({ lines });
  if (whole.record === null) return;
  await tell(context, whole, await unitPeople(context, whole.record.unit), { step: 'split', lines });
}
