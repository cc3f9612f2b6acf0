import { randomUUID } from 'node:crypto';
import { type Claimed, readClaim } from '../campaign/activities/accompany.ts';
import { unitAtStart } from '../campaign/unit.ts';
import { assignmentEvent } from './assignment-event.ts';
import { beginVisit, visitsFull } from './begin-visit.ts';
import type { Command, CommandContext } from './command.ts';
import { ownActivity } from './own-activities.ts';
import type { OwnAssignment } from './own-assignments.ts';
import { unfinishedRecord } from './unfinished.ts';
import { unitsOf } from './unit-called.ts';

/** Longest matter or window kept, in characters. */
const wordsMax = 100;

/** 认领: on the spot, one matter that a citizen is applying for; the rest of the way is accompanied (JX-1.2). */
export const claim: Command = {
  name: 'claim',
  words: { 'zh-CN': ['认领', '领办'], en: ['claim'] },
  takes: 'words',
  bare: true,
  help: 'modes:claim.line',
  run: async (context, rest) => {
    const own = await ownActivity(context, 'accompany', {
      command: claim,
      rest,
      none: 'modes:claim.no-task',
    });
    if (own === null) return;
    const { task } = own;
    if (task.reportedAt !== null) return context.reply({ key: 'commands:checkin.reported' });
    const claimed = readClaim(own.rest);
    if (claimed === null) return context.reply({ key: 'modes:claim.how' });
    if (Math.max([...claimed.matter].length, [...claimed.place].length) > wordsMax)
      return context.reply({ key: 'modes:claim.too-long', params: { max: wordsMax } });
    const unfinished = await unfinishedRecord(context);
    if (unfinished !== null) return context.reply(unfinished);
    const full = visitsFull(task);
    if (full !== null) return context.reply(full);
    const id = await take(context, task, claimed);
    if (id === null) return context.reply(await takenLine(context, task, claimed));
    context.writes.audit.push(assignmentEvent(context, task, 'checked-in', { visit: task.visitsDone + 1 }));
    const { matter, place } = claimed;
    await beginVisit(context, task, {
      opening: { key: 'modes:claim.done', params: { matter, place } },
      sessionId: id,
    });
  },
};

/** @returns the session that is to be begun; null when the matter was claimed at this window already, however late in this very moment */
async function take(
  context: CommandContext,
  task: OwnAssignment,
  { matter, place, sameAs }: Claimed,
): Promise<string | null> {
  const { run, turn, at } = context;
  const sessionId = randomUUID();
  const unit = unitAtStart(await unitsOf(context, task.campaignId), place);
  const rows = await run(
    `INSERT INTO claim (activity_id, assignment_id, contact_id, session_id, matter, place, same_as, claimed_at,
       unit_id)
     VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6, $7, $8::timestamptz, $9::uuid)
     ON CONFLICT (activity_id, same_as) WHERE given_up_at IS NULL DO NOTHING RETURNING 1 AS one`,
    [task.activityId, task.id, turn.contact.id, sessionId, matter, place, sameAs, at, unit?.row.id ?? null],
  );
  return rows.length === 0 ? null : sessionId;
}

async function takenLine({ transaction, turn }: CommandContext, task: OwnAssignment, claimed: Claimed) {
  const { contactId, matter, place, session } = await transaction.claim.findFirstOrThrow({
    where: { activityId: task.activityId, sameAs: claimed.sameAs, givenUpAt: null },
    include: { session: { select: { endedAt: true } } },
  });
  const params = { matter, place };
  if (contactId !== turn.contact.id) return { key: 'modes:claim.taken', params } as const;
  // There is nothing to go on with once it is written to the end.
  return { key: session.endedAt === null ? 'modes:claim.own' : 'modes:claim.own.done', params } as const;
}
