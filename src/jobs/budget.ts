import { accountOf } from '../channels/address.ts';
import type { Budget } from '../channels/channel.ts';
import type { Candidate, Choice } from '../store/outbox.ts';

/**
 * Picks the messages that may go now, urgent ones first, by the generic cell rate algorithm (GCRA): a lane is a single
 * instant, the time up to which its budget is spent.
 *
 * @param nowMs machine time
 * @param random in [0, 1), for the jitter
 */
export function chooseWithinBudgets(
  candidates: Candidate[],
  accounts: Map<string, string>,
  budgets: { account: Budget; room: Budget },
  nowMs: number,
  random: () => number,
): Choice {
  const lanes = new Map<string, number>();
  for (const [lane, tat] of accounts) lanes.set(lane, Date.parse(tat));
  const spent = new Set<string>();
  const chosen = candidates.filter((message) => {
    // Redrawing a message that has been answered takes no new message's place.
    if (message.kind === 'settle') return true;
    const account = `account:${accountOf(message.address)}`;
    // Of two messages to one address the second finds what the first has spent.
    if (message.tat !== null && !spent.has(message.address))
      lanes.set(message.address, Date.parse(message.tat));
    if (!mayGo(lanes.get(account), budgets.account, nowMs)) return false;
    if (!mayGo(lanes.get(message.address), budgets.room, nowMs)) return false;
    for (const [lane, budget] of [
      [account, budgets.account],
      [message.address, budgets.room],
    ] as const) {
      if (budget.everyMs === 0) continue;
      lanes.set(lane, Math.max(lanes.get(lane) ?? 0, nowMs) + budget.everyMs + random() * budget.jitterMs);
      spent.add(lane);
    }
    return true;
  });
  return {
    chosen,
    lanes: [...spent].map((lane) => ({ lane, tat: new Date(lanes.get(lane) ?? nowMs).toISOString() })),
  };
}

/** Whether a lane that is spent up to `tat` has room for one more now. */
function mayGo(tat: number | undefined, budget: Budget, nowMs: number): boolean {
  if (budget.everyMs === 0 || tat === undefined) return true;
  return tat - (budget.burst - 1) * budget.everyMs <= nowMs;
}
