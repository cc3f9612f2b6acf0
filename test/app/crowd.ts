import { people, repliesOf } from './fifty.ts';
import type { Service } from './program.ts';

/** One message that the service has acknowledged. */
export interface Sent {
  id: string;
  text: string;
}

/**
 * People who fill in one checklist after another, each reply sent as soon as the one before it is acknowledged. What was
 * not acknowledged they send again, with the same id, to the service's successor: as a platform does.
 */
export interface Crowd {
  /** What was acknowledged, by person, in the order sent. */
  sent: Map<string, Sent[]>;
  counts: { acknowledged: number; again: number; storedBefore: number };
  /** Walks from window to window. @returns how many were visited once `finish` was called */
  walk(urn: string): Promise<number>;
  /** Calls `act` in the moment of the n-th acknowledgement from now. */
  after(count: number, act: () => void): void;
  /** Everybody talks to this service from now on. */
  meet(service: Service): void;
  /** The service is gone; the next is waited for. */
  part(): void;
  /** Nobody begins another visit, and a service that hangs up is a fault. */
  finish(): void;
}

export function openCrowd(): Crowd {
  const sent = new Map<string, Sent[]>(people.map(({ urn }) => [urn, []]));
  const counts = { acknowledged: 0, again: 0, storedBefore: 0 };
  let here = gate<Presence>();
  let gone = gate<void>();
  let due = { at: Number.POSITIVE_INFINITY, act: () => {} };
  let finishing = false;

  function acknowledged(urn: string, message: Sent): void {
    sent.get(urn)?.push(message);
    counts.acknowledged += 1;
    if (counts.acknowledged === due.at) due.act();
  }

  async function say(urn: string, message: Sent): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const { origin, parted } = await here.passed;
      const reply = await post(origin, urn, message).catch((fault: Error) => {
        if (finishing) throw fault;
        return null;
      });
      if (reply === null) {
        await parted;
        continue;
      }
      if (tries > 0) counts.again += 1;
      if (!reply.stored) counts.storedBefore += 1;
      return acknowledged(urn, message);
    }
  }

  return {
    sent,
    counts,
    walk: async (urn) => {
      let visit = 0;
      for (; visit === 0 || !finishing; visit += 1)
        for (const [index, text] of ['签到', ...repliesOf(urn, visit)].entries())
          await say(urn, { id: `visit-${visit}-reply-${index}`, text });
      return visit;
    },
    after: (count, act) => {
      due = { at: counts.acknowledged + count, act };
    },
    meet: ({ origin }) => here.open({ origin, parted: gone.passed }),
    part: () => {
      here = gate();
      gone.open();
      gone = gate();
    },
    finish: () => {
      finishing = true;
    },
  };
}

/** A service, and the moment it is known to be gone. */
interface Presence {
  origin: string;
  parted: Promise<void>;
}

/** @throws when there is no answer, or another than yes */
async function post(origin: string, as: string, { id, text }: Sent): Promise<{ stored: boolean }> {
  const response = await fetch(`${origin}/console/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin },
    body: JSON.stringify({ id, as, text }),
  });
  const body = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${body}`);
  return JSON.parse(body);
}

interface Gate<Value> {
  passed: Promise<Value>;
  open(value: Value): void;
}

function gate<Value>(): Gate<Value> {
  let open: (value: Value) => void = () => {};
  const passed = new Promise<Value>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}
