import type { Line, Option } from '../flow/say.ts';
import { newSnapshotId } from '../short-code.ts';
import { reportLater } from '../store/later.ts';
import type { Command, CommandContext } from './command.ts';
import { fileAgain } from './export.ts';
import { snapshotCalled } from './export-words.ts';
import { type Reportable, reportables, taskNumbered } from './report-choice.ts';

/** Reports that one message offers. */
const offeredMax = 12;

/**
 * 报告 文件: the report of a task or of a whole activity as a Word document in the layout that offices hand in, to the person alone.
 * One that was made before comes again by its snapshot id. Who coordinates or reads a campaign has it of every activity, inspectors and heads of their own tasks.
 */
export const reportFile: Command = {
  name: 'report-file',
  words: { 'zh-CN': ['报告 文件', '生成报告', '报告 word'], en: ['report file', 'word report'] },
  takes: /(?<=[\s:,，])\S.{0,60}|#?\d{1,9}号?/,
  bare: false,
  ofCampaign: true,
  help: 'docx:line',
  run: async (context, rest) => {
    const { campaign } = context;
    if (campaign === null || campaign.status === 'draft')
      return context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
    const said = rest.trim();
    const snapshot = snapshotCalled(said);
    if (snapshot !== null) return fileAgain(context, snapshot);
    const all = await reportables(context, campaign.id);
    if (all.length === 0) return context.replyPrivately({ lines: [{ key: 'docx:none-own' }] });
    const meant = said === '' ? all : all.filter((one) => isCalled(one, said));
    const number = /^#?(\d{1,9})号?$/.exec(said)?.[1];
    if (meant.length === 0 && number !== undefined) {
      const task = await taskNumbered(context, all, Number(number));
      if (task !== null) return make(context, task);
    }
    const [only, another] = meant;
    if (only === undefined) {
      const list = all.slice(0, offeredMax).map(nameOf);
      const params = { words: said.slice(0, 40), names: { list } };
      return context.replyPrivately({ lines: [{ key: 'docx:unknown', params }] });
    }
    if (another === undefined) return make(context, only);
    askWhich(context, meant);
  },
};

/** By its number, its code, or a part of its title (暗访 for 暗访式督查). */
function isCalled(one: Reportable, said: string): boolean {
  if (one.kind === 'task') return String(one.number) === said.replace(/^#|号$/gu, '');
  const words = said.toLowerCase();
  const titles = typeof one.title === 'string' ? [one.title] : Object.values(one.title);
  return one.code === words || titles.some((title) => title.toLowerCase().includes(words));
}

async function make(context: CommandContext, wanted: Reportable): Promise<void> {
  const { turn, run } = context;
  const { activityId, title } = wanted;
  if (wanted.visits === 0)
    return context.replyPrivately({ lines: [{ key: 'docx:none-yet', params: { title } }] });
  const task = wanted.kind === 'task' ? wanted.number : null;
  const coming: Line =
    task === null
      ? { key: 'docx:coming', params: { title } }
      : { key: 'docx:coming.task', params: { number: task } };
  context.replyPrivately({ lines: [coming] });
  // A file goes to the person's private chat: a room's members may not all see it.
  const address = turn.room === null ? turn.urn : (turn.contact.address ?? turn.urn);
  await reportLater(run, {
    key: `report-file:${turn.seq}`,
    id: newSnapshotId(),
    activityId,
    task,
    to: { contactId: turn.contact.id, address },
  });
}

function askWhich(context: CommandContext, all: readonly Reportable[]): void {
  const [first] = all;
  if (first === undefined) return;
  const options = all.slice(0, offeredMax).map(
    (one): Option => ({
      id: one.kind === 'task' ? String(one.number) : one.code,
      label: one.kind === 'task' ? named(one) : one.title,
    }),
  );
  context.replyPrivately({
    lines: [{ key: 'docx:which' }, { key: 'docx:which.how', params: { name: idOf(first) } }],
    ask: { target: 'command:report-file', question: 'report', options, many: false, numbered: true },
  });
}

const idOf = (one: Reportable) => (one.kind === 'task' ? String(one.number) : one.title);
const named = ({ number, does }: Extract<Reportable, { kind: 'task' }>) =>
  ({ key: 'docx:option.named', params: { number, does } }) as const;
const nameOf = (one: Reportable) =>
  one.kind === 'task' ? ({ key: 'docx:option.task', params: { number: one.number } } as const) : one.title;
