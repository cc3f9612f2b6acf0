import { randomUUID } from 'node:crypto';
import { checkWalk } from '../campaign/activities/walkthrough.ts';
import { begin } from '../conversation/begin.ts';
import { counted, counters } from '../conversation/mode-words.ts';
import type { Line } from '../flow/say.ts';
import { addWalk, type ListedMatter, openWalk } from '../store/matters.ts';
import type { Command, CommandContext } from './command.ts';
import { isDone, matterLine } from './matter-lines.ts';
import { numberIn } from './own-assignments.ts';
import { matterCalled, matterEvent, type OwnMatters, ownMatters } from './own-matters.ts';
import { unfinishedRecord } from './unfinished.ts';

/** Matters offered at once. */
const offeredMax = 20;

/** 走流程: begins the record of one listed matter; what the head must do in person nobody else records (MDJ-1.2, MDJ-3.2). */
export const walk: Command = {
  name: 'walk',
  words: { 'zh-CN': ['走流程'], en: ['walk'] },
  takes: /#?\d{1,4}\s*号?(?:事项)?/,
  allowed: ['inspector', 'leader'],
  bare: false,
  help: 'modes:walk.line',
  run: async (context, rest) => {
    const own = await ownMatters(context);
    if (own === null) return;
    if (own.task.reportedAt !== null) return context.reply({ key: 'commands:checkin.reported' });
    if (own.matters.length === 0) return context.reply({ key: 'modes:matters.none' });
    const number = numberIn(rest);
    if (number === null) return offer(context, own);
    const matter = matterCalled(context, own, number);
    if (matter === null) return;
    const refused = checkWalk(matter, rightsTo(context, own, matter));
    if (refused !== null) return context.reply(refused);
    const unfinished = await unfinishedRecord(context);
    if (unfinished !== null) {
      const isSame = (await openWalk(context.run, matter.id, context.turn.contact.id)) !== null;
      return context.reply(isSame ? { key: 'modes:walk.open', params: { name: matter.name } } : unfinished);
    }
    const { visitsDone, visitsMax, mode } = own.task;
    if (visitsDone >= visitsMax)
      return context.reply({
        key: 'conversation:visits.full',
        params: { done: counted(mode, visitsDone), max: visitsMax, ...counters(mode) },
      });
    await set(context, own, matter);
  },
};

function rightsTo({ turn }: CommandContext, { isHead }: OwnMatters, { delegation }: ListedMatter) {
  return { isHead, isEntrusted: delegation?.to === turn.contact.id };
}

/** What this person may walk through and nobody has yet. */
function offer(context: CommandContext, own: OwnMatters): void {
  const open = own.matters.filter(
    (matter) => !isDone(matter) && checkWalk(matter, rightsTo(context, own, matter)) === null,
  );
  if (open.length === 0) {
    context.reply({ key: own.isHead ? 'modes:walk.all-done' : 'modes:walk.none-entrusted' });
    return;
  }
  const shown = open.slice(0, offeredMax);
  const left = open.length - shown.length;
  const lines: Line[] = [{ key: 'modes:walk.which' }, ...shown.map(matterLine)];
  if (left > 0) lines.push({ key: 'modes:walk.more', params: { left } });
  context.ask({
    lines: [...lines, { key: 'modes:walk.how', params: { number: shown[0]?.number ?? 1 } }],
    ask: {
      target: 'command:walk',
      question: 'matter',
      options: shown.map(({ number, name }) => ({ id: String(number), label: name })),
      many: false,
      numbered: false,
    },
  });
}

async function set(
  context: CommandContext,
  { task, isHead }: OwnMatters,
  matter: ListedMatter,
): Promise<void> {
  const { library, turn, at, writes, transaction, run } = context;
  await transaction.assignment.updateMany({
    where: { id: task.id, acknowledgedAt: null },
    data: { acknowledgedAt: at },
  });
  const sessionId = randomUUID();
  await addWalk(run, { sessionId, matterId: matter.id, byDeputy: !isHead });
  writes.audit.push(matterEvent(context, task, 'begun', { matter: matter.number, byDeputy: !isHead }));
  const { number, name } = matter;
  await begin(
    library,
    {
      ...task,
      sessionId,
      assignmentId: task.id,
      unitId: task.targetId,
      person: turn.contact,
      place: { urn: turn.urn, room: turn.room },
      at,
      others: turn.sessions,
      opening: [{ key: 'modes:walk.begun', params: { number, name } }],
    },
    writes,
  );
}
