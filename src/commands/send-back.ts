import { answerLabel } from '../conversation/reply-taken.ts';
import type { Flow } from '../flow/definition.ts';
import { isRelevant, questionAt } from '../flow/route.ts';
import { SessionState } from '../flow/session.ts';
import type { Values } from '../flow/value.ts';
import type { LedgerFinding } from '../store/ledger.ts';
import type { Command, CommandContext } from './command.ts';
import { lineAbout, type Meant, moveOrTell, problemMeant, tell, unitPeople } from './ledger-finding.ts';
import { carrying, saidBefore, withoutCarried, wordsBehindNumber } from './said-before.ts';

/** `2 照片看不清`: the answer's number, apart from the reason. "2张照片看不清" is a reason. */
const which = /^(?:第\s*)?(\d{1,2})(?:\s*题)?(?:[\s:：,，、;；]+([\s\S]*))?$/;

/** 退回: one answer of a reply will not do; it alone is asked again: `退回 12 2 照片看不清`. */
export const sendBack: Command = {
  name: 'return',
  words: { 'zh-CN': ['退回'], en: ['return', 'send back'] },
  takes: 'numbered',
  allowed: ['coordinator'],
  bare: false,
  help: 'ledger:return.line',
  run: async (context, given) => {
    const { rest, seq } = withoutCarried(given);
    const meant = await problemMeant(context, rest, 'ledger:return.how');
    if (meant === null) return;
    const { number } = meant.finding;
    const reply = await replyOf(context, meant.finding);
    const [, digits, words = ''] = which.exec(meant.words) ?? [];
    const question =
      digits === undefined || reply === null
        ? undefined
        : questionAt(reply.flow, reply.values, Number(digits));
    if (reply !== null && question === undefined) return askWhich(context, meant, reply);
    const said = seq === null ? null : await saidBefore(context, seq);
    const reason = words.trim() !== '' ? words.trim() : wordsBehindNumber(said ?? '');
    const move = { kind: 'return' as const, question: question?.id ?? '', reason };
    const finding = await moveOrTell(context, meant, move);
    if (finding === null || question === undefined) return;
    const answer = answerLabel(question.id);
    context.replyPrivately({ lines: [lineAbout(finding, 'ledger:return.done', { answer })] });
    await tell(context, finding, await unitPeople(context, finding.record.unit), {
      step: 'returned',
      lines: [
        lineAbout(finding, 'ledger:return.told', { answer }),
        { key: 'ledger:reason', params: { reason } },
        { key: 'ledger:return.again', params: { number } },
      ],
      tap: { command: 'reply', options: [{ id: String(number), label: { key: 'ledger:tap.again' } }] },
    });
  },
};

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
