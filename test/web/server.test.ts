import { once } from 'node:events';
import { connect } from 'node:net';
import express, { type Express } from 'express';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listen } from '../../src/web/server.ts';

// Nothing may wait to be cut by the clock.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
afterEach(() => void vi.useRealTimers());

async function opened(web: Express) {
  const server = await listen(web, '127.0.0.1', 0);
  return { ...server, origin: `http://127.0.0.1:${server.port}` };
}

test('stopping ends open streams at once, and what is under way is answered first', async () => {
  const web = express();
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    web.get('/slow', (_request, response) => {
      answer = () => void response.send('done');
      resolve();
    });
  });
  web.get('/stream', (_request, response) => {
    response.set('Content-Type', 'text/event-stream').write(': open\n\n');
  });
  const { origin, stop } = await opened(web);
  const stream = await fetch(`${origin}/stream`);
  const slow = fetch(`${origin}/slow`);
  await asked;
  const stopped = stop();
  expect(await stream.text()).toBe(': open\n\n');
  answer();
  expect(await (await slow).text()).toBe('done');
  await stopped;
  await expect(fetch(`${origin}/slow`)).rejects.toThrow();
});

test('neither a connection that was kept alive nor one that has not asked yet holds up the stopping', async () => {
  const web = express();
  web.get('/', (_request, response) => void response.send('done'));
  const { origin, port, stop } = await opened(web);
  const early = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(early, 'connect');
  expect(await (await fetch(origin)).text()).toBe('done');
  await stop();
  if (!early.closed) await once(early, 'close');
});
