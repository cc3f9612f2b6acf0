import { makeMove } from '../conversation/ledger.ts';
import { nameOf } from '../conversation/ledger-post.ts';
import type { Ordered } from '../conversation/order-notice.ts';
import { answerLabel } from '../conversation/reply-taken.ts';
import type { Flow } from '../flow/definition.ts';
import { isRelevant, questionAt } from '../flow/route.ts';
import type { Ask } from '../flow/say.ts';
import { SessionState } from '../flow/session.ts';
import type { Values } from '../flow/value.ts';
import { type LedgerFinding, lastBy } from '../store/ledger.ts';
import { coordinatorsOf, type Reachable } from '../store/reach.ts';
import type { Command, CommandContext } from './command.ts';
import { returnForm } from './forms/return.ts';
import { lineAbout, type Meant, problemMeant, tell, tellRefused, unitPeople } from './ledger-finding.ts';
import { carrying, saidBefore, withoutCarried, wordsBehindNumber } from './said-before.ts';

/** `2 照片看不清`: the answer's number, apart from the reason. "2张照片看不清" is a reason. */
const which = /^(?:第\s*)?(\d{1,2})(?:\s*题)?(?:[\s:：,，、;；]+([\s\S]*))?$/;

/** Said behind the reason: it was verified, and is to be sent back all the same. */
const confirmed = /(?:^|[\s,，;；])(?:确认|confirm)$/i;

/** 退回: one answer of a reply will not do; it alone is asked again: `退回 12 2 照片看不清`. What was verified is asked back about. */
export const sendBack: Command = {
  name: 'return',
  words: { 'zh-CN': ['退回'], en: ['return', 'send back'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:return.line',
  form: async () => ({ form: returnForm }),
  run: async (context, given) => {
    const { rest, seq } = withoutCarried(given);
    const meant = await problemMeant(context, rest, 'ledger:return.how');
    if (meant === null) return;
    const { record } = meant.finding;
    const isSure = record?.state === 'verified' && confirmed.test(meant.words);
    const [, digits, words = ''] =
      which.exec(isSure ? meant.words.replace(confirmed, '') : meant.words) ?? [];
    const reply = await replyOf(context, meant.finding);
    const question =
      digits === undefined || reply === null
        ? undefined
        : questionAt(reply.flow, reply.values, Number(digits));
    if (reply !== null && question === undefined) return askWhich(context, meant, reply);
    const said = seq === null ? null : reasonIn(wordsBehindNumber((await saidBefore(context, seq)) ?? ''));
    const reason = words.trim() !== '' ? words.trim() : (said ?? '');
    const verifier = record?.state === 'verified' ? await verifierOf(context, meant.finding) : null;
    const move = { kind: 'return' as const, question: question?.id ?? '', reason, verified: isSure };
    const moved = await makeMove(context, meant.finding, move, meant.who);
    if (moved.kind === 'refused') {
      const mayConfirm = moved.sentence.key === 'ledger:refused.return-verified';
      const sure = mayConfirm ? askSure(context, meant.finding.number, digits ?? '', seq) : undefined;
      return tellRefused(context, meant.finding, moved, sure);
    }
    if (question === undefined) return;
    const finding = { ...meant.finding, record: moved.to };
    const answer = answerLabel(question.id);
    context.replyPrivately({ lines: [lineAbout(finding, 'ledger:return.done', { answer })] });
    await tellUnit(context, finding, { answer, reason });
    if (verifier !== null)
      await tell(context, finding, [verifier], {
        step: 'unverified',
        lines: [
          lineAbout(finding, 'ledger:return.verifier', { answer, who: nameOf(meant.who.name) }),
          { key: 'ledger:reason', params: { reason } },
        ],
      });
  },
};

/** The reason in words that may begin with the answer's number. */
function reasonIn(words: string): string {
  const [, digits, reason = ''] = which.exec(words) ?? [];
  return digits === undefined ? words : reason.trim();
}

/** Asked before what somebody has verified is sent back. */
function askSure(context: CommandContext, number: number, digits: string, seq: number | null): Ask {
  const carried = seq === null ? carrying(context, '') : ` @${seq}`;
  const id = `${number} ${digits} confirm${carried}`;
  const options = [{ id, label: { key: 'ledger:tap.return-verified' } as const }];
  return { target: 'command:return', question: 'finding', options, many: false, numbered: false };
}

/** Who verified it last; null when they can't be written to as a coordinator any more. */
async function verifierOf({ run }: CommandContext, finding: LedgerFinding): Promise<Reachable | null> {
  const by = await lastBy(run, finding.id, 'verify');
  const all = await coordinatorsOf(run, finding.campaignId);
  return all.find(({ contactId }) => contactId === by) ?? null;
}

async function tellUnit(
  context: CommandContext,
  finding: Ordered,
  { answer, reason }: { answer: ReturnType<typeof answerLabel>; reason: string },
): Promise<void> {
  const { number, record } = finding;
  await tell(context, finding, await unitPeople(context, record.unit), {
    step: 'returned',
    lines: [
      lineAbout(finding, 'ledger:return.told', { answer }),
      { key: 'ledger:reason', params: { reason } },
      { key: 'ledger:return.again', params: { number } },
    ],
    tap: { command: 'reply', options: [{ id: String(number), label: { key: 'ledger:tap.again' } }] },
  });
}

interface GivenReply {
  flow: Flow;
  values: Values;
}

async function replyOf(
  { transaction, library }: CommandContext,
  { sessionId }: LedgerFinding,
): Promise<GivenReply | null> {
  if (sessionId === null) return null;
  const row = await transaction.session.findUnique({ where: { id: sessionId } });
  if (row === null) return null;
  const flow = await library.flow(row.flowId, row.flowVersion);
  return { flow, values: SessionState.parse(row.state).values };
}

/** Which answer is meant: asked, with the reason that was given already. */
function askWhich(context: CommandContext, { finding, words }: Meant, { flow, values }: GivenReply): void {
  const { number } = finding;
  const asked = flow.questions.filter((one) => one.type !== 'note' && isRelevant(one, values));
  const options = asked.map((question, index) => ({
    id: carrying(context, `${number} ${index + 1}`),
    label: answerLabel(question.id),
  }));
  context.replyPrivately({
    lines: [
      lineAbout(finding, 'ledger:return.which'),
      { key: 'ledger:return.which.how', params: { number } },
    ],
    // Without a reason there is nothing to go on with: it is told to be written with the number.
    ...(words === ''
      ? {}
      : {
          ask: {
            target: 'command:return',
            question: 'finding',
            options,
            many: false,
            numbered: false,
          },
        }),
  });
}
