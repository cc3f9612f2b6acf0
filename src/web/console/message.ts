import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Inbound } from '../../channels/channel.ts';
import { openStamps } from '../../channels/console/stamp.ts';
import {
  PostedPhoto,
  PostedText,
  photoToInbound,
  textMax,
  textToInbound,
} from '../../channels/console/to-inbound.ts';
import { mediaTypes, tableTypes } from '../../conversation/files.ts';
import { type ConsoleDoors, mayTalk } from './doors.ts';
import { type Fault, refuse } from './fault.ts';

/** The largest photo or video taken, in bytes. */
export const photoBytesMax = 10 * 1024 * 1024;

/** A character takes up to six bytes in JSON (`\uXXXX`), and a little is needed around the text. */
const jsonBytesMax = textMax * 6 + 20_000;

/**
 * Takes one message: JSON for words and presses; for a photo its very bytes, with the rest in the query. Answers once
 * it is stored, `{externalId, stored}`; `stored` is false when it had been before.
 */
export function receiveMessage(doors: ConsoleDoors): (RequestHandler | ErrorRequestHandler)[] {
  const stamp = openStamps(() => doors.clock.now().getTime());
  const receive: RequestHandler = async (request, response) => {
    const read = readMessage(request.body, request.query, request.headers['content-type'] ?? '', stamp);
    if (typeof read === 'string') return refuse(response, read);
    if (!(await mayTalk(doors, read.urn, read.room ?? null))) return refuse(response, 'stranger');
    const stored = await doors.receive(read);
    doors.doorbell.ring(read.room ?? read.urn);
    response.json({ externalId: read.externalId, stored });
  };
  return [
    express.json({ limit: jsonBytesMax }),
    express.raw({ type: [...mediaTypes, ...tableTypes], limit: photoBytesMax, inflate: false }),
    tooLarge,
    receive,
  ];
}

function readMessage(body: unknown, query: unknown, mime: string, stamp: () => string): Inbound | Fault {
  if (body === undefined) return 'photo-type';
  if (!Buffer.isBuffer(body)) {
    const posted = PostedText.safeParse(body);
    if (posted.success) return textToInbound(posted.data, stamp());
    return posted.error.issues.some((issue) => issue.path[0] === 'text' && issue.code === 'too_big')
      ? 'text-long'
      : 'malformed';
  }
  if (body.length === 0) return 'empty';
  const posted = PostedPhoto.safeParse(fromQuery(query));
  if (!posted.success) return 'malformed';
  return photoToInbound(posted.data, mime.split(';', 1)[0]?.trim().toLowerCase() ?? mime, body, stamp());
}

/** A query holds strings only. */
function fromQuery(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  return { ...query, addressed: 'addressed' in query && query.addressed === 'true' };
}

const tooLarge: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (!(error instanceof Error && 'type' in error && error.type === 'entity.too.large')) return next(error);
  refuse(response, request.is('json') ? 'text-long' : 'photo-large');
};
