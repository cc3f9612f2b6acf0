import { Campaign } from '../campaign/definition.ts';
import type { DrawPlan } from '../campaign/draw/plan.ts';
import { sightOf } from '../campaign/visibility.ts';
import { isToBeDrawn } from '../conversation/drawn-matrix.ts';
import { beginDraw, type WantedDraw } from '../conversation/draws.ts';
import type { Line, Say } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { CampaignInQuestion, CommandContext } from './command.ts';
import { coordinatedCampaigns } from './coordinated.ts';
import { whatParam } from './draw-lines.ts';
import { audit, coordinates, known } from './draw-sight.ts';
import { tellWitnesses } from './draw-witness.ts';
import type { DrawWords } from './draw-words.ts';
import { noteSeen, viewerOf } from './sight.ts';
import { unitCalled } from './unit-called.ts';

type Words<Do extends DrawWords['do']> = Extract<DrawWords, { do: Do }>;

/** 抽签 窗口: from the whole register of a task's target, or of an area (JX-3.3). */
export async function beginWindows(context: CommandContext, words: Words<'windows'>): Promise<void> {
  const { of, take, each, weighted, reason } = words;
  if ('task' in of) return beginTask(context, of.task, words);
  const place = await placeCalled(context, of.place);
  if (place === null || take === null) return;
  const plan: DrawPlan = { kind: 'sample', take, each, weighted };
  const subject = { kind: 'windows', unit: place.unit, area: place.name } as const;
  await begin(context, { campaignId: place.campaignId, activity: null, subject, plan, reason });
}

/** 抽签 双随机: objects from one register, inspectors from the other. */
export async function beginTeams(context: CommandContext, words: Words<'teams'>): Promise<void> {
  const { take, each, weighted, inspectors, ownArea, reason } = words;
  const place = await placeCalled(context, words.place);
  if (place === null) return;
  const plan: DrawPlan = { kind: 'teams', take, each, weighted, inspectors };
  const subject = { kind: 'teams', unit: place.unit, area: place.name, ownArea } as const;
  await begin(context, { campaignId: place.campaignId, activity: null, subject, plan, reason });
}

/** 抽签 交叉: who inspects whom, for a draft whose file leaves it to be drawn (JX-3.5). */
export async function beginMatrix(context: CommandContext, words: Words<'matrix'>): Promise<void> {
  const { mutual, oneCycle, ownArea, reason } = words;
  const waiting = await waitingMatrices(context);
  const meant = words.activity === '' ? waiting : waiting.filter(({ code }) => code === words.activity);
  const [first, second] = meant;
  if (first === undefined) return context.reply({ key: 'draw:matrix-none' });
  if (second !== undefined)
    return context.reply({
      key: 'draw:matrix-which',
      params: { code: first.code, codes: { list: meant.map(({ code }) => code) } },
    });
  const subject = { kind: 'matrix', activity: first.code, title: first.title, ownArea } as const;
  const plan: DrawPlan = { kind: 'matrix', mutual, oneCycle };
  await begin(context, { campaignId: first.campaignId, activity: first.code, subject, plan, reason });
}

async function beginTask(
  context: CommandContext,
  number: number,
  { take, each, weighted, reason }: Words<'windows'>,
): Promise<void> {
  const task = await taskNumbered(context, number);
  if (task === null) return context.reply({ key: 'draw:task-unknown', params: { number } });
  const { activity, assignee, target } = task;
  if (take !== null && 'percent' in take) return context.reply({ key: 'draw:how.windows' });
  const count = take?.count ?? activity.visitsMax;
  const { visitsMin: min, visitsMax: max } = activity;
  if (count < min || count > max)
    return context.replyPrivately({
      lines: [{ key: 'draw:task-range', params: { number, min, max, count } }],
    });
  const subject = {
    kind: 'task',
    number,
    assigneeId: task.assigneeUnitId,
    assignee: assignee.name as Text,
    unit: target.code,
    target: target.name as Text,
  } as const;
  const plan: DrawPlan = { kind: 'sample', take: { count }, each, weighted };
  await begin(context, { campaignId: activity.campaignId, activity: activity.code, subject, plan, reason });
}

