import { releaseHeld } from '../conversation/circumstances.ts';
import { lockPerson } from '../conversation/failure.ts';
import { SessionState } from '../flow/session.ts';
import type { Language, Text } from '../flow/text.ts';
import type { Person } from '../store/turns.ts';
import type { CommandContext } from './command.ts';

/**
 * Makes the sender of this message and another person one: addresses, roles, sessions and messages that wait go to the
 * one who is kept, so that a session follows the person from channel to channel.
 * @returns where the one who is kept was written to before; null when nowhere yet
 */
export async function joinPeople(context: CommandContext, kept: string): Promise<string | null> {
  const { run, turn, at } = context;
  const gone = turn.contact;
  // Theirs too, or a turn of theirs could write a session that is on its way here.
  await lockPerson(run, kept);
  const { address } = await context.transaction.contact.findUniqueOrThrow({ where: { id: kept } });
  await endDoubles(context, gone.id, kept);
  for (const statement of moves) await run(statement, [gone.id, kept]);
  await run('DELETE FROM contact WHERE id = $1::uuid', [gone.id]);
  turn.contact = await personOf(context, kept, gone.language);
  if (turn.room === null) await releaseHeld(run, kept, turn.urn, at);
  return address;
}

/** Everything that leads to a person; $1 is gone, $2 stays. A role that both have stays once. */
const moves = [
  `DELETE FROM membership m WHERE m.contact_id = $1::uuid AND EXISTS (
     SELECT FROM membership k WHERE k.contact_id = $2::uuid AND k.role = m.role
       AND k.campaign_id IS NOT DISTINCT FROM m.campaign_id AND k.unit_id IS NOT DISTINCT FROM m.unit_id)`,
  'UPDATE membership SET contact_id = $2::uuid WHERE contact_id = $1::uuid',
  'UPDATE session SET contact_id = $2::uuid WHERE contact_id = $1::uuid',
  'UPDATE urn SET contact_id = $2::uuid WHERE contact_id = $1::uuid',
  `UPDATE outbox SET contact_id = $2::uuid WHERE contact_id = $1::uuid AND status IN ('waiting', 'held')`,
  'UPDATE finding SET reported_by = $2::uuid WHERE reported_by = $1::uuid',
  'UPDATE assignment SET reported_by = $2::uuid WHERE reported_by = $1::uuid',
  'UPDATE claim SET contact_id = $2::uuid WHERE contact_id = $1::uuid',
  'UPDATE case_time SET contact_id = $2::uuid WHERE contact_id = $1::uuid',
  'UPDATE delegation SET from_contact = $2::uuid WHERE from_contact = $1::uuid',
  'UPDATE delegation SET to_contact = $2::uuid WHERE to_contact = $1::uuid',
  // One person now: nobody is entrusted by themselves.
  `UPDATE delegation SET ended_at = at
   WHERE ended_at IS NULL AND from_contact = to_contact AND to_contact = $2::uuid AND to_contact <> $1::uuid`,
  'UPDATE finding_event SET by_contact = $2::uuid WHERE by_contact = $1::uuid',
  // A record names people too: who fixed and who judged must stay known.
  `UPDATE rectification SET record = replace(record::text, $1::uuid::text, $2::uuid::text)::jsonb
   WHERE finding_id IN (SELECT finding_id FROM finding_event WHERE by_contact = $2::uuid)
     OR finding_id IN (SELECT id FROM finding WHERE reported_by = $2::uuid)`,
  'UPDATE task_event SET by_contact = $2::uuid WHERE by_contact = $1::uuid',
  // Files that somebody was given can be had again under their numbers.
  'UPDATE snapshot SET made_by = $2::uuid WHERE made_by = $1::uuid',
  'UPDATE invite SET created_by = $2::uuid WHERE created_by = $1::uuid',
  'UPDATE survey_code SET created_by = $2::uuid WHERE created_by = $1::uuid',
  'UPDATE rating_case_event SET by_contact = $2::uuid WHERE by_contact = $1::uuid',
  'UPDATE wrong_code SET contact_id = $2::uuid WHERE contact_id = $1::uuid',
];

/** Where both had the same questionnaire open in the same place, the one used last goes on and the other ends. */
async function endDoubles(
  { transaction, library, at, writes }: CommandContext,
  gone: string,
  kept: string,
): Promise<void> {
  const open = await transaction.session.findMany({
    where: { contactId: { in: [gone, kept] }, endedAt: null },
    orderBy: { activeAt: 'desc' },
  });
  const seen = new Set<string>();
  for (const { id, room, flowId, flowVersion, state } of open) {
    const place = JSON.stringify([room, flowId]);
    if (!seen.has(place)) {
      seen.add(place);
      continue;
    }
    const left: SessionState = { ...SessionState.parse(state), status: 'left', at: null, wakeAt: null };
    await transaction.session.update({
      where: { id },
      data: { status: left.status, state: left, wakeAt: null, endedAt: new Date(at) },
    });
    if ((await library.flow(flowId, flowVersion)).anonymous) writes.forgotten.push(id);
  }
}

/** The person who is kept, now writing from here; speaks the other's language when no own one was chosen. */
async function personOf(context: CommandContext, id: string, spoken: Language | null): Promise<Person> {
  const { transaction, turn, writes } = context;
  const row = await transaction.contact.findUniqueOrThrow({ where: { id } });
  const language = (row.language as Language | null) ?? spoken;
  const address = turn.room === null ? turn.urn : row.address;
  // What was learnt about the sender in this turn was learnt about nobody any more.
  writes.contacts = writes.contacts.filter((known) => known.id !== turn.contact.id);
  writes.contacts.push({
    id,
    ...(language === null ? {} : { language }),
    ...(address === null ? {} : { address }),
  });
  return { id, language, address, title: row.title as Text | null };
}
