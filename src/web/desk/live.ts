import { Router } from 'express';
import { may } from './access.ts';
import { admit, inCampaign } from './admit.ts';
import type { DeskDoors } from './doors.ts';
import type { InCampaign } from './exchange.ts';
import { figuresHtml } from './pages/overview.ts';
import { inside } from './replies.ts';

/** How often an open page looks for changes, ms. */
const everyMs = 5_000;
/** Streams of one process; whoever comes when all are taken sees the page without them. */
const streamsMax = 200;

/**
 * GET `…/live`: the figures of the overview as server-sent events, when they have changed. Who may see what is asked anew every
 * time: a stream ends with the session of whoever opened it.
 */
export function liveRoutes(doors: DeskDoors): Router {
  const router = Router();
  let open = 0;
  router.get(
    '/desk/c/:campaign/live',
    inside(doors, 'overview', async (exchange) => {
      const { response } = exchange;
      if (open >= streamsMax) {
        response.status(503).set('Retry-After', '60').end();
        return;
      }
      open += 1;
      response.once('close', () => {
        open -= 1;
      });
      // Proxies that gather a page before they pass it on would hold the stream back.
      response.set({ 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' }).flushHeaders();
      stream(doors, exchange);
    }),
  );
  return router;
}

function stream(doors: DeskDoors, { request, response, campaign }: InCampaign): void {
  let told = '';
  let timer: NodeJS.Timeout | undefined;
  const tick = async () => {
    const exchange = await admit(doors, request, response);
    const known = exchange === null ? null : await inCampaign(exchange, campaign.code);
    if (known === null || !may(known.person, { name: 'overview', campaignId: campaign.id })) {
      response.end('event: over\ndata: {}\n\n');
      return;
    }
    // Without its time the page is the same as long as nothing has happened.
    const { markup } = await figuresHtml(known);
    const figures = markup.slice(markup.indexOf('<ul class="figures">'));
    if (figures !== told) response.write(`event: figures\ndata: ${JSON.stringify({ markup })}\n\n`);
    else response.write(': still here\n\n');
    told = figures;
    if (!response.destroyed) timer = setTimeout(next, doors.liveMs ?? everyMs);
  };
  const next = () => {
    tick().catch((fault: unknown) => {
      doors.log.error({ err: fault }, 'the figures of an open page could not be read; it asks again');
      response.end();
    });
  };
  response.once('close', () => clearTimeout(timer));
  next();
}
