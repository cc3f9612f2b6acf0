import { recallVisit } from '../conversation/recall-visit.ts';
import type { Text } from '../flow/text.ts';
import { numberIn } from './choose-assignment.ts';
import type { Command, CommandContext } from './command.ts';
import { ownCovert } from './own-covert.ts';
import { isOverheard } from './private.ts';

/**
 * 撤回暗访: the coordinators of a secret activity take back a visit that was sent and not begun. In private chat only;
 * whoever coordinates none hears the same as if there were none (JX-4.4).
 */
export const recall: Command = {
  name: 'recall',
  words: { 'zh-CN': ['撤回暗访', '撤回抽查'], en: ['recall visit'] },
  takes: /#?\d{1,9}\s*号?/,
  bare: false,
  ofCampaign: true,
  help: 'modes:recall.line',
  run: async (context, rest) => {
    if (isOverheard(context)) return context.reply({ key: 'modes:visit.in-private' });
    const { campaign } = context;
    const own = await ownCovert(context, campaign);
    if (campaign === null || own.length === 0) return context.reply({ key: 'modes:visit.none' });
    const number = numberIn(rest);
    if (number === null) return context.reply({ key: 'modes:recall.how' });
    const task = await context.transaction.assignment.findFirst({
      where: { number, activityId: { in: own.map(({ id }) => id) } },
      select: { id: true, activityId: true, assignee: true, target: true },
    });
    const activity = own.find(({ id }) => id === task?.activityId);
    if (task === null || activity === undefined)
      return context.reply({ key: 'modes:recall.unknown', params: { number } });
    const [assignee, target] = [task.assignee, task.target].map(({ id, code, name }) => ({
      id,
      code,
      name: name as Text,
    }));
    if (assignee === undefined || target === undefined) throw new Error(`task ${number} lacks its units`);
    const visit = { id: task.id, number, assignee, target };
    const recalled = await recallVisit(context, activity, visit);
    const params = { number, assignee: assignee.name, target: target.name };
    if (recalled.kind === 'kept') return context.reply({ key: `modes:recall.${recalled.why}`, params });
    note(context, activity, visit);
    const { people, toldAt, left } = recalled;
    context.reply(
      { key: 'modes:recall.done', params: { ...params, people } },
      ...(left > 0
        ? [{ key: 'modes:recall.left', params: { left, wanted: activity.rules.inspectors } } as const]
        : []),
      ...(people > 0 && toldAt > context.at
        ? [{ key: 'modes:visit.later', params: { at: { instant: toldAt, zone: campaign.zone } } } as const]
        : []),
    );
  },
};

/** What the audit log keeps: who took back which number, and nothing of where it was to go. */
function note(
  { at, turn, writes }: CommandContext,
  { id: secret, campaignId }: { id: string; campaignId: string },
  { id, number }: { id: string; number: number },
): void {
  const event = {
    at,
    by: turn.contact.id,
    kind: 'assignment.recalled' as const,
    campaignId,
    about: `assignment:${id}`,
  };
  writes.audit.push({ ...event, data: { number }, secret });
}
