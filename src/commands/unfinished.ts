import { windowOf } from '../conversation/review.ts';
import { nameOf } from '../conversation/take-up.ts';
import type { Line } from '../flow/say.ts';
import { openSessionsOf } from '../store/forms.ts';
import type { CommandContext } from './command.ts';
import { isOverheard } from './private.ts';

/** What this person has begun for a task and not finished, here or elsewhere: one at a time. Null when there is nothing. */
export async function unfinishedRecord(context: CommandContext): Promise<Line | null> {
  const { run, library, turn } = context;
  const open = await openSessionsOf(run, turn.contact.id);
  // A hidden one is not named where others read along.
  const found = open.find(
    ({ assignmentId, secret }) => assignmentId !== null && (secret === null || !isOverheard(context)),
  );
  if (found === undefined) return null;
  const flow = await library.flow(found.flowId, found.flowVersion);
  const params = { window: windowOf(flow, found.state), place: nameOf(found) };
  if (found.room === (turn.room ?? '')) return { key: 'commands:checkin.unfinished', params };
  return {
    key: turn.room === null ? 'commands:checkin.unfinished.elsewhere' : 'commands:checkin.unfinished.there',
    params,
  };
}
