import { type Timers, TooLate, within } from './timers.ts';

/** One attempt at being connected; never used again once closed. */
export interface Link {
  start(): Promise<void>;
  /** Asks for a sign of life. May throw. */
  ding(): void;
  /** Lets go of everything; must be bounded in time and must not throw. */
  close(): Promise<void>;
}

/** What a link tells its supervisor. None of these throws. */
export interface Signs {
  /** Something was heard. */
  alive(): void;
  /** Something went wrong that may or may not matter: it is asked whether it is still there. */
  suspect(): void;
  /** It is over. */
  broken(reason: string): void;
}

/** How long what may take; all in ms. */
export interface Patience {
  startMsMax: number;
  /** Without any sign for so long, it is asked for one. */
  silenceMsMax: number;
  /** How long the answer may take. */
  dongMsMax: number;
  /** A link that held for so long starts the waiting times anew. */
  steadyMs: number;
  /** Waiting times between attempts; the last one repeats. */
  backoffMs: readonly [number, ...number[]];
}

export const patience: Patience = {
  startMsMax: 30_000,
  silenceMsMax: 45_000,
  dongMsMax: 10_000,
  steadyMs: 60_000,
  backoffMs: [1_000, 2_000, 5_000, 10_000, 30_000, 60_000],
};

export interface Supervisor {
  start(): void;
  /** Resolves when the link is closed. */
  stop(): Promise<void>;
  connected(): boolean;
}

export interface SupervisorOptions {
  /** Makes a fresh link; may fail. Its signs may come at any time, also late. */
  open: (signs: Signs) => Promise<Link>;
  timers: Timers;
  patience: Patience;
  /** The link answered: it can be used. */
  up: () => void;
  /** The link is gone or could not be had; called for each attempt. */
  down: (reason: string) => void;
  /** What may be said of a fault thrown by `open` or `start`. */
  explain: (fault: unknown) => string;
}

/**
 * Keeps one link up for as long as it is wanted. A puppet whose server died may never connect again by itself, and may
 * go on looking started, so a link counts only while it answers, and a new one is made for each attempt: what the
 * library leaves behind in an old one can't harm the next.
 */
export function supervise(options: SupervisorOptions): Supervisor {
  const { timers } = options;
  let connected = false;
  let running: { stop: AbortController; done: Promise<void> } | undefined;

  async function run(stop: AbortSignal): Promise<void> {
    let failures = 0;
    while (!stop.aborted) {
      const { reason, heldMs } = await live(stop);
      if (stop.aborted) return;
      if (heldMs >= options.patience.steadyMs) failures = 0;
      options.down(reason);
      const waits = options.patience.backoffMs;
      await timers.sleep(waits[Math.min(failures, waits.length - 1)] ?? waits[0], stop);
      failures += 1;
    }
  }

  /** The life of one link, from opening to closing. */
  async function live(stop: AbortSignal): Promise<{ reason: string; heldMs: number }> {
    const ear = openEar(timers, stop);
    let link: Link | undefined;
    let upAt: number | undefined;
    const held = () => (upAt === undefined ? 0 : timers.now() - upAt);
    try {
      link = await options.open(ear.signs);
      await within(timers, options.patience.startMsMax, 'connecting', Promise.race([link.start(), ear.over]));
      if (!ear.heard() && !(await answers(link, ear))) return { reason: 'no sign of life', heldMs: 0 };
      upAt = timers.now();
      connected = true;
      options.up();
      return { reason: await untilTrouble(link, ear), heldMs: held() };
    } catch (fault) {
      const said = fault instanceof TooLate ? fault.message : options.explain(fault);
      return { reason: ear.reason() ?? said, heldMs: held() };
    } finally {
      connected = false;
      ear.close();
      await link?.close();
    }
  }

  async function untilTrouble(link: Link, ear: Ear): Promise<string> {
    for (;;) {
      await ear.silence(options.patience.silenceMsMax);
      if (ear.reason() !== undefined) return ear.reason() ?? '';
      if (!(await answers(link, ear))) return ear.reason() ?? 'no sign of life';
    }
  }

  async function answers(link: Link, ear: Ear): Promise<boolean> {
    const answer = ear.sound(options.patience.dongMsMax);
    try {
      link.ding();
    } catch {
      return false;
    }
    return answer;
  }

  return {
    start() {
      if (running !== undefined) return;
      const stop = new AbortController();
      running = { stop, done: run(stop.signal) };
    },
    async stop() {
      const current = running;
      running = undefined;
      current?.stop.abort();
      await current?.done;
    },
    connected: () => connected,
  };
}

/** Listens to the signs of one link. */
interface Ear {
  signs: Signs;
  heard(): boolean;
  /** Why it is over, if it is. */
  reason(): string | undefined;
  /** Rejects when it is over. */
  over: Promise<never>;
  /** No longer needed. */
  close(): void;
  /** Resolves when nothing was heard for so long, on a suspicion, or when it is over. */
  silence(ms: number): Promise<void>;
  /** Whether something is heard within so long. */
  sound(ms: number): Promise<boolean>;
}

function openEar(timers: Timers, stop: AbortSignal): Ear {
  let sounds = 0;
  let suspected = false;
  let reason: string | undefined;
  let wake = () => {};
  let end: (fault: Error) => void = () => {};
  const over = new Promise<never>((_, reject) => {
    end = reject;
  });
  over.catch(() => {});

  function broken(why: string): void {
    if (reason !== undefined) return;
    reason = why;
    end(new Error(why));
    wake();
  }
  const leave = () => broken('stopping');
  if (stop.aborted) leave();
  else stop.addEventListener('abort', leave, { once: true });

  /** Resolves at the next sign, or after `ms`. */
  async function nextSign(ms: number): Promise<void> {
    const sign = new AbortController();
    wake = () => sign.abort();
    await timers.sleep(ms, sign.signal);
  }

  return {
    signs: {
      alive: () => {
        sounds += 1;
        wake();
      },
      suspect: () => {
        suspected = true;
        wake();
      },
      broken,
    },
    heard: () => sounds > 0,
    reason: () => reason,
    over,
    close: () => stop.removeEventListener('abort', leave),
    async silence(ms) {
      suspected = false;
      let before = -1;
      while (reason === undefined && !suspected && before !== sounds) {
        before = sounds;
        await nextSign(ms);
      }
    },
    async sound(ms) {
      const before = sounds;
      const deadline = timers.now() + ms;
      while (reason === undefined && sounds === before && timers.now() < deadline)
        await nextSign(deadline - timers.now());
      return sounds > before && reason === undefined;
    },
  };
}
