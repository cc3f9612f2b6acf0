import type { Request } from 'express';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Nothing runs or shows on these pages but our own files, nothing is sent anywhere else, and nobody can frame them. */
export const secureHeaders = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  'Cache-Control': 'no-store',
};

/**
 * Whether another site makes a visitor's browser send this. Browsers say so in Sec-Fetch-Site; older ones have Origin, which
 * under our own referrer policy is "null" for a form of ours.
 */
export function isForeign({ headers }: Request, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = headers;
  if (origin === undefined || origin === 'null') return false;
  const own = [`http://${host}`, `https://${host}`, new URL(publicUrl).origin];
  return !own.includes(origin);
}
