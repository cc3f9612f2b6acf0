import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import { historyMax } from '../../channels/console/entry.ts';
import { type Cursors, cursorsFrom, cursorsTo } from './cursors.ts';
import { type ConsoleDoors, conversationsOf } from './doors.ts';
import { dueConversations } from './due.ts';
import { refuse } from './fault.ts';

/** Open pages in one process; each costs a query a conversation and poll. */
const streamsMax = 200;

/** Entries read again each time: one may be committed after another that was begun later. */
const overlap = 32;

/**
 * Server-sent events for one page: every conversation of its persona in one connection, because a browser opens only
 * six to a host. `entry` carries `{room, entry}`; `ready` comes when the page has all there is, `beat` with each later
 * look. The id of an event says how far every conversation was read, so a page that comes back goes on from there;
 * what it is then sent again has the same entry id.
 */
export function openStream(doors: ConsoleDoors): RequestHandler {
  let open = 0;
  return async (request, response) => {
    const as = z.string().safeParse(request.query.as);
    const conversations = as.success ? await conversationsOf(doors, as.data) : [];
    if (!as.success || conversations.length === 0) return refuse(response, 'stranger');
    if (open >= streamsMax) return void response.status(503).end();
    if (gone(response)) return;
    open += 1;
    response.on('close', () => {
      open -= 1;
    });
    response.setHeader('Content-Type', 'text/event-stream').setHeader('X-Accel-Buffering', 'no');
    response.write('retry: 1000\n\n');
    const cursors = cursorsFrom(request.get('last-event-id') ?? request.query.after);
    try {
      await pump({ doors, response, as: as.data, cursors, sent: new Map() }, conversations);
    } catch (error) {
      doors.log.error({ err: error }, 'a console page lost its stream');
    }
    response.end();
  };
}

/** One open page. `sent` is what it was sent of the overlap of each conversation, by entry id, as JSON. */
interface Page {
  doors: ConsoleDoors;
  response: Response;
  as: string;
  cursors: Cursors;
  sent: Map<string | null, Map<string, string>>;
}

/** Reads and writes until the page goes away. */
async function pump(page: Page, conversations: (string | null)[]): Promise<void> {
  let event = 'ready';
  for await (const due of dueConversations(page.doors, page.as, conversations, page.response)) {
    for (const room of due) await catchUp(page, room);
    await write(page.response, event, { now: page.doors.clock.now().toISOString() });
    event = 'beat';
  }
}

/** Sends what is new in one conversation, and reads on while the answers are full. */
async function catchUp(page: Page, room: string | null): Promise<void> {
  for (let more = true; more; ) {
    const entries = await page.doors.history(page.as, room, page.cursors[room ?? ''] ?? null);
    const before = page.sent.get(room);
    const now = new Map<string, string>();
    for (const [index, entry] of entries.entries()) {
      const json = JSON.stringify(entry);
      if (index < entries.length - overlap) page.cursors[room ?? ''] = entry.cursor;
      else now.set(entry.id, json);
      if (before?.get(entry.id) !== json)
        await write(page.response, 'entry', { room, entry }, cursorsTo(page.cursors));
    }
    page.sent.set(room, now);
    more = entries.length >= historyMax && !gone(page.response);
  }
}

async function write(response: Response, event: string, data: object, id?: string): Promise<void> {
  if (gone(response)) return;
  const fits = response.write(
    `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`,
  );
  if (fits) return;
  // A page that reads slowly is waited for, not written up in memory.
  await new Promise<void>((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

function gone(response: Response): boolean {
  return response.destroyed || response.writableEnded;
}
