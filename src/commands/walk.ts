import { randomUUID } from 'node:crypto';
import { checkWalk, isWalked } from '../campaign/activities/walkthrough.ts';
import type { Line } from '../flow/say.ts';
import { addWalk, type ListedMatter, openWalk } from '../store/matters.ts';
import { beginVisit, visitsFull } from './begin-visit.ts';
import { numberIn } from './choose-assignment.ts';
import type { Command, CommandContext } from './command.ts';
import { matterLine } from './matter-lines.ts';
import { matterCalled, matterEvent, numberedMatter, type OwnMatters, ownMatters } from './own-matters.ts';
import { unfinishedRecord } from './unfinished.ts';

/** Matters offered at once. */
const offeredMax = 20;

/** 走流程: begins the record of one listed matter; what the head must do in person nobody else records (MDJ-1.2, MDJ-3.2). */
export const walk: Command = {
  name: 'walk',
  words: { 'zh-CN': ['走流程'], en: ['walk'] },
  takes: numberedMatter,
  bare: false,
  help: 'modes:walk.line',
  run: async (context, rest) => {
    const own = await ownMatters(context, walk, rest);
    if (own === null) return;
    if (own.task.reportedAt !== null) return context.reply({ key: 'commands:checkin.reported' });
    if (own.matters.length === 0) return context.reply({ key: 'modes:matters.none' });
    const number = numberIn(own.rest);
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
    const full = visitsFull(own.task);
    if (full !== null) return context.reply(full);
    await set(context, own, matter);
  },
};

function rightsTo({ turn }: CommandContext, { isHead }: OwnMatters, { delegation }: ListedMatter) {
  return { isHead, isEntrusted: delegation?.to === turn.contact.id };
}

/** What this person may walk through and nobody has yet. */
function offer(context: CommandContext, own: OwnMatters): void {
  const open = own.matters.filter(
    (matter) => !isWalked(matter) && checkWalk(matter, rightsTo(context, own, matter)) === null,
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
      options: shown.map(({ number, name }) => ({ id: `${number}${own.mark}`, label: name })),
      many: false,
      numbered: false,
      typed: true,
    },
  });
}

async function set(
  context: CommandContext,
  { task, isHead }: OwnMatters,
  matter: ListedMatter,
): Promise<void> {
  const sessionId = randomUUID();
  await addWalk(context.run, { sessionId, matterId: matter.id, byDeputy: !isHead });
  const { number, name } = matter;
  context.writes.audit.push(matterEvent(context, task, 'begun', { matter: number, byDeputy: !isHead }));
  await beginVisit(context, task, {
    opening: { key: 'modes:walk.begun', params: { number, name } },
    sessionId,
  });
}
