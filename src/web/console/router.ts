import express, { Router } from 'express';
import { mediaTypes, tableTypes } from '../../conversation/files.ts';
import { languages } from '../../flow/text.ts';
import { assetsFolder } from './assets-folder.ts';
import type { ConsoleDoors } from './doors.ts';
import { answerFaults } from './fault.ts';
import { sendFile } from './file.ts';
import { ownHostOnly, ownOriginOnly, ownPagesOnly, secureHeaders } from './guard.ts';
import { photoBytesMax, receiveMessage } from './message.ts';
import { openStream } from './stream.ts';
import { words } from './words.ts';

/**
 * The console page and what it asks for, to be mounted at `/console`: the page for people who have neither WeChat
 * nor Slack. Listen on loopback only: whoever reaches it may be anybody on it.
 */
export function consoleRouter(doors: ConsoleDoors): Router {
  const router = Router();
  router.use(secureHeaders, ownHostOnly);
  router.get('/', (request, response) => {
    // The page's links are relative, and lead nowhere without the final slash.
    const [path, query] = request.originalUrl.split('?', 2);
    if (!path?.endsWith('/')) response.redirect(301, `${request.baseUrl}/${query ? `?${query}` : ''}`);
    else response.sendFile('index.html', { root: assetsFolder(), cacheControl: false });
  });
  router.use(
    '/assets',
    express.static(assetsFolder(), { index: false, redirect: false, cacheControl: false }),
  );
  router.get('/words.json', (_request, response) => void response.json(words));
  router.use('/api', ownPagesOnly);
  router.get('/api/who', async (_request, response) => {
    const [personas, rooms] = await Promise.all([doors.personas(), doors.rooms()]);
    response.json({
      personas,
      rooms,
      languages,
      rehearsal: doors.rehearsal,
      now: doors.clock.now().toISOString(),
      zone: doors.zone ?? null,
      photo: { bytesMax: photoBytesMax, types: [...mediaTypes, ...tableTypes] },
    });
  });
  router.get('/api/stream', openStream(doors));
  router.get('/api/files/:id', sendFile(doors));
  router.post('/api/messages', ownOriginOnly, ...receiveMessage(doors));
  router.use(answerFaults(doors.log));
  return router;
}
