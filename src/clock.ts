/** Where "now" comes from: the machine, a rehearsal that runs faster, or a test that moves it by hand. */
export interface Clock {
  now(): Date;
}

export const machineClock: Clock = { now: () => new Date() };

/** A rehearsal's clock: `begin` was the moment `anchor` of the machine, and `speed` of its seconds pass in one of ours. */
export function rehearsalClock(
  begin: Date,
  anchor: Date,
  speed: number,
  machine: Clock = machineClock,
): Clock {
  return {
    now: () => new Date(begin.getTime() + Math.max(0, machine.now().getTime() - anchor.getTime()) * speed),
  };
}

/** A clock that stands still until it is moved; for the demo and the tests. */
export interface HandClock extends Clock {
  set(instant: string | Date): void;
  advance(ms: number): void;
}

export function handClock(start: string): HandClock {
  let at = new Date(start);
  return {
    now: () => at,
    set: (instant) => {
      at = new Date(instant);
    },
    advance: (ms) => {
      at = new Date(at.getTime() + ms);
    },
  };
}
