import type { ErrorRequestHandler, Response } from 'express';
import type { ConsoleDoors } from './doors.ts';

/** Why a request was refused: a code, for which the page has the words, and its HTTP status. */
const statuses = {
  empty: 400,
  malformed: 400,
  origin: 403,
  'photo-large': 413,
  'photo-type': 415,
  stranger: 403,
  'text-long': 413,
  unstored: 500,
};
export type Fault = keyof typeof statuses;

export function refuse(response: Response, fault: Fault): void {
  response.status(statuses[fault]).json({ fault });
}

/**
 * The last handler. What Express knows the status of is the sender's fault; all else is ours, logged without the
 * words of the message.
 */
export function answerFaults(log: ConsoleDoors['log']): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
    if (status >= 400 && status < 500) {
      response.status(status).json({ fault: 'malformed' satisfies Fault });
      return;
    }
    log.error({ err: error }, 'the console could not do what a page asked for');
    refuse(response, 'unstored');
  };
}
