import type { Request, Response } from 'express';

const name = 'desk';
/** Sent along from a link in a chat, but with no form of another site. Gone with the browser; the database ends it sooner. */
const kept = { httpOnly: true, sameSite: 'lax', path: '/desk' } as const;

/** What the browser says who it is; null when it says nothing. */
export function cookieIn(request: Request): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value = ''] = part.trim().split('=', 2);
    if (key === name && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}

/** @param secure whether people reach the page by https */
export function keepCookie(response: Response, value: string, secure: boolean): void {
  response.cookie(name, value, { ...kept, secure });
}

export function dropCookie(response: Response): void {
  response.clearCookie(name, kept);
}
