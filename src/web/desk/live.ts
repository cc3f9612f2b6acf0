import { createHash } from 'node:crypto';
import { Router } from 'express';
import { html } from '../html.ts';
import { may } from './access.ts';
import { admit, inCampaign, note, secretsSeen } from './admit.ts';
import type { DeskDoors } from './doors.ts';
import type { CampaignPage, InCampaign, Shown } from './exchange.ts';
import { asOfWords } from './page.ts';
import { inside } from './replies.ts';

/** How often an open page looks for changes at most, ms. */
const everyMs = 5_000;
/** Of the time there is, what all open pages together may take to look: with many open each looks more seldom. */
const shareMax = 0.1;
/** Streams of one process; whoever comes when all are taken sees the page without them. */
const streamsMax = 200;

/**
 * GET `/desk/live/<what is shown>` and behind it a page's own address: the page as server-sent events, whenever it differs from
 * what was sent last. Its script exchanges the parts that change. Who may see what is asked anew every time: a stream ends with
 * the session of whoever opened it, and with what gave them the page.
 */
export function liveRoutes(doors: DeskDoors, pages: readonly CampaignPage[]): Router {
  const router = Router();
  let open = 0;
  for (const page of pages.filter(({ live }) => live === true))
    router.get(
      `/desk/live/:known/c/:campaign${page.path}`,
      inside(doors, page.name, async (exchange) => {
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
        stream(doors, exchange, page, () => open);
      }),
    );
  return router;
}

/** Where the changes of the page that is being shown are told. */
export function liveAddress({ request }: InCampaign, shown: Shown): string {
  return request.originalUrl.replace('/desk/c/', `/desk/live/${markOf(shown)}/c/`);
}

/** The same as long as the page shows the same; of when it is stands outside. */
function markOf({ title, body }: Shown): string {
  return createHash('sha256').update(html`${title}${body}`.markup).digest('hex').slice(0, 16);
}

function stream(
  doors: DeskDoors,
  { request, response, campaign }: InCampaign,
  page: CampaignPage,
  open: () => number,
): void {
  let told = String(request.params.known);
  const noted = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tick = async () => {
    const began = performance.now();
    const exchange = await admit(doors, request, response);
    const known = exchange === null ? null : await inCampaign(exchange, campaign.code);
    const isOpen = known !== null && may(known.person, { name: page.name, campaignId: campaign.id });
    const shown = isOpen ? await page.show(known) : 'refused';
    // Ended meanwhile, with the page or the server: to write now would be a fault that nobody hears.
    if (response.writableEnded || response.destroyed) return;
    if (known === null || shown === 'missing' || shown === 'refused') {
      response.end('event: over\ndata: {}\n\n');
      return;
    }
    const mark = markOf(shown);
    if (mark === told) response.write(': still here\n\n');
    else {
      await noteNew(known, shown, noted);
      const data = { markup: html`${shown.body}`.markup, asOf: asOfWords(known) };
      response.write(`event: page\ndata: ${JSON.stringify(data)}\n\n`);
    }
    told = mark;
    const all = (performance.now() - began) * open();
    if (!response.destroyed) timer = setTimeout(next, Math.max(doors.liveMs ?? everyMs, all / shareMax));
  };
  const next = () => {
    tick().catch((fault: unknown) => {
      doors.log.error({ err: fault }, 'an open page could not be read again; it asks again');
      response.end();
    });
  };
  response.once('close', () => clearTimeout(timer));
  next();
}

/** What is hidden stands in the log before it is shown; once a stream, for a page that is open all day. */
async function noteNew(exchange: InCampaign, { secrets = [] }: Shown, noted: Set<string>): Promise<void> {
  const fresh = secrets.filter((secret) => !noted.has(secret));
  if (fresh.length > 0) await note(exchange, secretsSeen(exchange, fresh));
  for (const secret of fresh) noted.add(secret);
}
