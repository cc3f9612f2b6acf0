import type { NextFunction, Request, Response } from 'express';
import { refuse } from './fault.ts';
import { words } from './words.ts';

/**
 * Nothing but our own files runs on the page, and nothing of it can be shown inside another. Trusted Types make the
 * browser refuse any markup made from text, so that a slip of ours cannot turn a message into a script.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

export function secureHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.set({
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    // Names of files do not change with their content: ask each time, and mostly hear 304.
    'Cache-Control': 'no-cache',
  });
  next();
}

/** Refuses names that another site had pointed at this machine (DNS rebinding): a browser sends them as Host. */
export function ownHostOnly(request: Request, response: Response, next: NextFunction): void {
  if (/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(request.headers.host ?? '')) next();
  else
    response
      .status(403)
      .type('text/plain')
      .send(`${words['zh-CN']['loopback-only']}\n${words.en['loopback-only']}\n`);
}

/** Refuses what a page of another site asks for, even one on another port of this machine. */
export function ownPagesOnly(request: Request, response: Response, next: NextFunction): void {
  const from = request.headers['sec-fetch-site'];
  if (from === undefined || from === 'same-origin' || from === 'none') next();
  else refuse(response, 'origin');
}

/** Refuses posts that do not come from this very page (CSRF). Browsers send Origin with every post. */
export function ownOriginOnly(request: Request, response: Response, next: NextFunction): void {
  const { origin, host } = request.headers;
  if (origin === `http://${host}` || origin === `https://${host}`) next();
  else refuse(response, 'origin');
}
