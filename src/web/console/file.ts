import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { ConsoleDoors } from './doors.ts';

/** What a browser shows without running anything; all else is only offered for saving. */
const shown = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

/** Sends the bytes of an entry's file to a persona that may see it. */
export function sendFile(doors: ConsoleDoors): RequestHandler {
  return async (request, response) => {
    const as = z.string().safeParse(request.query.as);
    const id = z.string().safeParse(request.params.id);
    const file = as.success && id.success ? await doors.file(id.data, as.data) : null;
    if (!file) return void response.status(404).end();
    if (!shown.includes(file.mime)) response.attachment(file.name);
    response.set('Content-Type', shown.includes(file.mime) ? file.mime : 'application/octet-stream');
    // A stored file never changes.
    response.set('Cache-Control', 'private, max-age=31536000, immutable');
    response.end(file.bytes);
  };
}
