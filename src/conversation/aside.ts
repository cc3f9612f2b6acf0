import type { Line } from '../flow/say.ts';
import { step } from '../flow/step.ts';
import type { Library } from '../store/library.ts';
import type { OpenSession } from '../store/turns.ts';
import type { Writes } from '../store/writes.ts';
import { sessionRow } from './outcome.ts';

/**
 * Sets aside the other forms open in a place where one begins or goes on, so that no answer can slide from one into another.
 * @returns what to say about those that were being filled in
 */
export async function putAside(
  library: Library,
  writes: Writes,
  others: OpenSession[],
  at: string,
): Promise<Line[]> {
  const lines: Line[] = [];
  // They spoke before the one that goes on now: that one must come first when the next message is read.
  const before = new Date(Date.parse(at) - 1).toISOString();
  for (const session of others) {
    const flow = await library.flow(session.flowId, session.flowVersion);
    const { zone } = await library.campaign(session.campaignId);
    const taken = step(flow, session.state, { kind: 'aside', at }, { zone });
    if (!taken.understood) continue;
    writes.moved.push(sessionRow(taken, session.id, session.address, before));
    if (session.state.status === 'live')
      lines.push({ key: 'conversation:set-aside', params: { title: flow.title } });
  }
  return lines;
}