/** A task that this person may know of as a coordinator. */
async function taskNumbered(context: CommandContext, number: number) {
  const task = await context.transaction.assignment.findUnique({
    where: { number },
    include: {
      activity: true,
      assignee: { select: { name: true } },
      target: { select: { code: true, name: true } },
    },
  });
  if (task === null || !coordinates(context, task.activity.campaignId)) return null;
  if (sightOf(task.activity, { ...viewerOf(context), overheard: false }) !== 'all') return null;
  if (task.activity.hidden) noteSeen(context, [task.activity]);
  return task;
}

/** Drafts' cross-inspections without a matrix, the one of the room or of the newest draft first. */
async function waitingMatrices(
  context: CommandContext,
): Promise<{ campaignId: string; code: string; title: Text }[]> {
  const drafts = await coordinatedCampaigns(context, ['draft']);
  const rows = await context.transaction.campaign.findMany({
    where: { id: { in: drafts.map(({ id }) => id) } },
    select: { id: true, definition: true },
  });
  return drafts.flatMap(({ id }: CampaignInQuestion) => {
    const definition = rows.find((row) => row.id === id)?.definition;
    const read = Campaign.safeParse(definition);
    return (read.data?.activities ?? [])
      .filter(isToBeDrawn)
      .map((activity) => ({ campaignId: id, code: activity.id, title: activity.title }));
  });
}

async function placeCalled(
  context: CommandContext,
  place: string,
): Promise<{ campaignId: string; unit: string; name: Text } | null> {
  const { campaign } = context;
  if (campaign === null) {
    context.reply({ key: 'commands:campaign.none' });
    return null;
  }
  const found = await unitCalled(context, campaign, place);
  if (found.kind === 'unit' && coordinates(context, found.campaign.id))
    return { campaignId: found.campaign.id, unit: found.unit.code, name: found.unit.name };
  const name = place.slice(0, 40);
  const near = found.kind === 'unknown' ? found.near.map((unit) => unit.name) : [];
  const lines: Line[] =
    near.length === 0
      ? [{ key: 'draw:unit-unknown', params: { name } }]
      : [{ key: 'draw:unit-near', params: { name, candidates: { list: near } } }];
  context.replyPrivately({ lines });
  return null;
}

/**
 * Seals a seed and tells its hash: where the draw was asked for, so that others of the room have it too, but in private
 * when there is something to keep from them; then others are told the hash alone, so that somebody can witness it.
 */
export async function begin(context: CommandContext, wanted: WantedDraw): Promise<void> {
  const { run, turn, at } = context;
  const begun = await beginDraw(run, wanted, turn.contact.id, at);
  const own = await known(context, begun.draw);
  const { draw } = begun;
  if (own === null) throw new Error(`draw ${draw.code} is not known to whoever began it`);
  const what = whatParam(draw);
  if (begun.kind === 'again') {
    const params = {
      what,
      code: draw.code,
      at: { instant: (draw.doneAt ?? draw.begunAt).toISOString(), zone: draw.zone },
    };
    return context.replyPrivately({ lines: [{ key: 'draw:again', params }] });
  }
  if (begun.kind === 'begun') {
    audit(context, own, 'begun', { commitment: draw.commitment, plan: JSON.stringify(draw.plan) });
    if (begun.voided !== null) audit(context, own, 'void', { voided: begun.voided });
  }
  const isOpen = own.hidden === null && draw.activity !== null;
  const lines: Line[] = [
    { key: begun.kind === 'begun' ? 'draw:begun' : 'draw:begun.already', params: { code: draw.code, what } },
    ...(begun.kind === 'begun' && begun.voided !== null
      ? [{ key: 'draw:begun.voided', params: { code: begun.voided } } as const]
      : []),
    { key: 'draw:begun.hash', params: { commitment: draw.commitment } },
    ...(begun.kind === 'begun' && !isOpen ? await tellWitnesses(context, own) : []),
    { key: 'draw:begun.next', params: { code: draw.code } },
  ];
  const say: Say = { lines, ask: runAsk(draw.code) };
  if (isOpen) context.ask(say);
  else context.replyPrivately(say);
}

function runAsk(code: string): NonNullable<Say['ask']> {
  return {
    target: 'command:draw',
    question: 'run',
    options: [{ id: `run ${code}`, label: { key: 'draw:run.now' } }],
    many: false,
    numbered: false,
  };
}
