import { type Budget, spanMs } from '../channels/channel.ts';
import { accountLane, type Candidate, type Choice, isPosted, type Lane } from '../store/outbox.ts';

export interface Limits {
  account: Budget;
  room: Budget;
  /** How many messages of the platform one of ours becomes. */
  parts: (message: Candidate) => number;
}

/**
 * Picks the messages that may go now, urgent ones first. A lane remembers when it was last written to, as many times as
 * its budget allows in one span, so that no span ever holds more. Each part of a message is booked as if it went when
 * the lane next allows it.
 *
 * @param accounts the accounts' lanes that are known
 * @param nowMs machine time
 * @param random in [0, 1), for the jitter
 */
export function chooseWithinBudgets(
  candidates: Candidate[],
  accounts: Lane[],
  { account, room, parts }: Limits,
  nowMs: number,
  random: () => number,
): Pick<Choice, 'chosen' | 'lanes'> {
  const lanes = new Map(accounts.map(({ lane, spent }) => [lane, spent.map((at) => Date.parse(at))]));
  const booked = new Set<string>();
  const chosen = candidates.filter((message) => {
    // Redrawing messages that have been answered takes no new message's place.
    if (!isPosted(message)) return true;
    // Of two messages to one address the second finds what the first has spent.
    if (message.spent !== null && !booked.has(message.address))
      lanes.set(
        message.address,
        message.spent.map((at) => Date.parse(at)),
      );
    const ways = [
      { lane: accountLane(message.address), budget: account },
      { lane: message.address, budget: room },
    ].filter(({ budget }) => budget.everyMs > 0);
    if (ways.some(({ lane, budget }) => freeAt(lanes.get(lane) ?? [], budget) > nowMs)) return false;
    const count = ways.length === 0 ? 0 : parts(message);
    for (const { lane, budget } of ways) {
      lanes.set(lane, book(lanes.get(lane) ?? [], budget, { nowMs, count, random }));
      booked.add(lane);
    }
    return true;
  });
  return {
    chosen,
    lanes: [...booked].map((lane) => ({
      lane,
      spent: (lanes.get(lane) ?? []).map((ms) => new Date(ms).toISOString()),
    })),
  };
}

/** When a lane may be written to next, ms. */
function freeAt(spent: number[], budget: Budget): number {
  const first = spent[spent.length - budget.burst];
  return first === undefined ? Number.NEGATIVE_INFINITY : first + spanMs(budget);
}

interface Booking {
  nowMs: number;
  count: number;
  random: () => number;
}

function book(spent: number[], budget: Budget, { nowMs, count, random }: Booking): number[] {
  let after = spent;
  for (let part = 0; part < count; part += 1) {
    const at = Math.max(nowMs, freeAt(after, budget)) + random() * budget.jitterMs;
    after = [...after, at].slice(-budget.burst);
  }
  return after;
}
