import { problemMax } from '../campaign/finding.ts';
import type { Text } from '../flow/text.ts';
import { assignmentEvent } from './assignment-event.ts';
import { chooseAssignment, numberIn } from './choose-assignment.ts';
import type { Command, CommandContext } from './command.ts';
import { type OwnAssignment, ownAssignments } from './own-assignments.ts';
import { saidBefore } from './said-before.ts';

/** 发现问题: something an inspector saw that no question of the checklist asks for, in own words, with photos if any. */
export const finding: Command = {
  name: 'finding',
  words: { 'zh-CN': ['发现问题', '登记问题', '上报问题'], en: ['problem', 'finding', 'report a problem'] },
  takes: 'words',
  bare: true,
  help: 'commands:finding.line',
  run: async (context, rest) => {
    const said =
      context.turn.body.press === undefined ? readSaid(context, rest) : await readSaidBefore(context, rest);
    if (said === null) return context.reply({ key: 'commands:finding.how' });
    if ([...said.problem].length > problemMax)
      return context.reply({ key: 'commands:finding.too-long', params: { max: problemMax } });
    const task = (await inHand(context, said)) ?? (await chosen(context, said));
    if (task === null) return;
    context.concern.campaignId = task.campaignId;
    if (await isRecorded(context, task, said))
      return context.reply({ key: 'commands:finding.already', params: { problem: said.problem } });
    context.writes.findings.push({
      campaignId: task.campaignId,
      assignmentId: task.id,
      unitId: (await claimedUnit(context, task)) ?? task.targetId,
      sessionId: null,
      question: null,
      problem: said.problem,
      value: null,
      reportedBy: context.turn.contact.id,
      attachments: said.attachments,
      place: context.turn.room ?? '',
      at: context.at,
    });
    context.writes.audit.push(
      assignmentEvent(context, task, 'finding-opened', { files: said.attachments.length }),
    );
    reply(context, task, said);
  },
};

/** What was seen, and the message that said so. `number`: the task it was said about. */
interface Said {
  seq: number;
  number: number | null;
  problem: string;
  attachments: string[];
}

/** `发现问题 #3 窗口无人`: a number that is marked as one names the task; "3个窗口没人" does not. */
const marked = /^(?:#|＃|no\.?\s*)(\d{1,9})[\s:：,，]+([\s\S]+)$|^(\d{1,9})号[\s:：,，]+([\s\S]+)$/i;

function readSaid({ turn }: CommandContext, rest: string): Said | null {
  const match = marked.exec(rest);
  const problem = (match?.[2] ?? match?.[4] ?? rest).trim();
  const attachments = turn.attachments.flatMap(({ id, status }) => (status === 'stored' ? [id] : []));
  return problem === ''
    ? null
    : { seq: turn.seq, number: match === null ? null : numberIn(rest), problem, attachments };
}

/** The task was asked for and tapped: the words are in the earlier message, which only its sender can point at. */
async function readSaidBefore(context: CommandContext, rest: string): Promise<Said | null> {
  const [number, seq] = rest.split(' ').map(Number);
  if (number === undefined || seq === undefined || !Number.isSafeInteger(seq)) return null;
  const text = await saidBefore(context, seq);
  if (text === null) return null;
  const files = await context.transaction.attachment.findMany({
    where: { messageSeq: seq, status: 'stored' },
    select: { id: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  const problem = wordsAfterCommand(text);
  return problem === '' ? null : { seq, number, problem, attachments: files.map(({ id }) => id) };
}

/** The sentence of a message that gave this command. */
function wordsAfterCommand(text: string): string {
  const words = [finding.name, ...finding.words['zh-CN'], ...finding.words.en].sort(
    (a, b) => b.length - a.length,
  );
  const lead = new RegExp(`^\\s*(?:(?:duban|督办)[\\s:：,，]+)?(?:${words.join('|')})[\\s:：,，]*`, 'iu');
  return text.replace(lead, '').trim();
}

/** Where a matter of this task is being accompanied, the unit that its place names (commands/claim.ts). */
async function claimedUnit({ run, turn }: CommandContext, task: OwnAssignment): Promise<string | null> {
  const open = turn.sessions.find(({ assignmentId }) => assignmentId === task.id);
  if (open === undefined) return null;
  const [row] = await run<{ unit: string | null }>(
    'SELECT unit_id::text AS unit FROM claim WHERE session_id = $1::uuid',
    [open.id],
  );
  return row?.unit ?? null;
}

/** The task whose checklist is being filled in here. */
async function inHand(context: CommandContext, { number }: Said): Promise<OwnAssignment | null> {
  if (number !== null) return null;
  const id = context.turn.sessions.find(({ assignmentId }) => assignmentId !== null)?.assignmentId;
  if (id === undefined) return null;
  return (await ownAssignments(context)).find((task) => task.id === id) ?? null;
}

function chosen(context: CommandContext, { number, seq }: Said): Promise<OwnAssignment | null> {
  return chooseAssignment(context, {
    command: 'finding',
    rest: number === null ? '' : String(number),
    fits: ({ reportedAt }) => reportedAt === null,
    none: 'commands:finding.reported',
    which: 'commands:finding.which',
    carry: String(seq),
  });
}

/** Said twice by the same person, of the same task, it is one problem: sent again, or the option tapped again. */
async function isRecorded(context: CommandContext, task: OwnAssignment, { problem }: Said): Promise<boolean> {
  const { transaction, turn } = context;
  const where = {
    assignmentId: task.id,
    reportedBy: turn.contact.id,
    problem: { equals: problem },
    sessionId: null,
  };
  return (await transaction.finding.count({ where })) > 0;
}

function reply(context: CommandContext, task: OwnAssignment, { problem, attachments }: Said): void {
  const target: Text = task.targetName;
  const photos = attachments.length;
  if (photos === 0) context.reply({ key: 'commands:finding.done', params: { target, problem } });
  else context.reply({ key: 'commands:finding.done.photos', params: { target, problem, photos } });
}
