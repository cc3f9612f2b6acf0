import type { Request } from 'express';
import type { Keys } from '../../keys.ts';
import { openedRated, sealedRated } from './tickets.ts';

const name = 'rated';

/** How long a device knows that it has rated, seconds. What lasts is the receipt code; at a shared tablet the next one waits. */
const keptSeconds = 30 * 60;

/** What a device has rated by this very survey: cookies are kept apart by path. */
export interface RatedHere {
  receipt: string;
  /** Ms since 1970. */
  at: number;
}

/** @returns null for who has not rated here, or longer ago than the cookie is kept */
export function ratedHere(request: Request, keys: Keys, now: Date): RatedHere | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value = ''] = part.trim().split('=', 2);
    const rated = key === name ? openedRated(keys, value) : null;
    if (rated !== null && now.getTime() - rated.at <= 1000 * keptSeconds) return rated;
  }
  return null;
}

/** The only cookie there is, as Set-Cookie has it: sealed, with its time. @param secure whether people reach the page by https */
export function ratedCookie(path: string, { keys, now, secure }: Setting, receipt: string): string {
  return `${name}=${sealedRated(keys, receipt, now)}; ${scopeOf(path, keptSeconds, secure)}`;
}

interface Setting {
  keys: Keys;
  now: Date;
  secure: boolean;
}

/** Takes the cookie away. */
export function noCookie(path: string, secure: boolean): string {
  return `${name}=; ${scopeOf(path, 0, secure)}`;
}

function scopeOf(path: string, seconds: number, secure: boolean): string {
  return `Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}
