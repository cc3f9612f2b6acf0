import { checkDelegation } from '../campaign/activities/walkthrough.ts';
import type { Line } from '../flow/say.ts';
import {
  acceptDelegation,
  delegationByCode,
  endDelegation,
  lockMatters,
  mattersOf,
  peopleBoundTo,
} from '../store/matters.ts';
import type { CommandContext } from './command.ts';
import { standingOf } from './entrust.ts';
import { tellDeputy } from './entrusted.ts';
import { deputyName, matterEvent } from './own-matters.ts';

/**
 * Somebody was bound by the code of a delegation: from now on they are entrusted with the matter, unless that may not be any
 * more (MDJ-1.2: it was flagged meanwhile). Call it once they are a member. @returns what they are told; none for other codes
 */
export async function takeDelegation(context: CommandContext, code: string): Promise<Line[]> {
  const { run, turn, at, writes, transaction } = context;
  const known = await delegationByCode(run, code);
  if (known === null) return [];
  await lockMatters(run, known);
  const offered = await delegationByCode(run, code);
  if (offered === null) return [];
  const { number, name, from } = offered;
  const matters = await mattersOf(run, offered);
  const pair = { from, to: turn.contact.id };
  const refused = checkDelegation(offered, pair, standingOf({ matters }, offered));
  if (refused !== null) {
    await endDelegation(run, offered.id, at);
    return [refused];
  }
  await acceptDelegation(run, offered.id, turn.contact.id);
  const task = await transaction.assignment.findFirst({
    where: { activityId: offered.activityId, assigneeUnitId: offered.unitId },
    select: { id: true, activity: { select: { campaignId: true } } },
  });
  if (task === null) return [];
  const about = { id: task.id, campaignId: task.activity.campaignId };
  writes.audit.push(matterEvent(context, about, 'entrusted', { matter: number, to: turn.contact.id }));
  const people = await peopleBoundTo(run, offered.unitId);
  const deputy = deputyName(people.find(({ id }) => id === turn.contact.id) ?? { title: offered.title });
  await tellDeputy(context, { task: about, people }, from, {
    key: 'modes:entrust.joined',
    params: { number, name, deputy },
  });
  return [{ key: 'modes:entrust.yours', params: { number, name } }];
}
