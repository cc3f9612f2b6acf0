import { App, ExpressReceiver, type Receiver, type webApi } from '@slack/bolt';
import type { Application, IRouter } from 'express';
import type { Log } from '../../log.ts';

/**
 * A Bolt app that hands every body it accepts to `handle`, and acknowledges when that is done: one middleware and no
 * listeners, so that nothing Slack may send is left without an answer (Bolt's own answer is a 404 after three seconds).
 * Bolt is told nothing of the token: we know ourselves who we are, and an event must not wait for `auth.test`.
 */
export function boltApp(
  receiver: Receiver,
  logger: webApi.Logger,
  handle: (body: unknown) => Promise<void>,
): App {
  const app = new App({
    receiver,
    logger,
    authorize: async () => ({}),
    ignoreSelf: false,
    convoStore: false,
  });
  app.use(async (args) => {
    await handle(args.body);
    if ('ack' in args && typeof args.ack === 'function') await args.ack();
  });
  // The receivers say what went wrong, once.
  app.error(async (error) => {
    throw 'original' in error && error.original instanceof Error ? error.original : error;
  });
  return app;
}

/**
 * Slack's requests over HTTP, on `POST /slack/events` of our own Express app; must be mounted before anything that
 * reads bodies, as the signature is over the bytes. The answer waits for `handle`: 200 once the message is stored, 500
 * when it could not be (Slack sends it again), 401 for a signature that is wrong or older than five minutes.
 */
export function httpReceiver(
  mount: IRouter,
  signingSecret: string,
  logger: webApi.Logger,
  log: Log,
): ExpressReceiver {
  return new ExpressReceiver({
    // It only ever calls `use`, which a router has as well.
    app: mount as Application,
    signingSecret,
    logger,
    endpoints: '/slack/events',
    processBeforeResponse: true,
    processEventErrorHandler: async ({ error, response }) => {
      log.error({ err: error }, 'a message from Slack was not stored; Slack will send it again');
      if (!response.headersSent) response.writeHead(500).end();
      return true;
    },
    unhandledRequestHandler: ({ response }) => {
      log.warn('a request from Slack was not answered within three seconds');
      if (!response.headersSent) response.writeHead(503).end();
    },
  });
}
