import { awakeRow } from '../conversation/awake-row.ts';
import type { Line, Param } from '../flow/say.ts';
import { partsOf } from '../roles.ts';
import type { CampaignPerson } from '../store/campaign-people.ts';
import { type HandedOver, handOver, lockBoth, toHandOver } from '../store/hand-over.ts';
import { addTaskEvents } from '../store/task-events.ts';
import { listTasks } from '../store/task-list.ts';
import { type MovableTask, movableTasks } from '../store/task-units.ts';
import { assign } from './assign.ts';
import type { CampaignInQuestion, Command, CommandContext } from './command.ts';
import { arrow } from './forms/form.ts';
import { reassignForm } from './forms/reassign.ts';
import { type HandOver, handTasks } from './hand-tasks.ts';
import { type Called, called, tellUncalled } from './people-called.ts';
import { hiddenBySight } from './sight.ts';
import { coordinatesBy } from './task-rows.ts';

const confirmed = /[\s,，]*(?:确认|confirm)$/iu;
/** Tasks handed over at once. */
const tasksMax = 2_000;

/**
 * 移交 甲 乙: all that is open goes from one unit to another, or (on leave) from one person to another, roles and checklists under way
 * with it. Asked back first. `移交 12 桐乡市` is one task.
 */
export const reassign: Command = {
  name: 'reassign',
  words: { 'zh-CN': ['移交', '交接'], en: ['reassign', 'hand over'] },
  takes: /(?<=[\s:,，])\S.{0,120}/,
  bare: false,
  ofCampaign: true,
  help: 'desk:reassign.line',
  form: async () => ({ form: reassignForm }),
  run: async (context, rest) => {
    const said = rest.replace(confirmed, '').trim();
    const { campaign } = context;
    if (/^[#＃]?\d/u.test(said) && !said.includes(arrow)) return assign.run(context, said);
    if (said === '' || campaign === null || campaign.status !== 'published')
      return context.replyPrivately({ lines: [{ key: 'desk:reassign.how' }] });
    const both = await two(context, campaign, said);
    if (both === null) return;
    const [from, to] = both;
    const isSure = confirmed.test(rest);
    if (from.kind === 'person' && to.kind === 'person')
      return people(context, campaign, { from: from.person, to: to.person, said, isSure });
    if (from.kind === 'unit' && to.kind === 'unit')
      return units(context, { campaignId: campaign.id, from, to }, said, isSure);
    context.replyPrivately({ lines: [{ key: 'desk:reassign.mixed' }] });
  },
};

type Known = Extract<Called, { kind: 'unit' | 'person' }>;

/** “南湖区 桐乡市”, “南湖区 给 桐乡市”: wherever the words can be parted into two names. */
async function two(
  context: CommandContext,
  campaign: CampaignInQuestion,
  said: string,
): Promise<[Known, Known] | null> {
  const halves = said
    .split(said.includes(arrow) ? arrow : /\s*(?:给|->|交给|\sto\s)\s*/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const parts =
    halves.length === 2 ? halves : said.split(/\s*[,，、;；]\s*|\s+/u).filter((part) => part !== '');
  let fault: { words: string; found: Exclude<Called, Known>; field: 'from' | 'to' } | null = null;
  for (let cut = 1; cut < Math.min(parts.length, 12); cut += 1) {
    const words = [parts.slice(0, cut).join(' '), parts.slice(cut).join(' ')] as const;
    const from = await called(context, campaign, words[0]);
    const to = await called(context, campaign, words[1]);
    if (isKnown(from) && isKnown(to)) return [from, to];
    fault ??= isKnown(from) ? faultOf(words[1], to, 'to') : faultOf(words[0], from, 'from');
  }
  if (fault === null) context.replyPrivately({ lines: [{ key: 'desk:reassign.how' }] });
  else {
    context.misread.field = fault.field;
    tellUncalled(context, fault.words, fault.found);
  }
  return null;
}

function isKnown(found: Called): found is Known {
  return found.kind === 'unit' || found.kind === 'person';
}

function faultOf(words: string, found: Called, field: 'from' | 'to') {
  return isKnown(found) ? null : { words, found, field };
}

async function units(context: CommandContext, over: HandOver, said: string, isSure: boolean): Promise<void> {
  const { run } = context;
  const { from, to, campaignId } = over;
  const { all } = await hiddenBySight(context, campaignId, true);
  const own = coordinatesBy(context);
  const filter = { campaignId, secrets: all, units: [from.id], before: null };
  const listed = await listTasks(
    run,
    { ...filter, ...(own === undefined ? {} : { coordinators: own }) },
    { rows: tasksMax, from: 0 },
  );
  const tasks = await movableTasks(
    run,
    listed.tasks.map(({ id }) => id),
    to.id,
    from.id,
  );
  const free = tasks.filter(({ hindrance }) => hindrance === null);
  const params = { from: from.name, to: to.name, count: free.length };
  const stay = stayLines(tasks, over);
  if (free.length === 0)
    return context.replyPrivately({ lines: [{ key: 'desk:reassign.nothing', params }, ...stay] });
  if (!isSure) return ask(context, said, [{ key: 'desk:reassign.plan', params }, ...stay]);
  const lines = await handTasks(context, over, free, 'reassign');
  context.replyPrivately({ lines: [{ key: 'desk:reassign.done', params }, ...stay, ...lines] });
}

/** What stays where it is, and why, a line each. */
function stayLines(tasks: MovableTask[], { from, to }: HandOver): Line[] {
  return tasks.flatMap(({ hindrance, number, target }): Line[] =>
    hindrance === null
      ? []
      : [
          {
            key: 'desk:reassign.stays',
            params: {
              number,
              why: { key: `desk:stays.${hindrance}`, params: { from: from.name, to: to.name, target } },
            },
          },
        ],
  );
}

function ask(context: CommandContext, said: string, lines: Line[]): void {
  context.replyPrivately({
    lines: [...lines, { key: 'desk:reassign.confirm', params: { words: said } }],
    ask: {
      target: 'command:reassign',
      question: 'confirm',
      options: [{ id: `${said} confirm`, label: { key: 'desk:confirm' } }],
      many: false,
      numbered: false,
    },
  });
}

interface Handing {
  from: CampaignPerson;
  to: CampaignPerson;
  said: string;
  isSure: boolean;
}

async function people(
  context: CommandContext,
  { id: campaignId, title }: CampaignInQuestion,
  { from, to, said, isSure }: Handing,
): Promise<void> {
  const { run, at, turn, writes } = context;
  const say = (key: 'same' | 'none' | 'busy') =>
    context.replyPrivately({ lines: [{ key: `desk:handover.${key}`, params: { from: nameOf(from) } }] });
  if (from.id === to.id) return say('same');
  const whole = context.roles.some((held) => partsOf(held, campaignId).includes('coordinator'));
  const open = await toHandOver(run, campaignId, from.id, whole);
  if (open.roles.length === 0) return say('none');
  const params = paramsOf(from, to, open);
  if (!isSure) return ask(context, said, [{ key: 'desk:handover.plan', params }]);
  if (!(await lockBoth(run, from.id, to.id))) return say('busy');
  const done = await handOver(run, { campaignId, from: from.id, to: to.id, whole });
  const data = { from: from.id, to: to.id };
  await addTaskEvents(run, done.tasks, { kind: 'handed-over', data, at, by: turn.contact.id });
  writes.audit.push({
    ...{ at, by: turn.contact.id, kind: 'people.handed-over', campaignId, about: `contact:${from.id}` },
    data: { ...data, roles: done.roles.length, sessions: done.sessions, tasks: done.tasks.length },
  });
  await tellBoth(context, { from, to, campaignId }, [
    { key: 'desk:handover.from', params: { ...params, title } },
    { key: 'desk:handover.to', params: { ...paramsOf(from, to, done), title } },
  ]);
  const lines: Line[] = [{ key: 'desk:handover.done', params: paramsOf(from, to, done) }];
  if (done.kept > 0) lines.push({ key: 'desk:handover.kept', params: { count: done.kept } });
  context.replyPrivately({ lines });
}

async function tellBoth(
  { run, library, at, writes }: CommandContext,
  { from, to, campaignId }: { from: CampaignPerson; to: CampaignPerson; campaignId: string },
  [gone, come]: [Line, Line],
): Promise<void> {
  const facts = await library.campaign(campaignId);
  const rows = await run<{ id: string; address: string | null }>(
    `SELECT c.id::text, coalesce(c.address, (SELECT u.urn FROM urn u WHERE u.contact_id = c.id
       ORDER BY u.created_at DESC, u.urn LIMIT 1)) AS address FROM contact c WHERE c.id = ANY ($1::text[]::uuid[])`,
    [[from.id, to.id]],
  );
  for (const { id, address } of rows)
    if (address !== null)
      writes.outbox.push(
        awakeRow({ contactId: id, address }, { lines: [id === from.id ? gone : come] }, facts, at),
      );
}

function paramsOf(
  from: CampaignPerson,
  to: CampaignPerson,
  { roles, tasks, sessions }: Pick<HandedOver, 'roles' | 'tasks' | 'sessions'>,
) {
  const named = [...new Set(roles.map(({ role }) => role))];
  const list = named.map((role) => ({ key: `commands:role.${role as CampaignPersonRole}` }) as const);
  const counts = { tasks: tasks.length, sessions };
  return { from: nameOf(from), to: nameOf(to), roles: { list }, ...counts };
}

type CampaignPersonRole = Exclude<CampaignPerson['roles'][number], 'citizen'>;

function nameOf({ title }: CampaignPerson): Param {
  return title ?? { key: 'desk:who.untitled' };
}
