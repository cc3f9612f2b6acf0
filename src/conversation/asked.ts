import type { Ask } from '../flow/say.ts';
import type { InboxBody, WaitingTurn } from '../store/turns.ts';
import type { Run } from '../store/writes.ts';

/** How long a yes in words still is one to what a command asked, ms. */
const freshMs = 10 * 60_000;

/**
 * What a person would have tapped who says yes to what a command asked them last in this place: the option that confirms.
 * Null when nothing was asked lately, or nothing that yes is an answer to.
 */
export async function confirmationAsked(
  run: Run,
  { contact, urn, room }: Pick<WaitingTurn, 'contact' | 'urn' | 'room'>,
  at: string,
): Promise<NonNullable<InboxBody['press']> | null> {
  const since = new Date(Date.parse(at) - freshMs).toISOString();
  const [row] = await run<{ ask: Pick<Ask, 'target' | 'question' | 'options'> }>(
    `SELECT say -> 'ask' AS ask FROM outbox
     WHERE contact_id = $1::uuid AND address = $2 AND starts_with(say #>> '{ask,target}', 'command:')
       AND created_at >= $3::timestamptz
     ORDER BY seq DESC LIMIT 1`,
    [contact.id, room ?? urn, since],
  );
  const option = row?.ask.options.find(({ id }) => /(?:^| )confirm\b/.test(id));
  return row === undefined || option === undefined
    ? null
    : { target: row.ask.target, question: row.ask.question, options: [option.id] };
}
