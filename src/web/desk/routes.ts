import { Router } from 'express';
import type { PageName } from './access.ts';
import { admit, note } from './admit.ts';
import type { DeskDoors } from './doors.ts';
import { firstPath, type InCampaign, type Shown, type ShowPage } from './exchange.ts';
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

/** Every page of a campaign: its address behind the campaign's, its name for `may`, what shows it. */
export const campaignPages: { path: string; name: PageName; show: ShowPage<InCampaign> }[] = [
  { path: '', name: 'overview', show: overviewPage },
  { path: '/mine', name: 'mine', show: minePage },
  { path: '/units', name: 'board', show: boardPage },
  { path: '/units/:unit', name: 'unit', show: unitPage },
  { path: '/windows/:unit', name: 'unit', show: unitPage },
  { path: '/activities/:activity', name: 'activity', show: activityPage },
  { path: '/findings', name: 'findings', show: findingsPage },
  { path: '/findings/:number', name: 'finding', show: findingPage },
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
  for (const { path, name, show } of campaignPages)
    router.get(
      `/desk/c/:campaign${path}`,
      inside(doors, name, async (exchange) => answer(exchange, name, show)),
    );
  return router;
}

async function answer(exchange: InCampaign, name: PageName, show: ShowPage<InCampaign>): Promise<void> {
  const shown = await show(exchange);
  if (shown === 'missing') return missing(exchange);
  if (shown === 'refused') return refuse(exchange, name);
  await noteSeen(exchange, name, shown);
  send(exchange, shown);
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
  await note(exchange, [
    ...secrets.map((secret) => ({
      ...{ kind: 'secret.seen' as const, campaignId, about: `activity:${secret}`, data: {}, secret },
    })),
    isOfOne ? { ...page, secret: only } : page,
  ]);
}
