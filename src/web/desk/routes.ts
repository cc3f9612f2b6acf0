import { Router } from 'express';
import type { PageName } from './access.ts';
import { admit, note, secretsSeen } from './admit.ts';
import type { DeskDoors } from './doors.ts';
import { type CampaignPage, firstPath, type InCampaign, type Shown } from './exchange.ts';
import { liveAddress } from './live.ts';
import { activityPage } from './pages/activity.ts';
import { auditPage } from './pages/audit.ts';
import { boardPage } from './pages/board.ts';
import { findingPage } from './pages/finding.ts';
import { findingsPage } from './pages/findings.ts';
import { homePage } from './pages/home.ts';
import { minePage } from './pages/mine.ts';
import { overviewPage } from './pages/overview.ts';
import { peoplePage } from './pages/people.ts';
import { queuePage } from './pages/queue.ts';
import { satisfactionPage } from './pages/satisfaction.ts';
import { settingsPage } from './pages/settings.ts';
import { unitPage } from './pages/unit.ts';
import { inside, missing, notLoggedIn, refuse, send } from './replies.ts';

/** Every page of a campaign. */
export const campaignPages: CampaignPage[] = [
  { path: '', name: 'overview', show: overviewPage, live: true },
  { path: '/mine', name: 'mine', show: minePage, live: true },
  { path: '/units', name: 'board', show: boardPage, live: true },
  { path: '/units/:unit', name: 'unit', show: unitPage, live: true },
  { path: '/windows/:unit', name: 'unit', show: unitPage, live: true },
  { path: '/activities/:activity', name: 'activity', show: activityPage, live: true },
  { path: '/findings', name: 'findings', show: findingsPage, live: true },
  { path: '/findings/:number', name: 'finding', show: findingPage, live: true },
  { path: '/satisfaction', name: 'satisfaction', show: satisfactionPage },
  { path: '/people', name: 'people', show: peoplePage },
  { path: '/queue', name: 'queue', show: queuePage },
  { path: '/audit', name: 'audit', show: auditPage },
  { path: '/settings', name: 'settings', show: settingsPage },
];

/** GET of every page. Each is asked for through `may`, and kept in the audit log: who saw what, and who was refused. */
export function pageRoutes(doors: DeskDoors): Router {
  const router = Router();
  router.get('/desk', async (request, response) => {
    const exchange = await admit(doors, request, response);
    if (exchange === null) return notLoggedIn(doors, request, response);
    const [only, another] = exchange.campaigns;
    if (only !== undefined && another === undefined)
      return response.redirect(302, exchange.view.to(firstPath(exchange, only)));
    send(exchange, await homePage(exchange));
  });
  for (const page of campaignPages)
    router.get(
      `/desk/c/:campaign${page.path}`,
      inside(doors, page.name, async (exchange) => answer(exchange, page)),
    );
  return router;
}

async function answer(exchange: InCampaign, { name, show, live }: CampaignPage): Promise<void> {
  const shown = await show(exchange);
  if (shown === 'missing') return missing(exchange);
  if (shown === 'refused') return refuse(exchange, name);
  await noteSeen(exchange, name, shown);
  send(exchange, live === undefined ? shown : { ...shown, live: liveAddress(exchange, shown) });
}

/** What tells of a hidden activity is kept as such: the log of the others must not show that it was looked at. */
async function noteSeen(exchange: InCampaign, name: PageName, { about, secrets = [] }: Shown): Promise<void> {
  const campaignId = exchange.campaign.id;
  const page = {
    kind: 'desk.page' as const,
    campaignId,
    about: about ?? `page:${name}`,
    data: { page: name },
  };
  const [only] = secrets;
  const isOfOne = about !== undefined && only !== undefined;
  await note(exchange, [...secretsSeen(exchange, secrets), isOfOne ? { ...page, secret: only } : page]);
}
