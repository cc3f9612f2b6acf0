import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import type { Clock } from '../clock.ts';

/** Addresses remembered at once; beyond that the one first seen is forgotten. A few MB at most. */
const addressesMax = 20_000;

/** Counts by address within a window of time. Fixed windows: whoever is refused knows when to come back. */
export interface Counter {
  add(request: Request): void;
  /** Seconds until this address may go on; 0 when it may. */
  waitSeconds(request: Request): number;
}

export interface Limit {
  /** So many within the window are let through. */
  max: number;
  windowMs: number;
}

/**
 * Refuses what one address sends beyond the limit. The whole of a hall behind one address must get through, and a flood must
 * not: it is refused before its body is read.
 * @param refuse answers instead
 */
export function limited({ max, windowMs }: Limit, clock: Clock, refuse: RequestHandler): RequestHandler {
  return rateLimit({
    windowMs,
    limit: max,
    store: boundedStore(windowMs, clock),
    keyGenerator: addressOf,
    legacyHeaders: false,
    standardHeaders: false,
    // They are checked by our own configuration (PROXIES), and told to the console of whoever runs it otherwise.
    validate: false,
    handler: (request, response, next, { windowMs: waitMs }) => {
      response.set('Retry-After', String(Math.ceil(waitMs / 1000)));
      return refuse(request, response, next);
    },
  });
}

/**
 * For what is known to count only after it was looked at, like a wrong guess.
 * @param part what is counted apart for each address; all together without
 */
export function counter(
  { max, windowMs }: Limit,
  clock: Clock,
  part?: (request: Request) => string,
): Counter {
  const store = boundedStore(windowMs, clock);
  const keyOf = (request: Request) =>
    part === undefined ? addressOf(request) : `${addressOf(request)} ${part(request)}`;
  return {
    add: (request) => void store.increment(keyOf(request)),
    waitSeconds: (request) => {
      const known = store.get(keyOf(request));
      if (known === undefined || known.totalHits < max) return 0;
      return Math.max(1, Math.ceil((known.resetTime.getTime() - clock.now().getTime()) / 1000));
    },
  };
}

/** An IPv6 network counts as one address. */
function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '');
}

interface Hits {
  totalHits: number;
  resetTime: Date;
}

interface BoundedStore extends Store {
  get(key: string): Hits | undefined;
  increment(key: string): Hits;
}

/** The library's own store holds every address of its window; this one never more than so many. */
function boundedStore(windowMs: number, clock: Clock): BoundedStore {
  const hits = new Map<string, Hits>();
  const get = (key: string) => {
    const known = hits.get(key);
    return known !== undefined && known.resetTime > clock.now() ? known : undefined;
  };
  return {
    localKeys: true,
    get,
    increment: (key) => {
      const known = get(key) ?? { totalHits: 0, resetTime: new Date(clock.now().getTime() + windowMs) };
      known.totalHits += 1;
      if (known.totalHits === 1) hits.delete(key);
      hits.set(key, known);
      const [oldest] = hits.size > addressesMax ? hits.keys() : [];
      if (oldest !== undefined) hits.delete(oldest);
      return known;
    },
    decrement: (key) => {
      const known = get(key);
      if (known !== undefined) known.totalHits -= 1;
    },
    resetKey: (key) => void hits.delete(key),
  };
}
