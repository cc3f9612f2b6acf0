import { type RequestHandler, Router } from 'express';
import { appendAudit } from '../../store/audit.ts';
import { inTransaction } from '../../store/database.ts';
import { retryDeadLetter } from '../../store/dead-letters.ts';
import { isForeign } from '../guard.ts';
import type { DeskDoors } from './doors.ts';
import { campaignPath, type InCampaign } from './exchange.ts';
import { inside, refuse } from './replies.ts';

/** POST `…/queue`: a dead letter waits again. The only thing that the dashboard changes. */
export function actionRoutes(doors: DeskDoors, body: RequestHandler[]): Router {
  const router = Router();
  router.post(
    '/desk/c/:campaign/queue',
    ...body,
    inside(doors, 'queue', async (exchange) => {
      const { request, response, view, campaign } = exchange;
      if (isForeign(request, doors.publicUrl())) return refuse(exchange, 'queue');
      const done = await retry(exchange, String(request.body?.name ?? ''));
      response.redirect(303, view.to(`${campaignPath(campaign)}/queue`, { done: done ? 'again' : 'none' }));
    }),
  );
  return router;
}

async function retry({ doors, person, campaign, at }: InCampaign, name: string): Promise<boolean> {
  const done = await inTransaction(doors.database.pool, async (run) => {
    if (!(await retryDeadLetter(run, name, at))) return false;
    await appendAudit(run, [
      {
        ...{ at, by: person.contactId, kind: 'desk.retried', campaignId: campaign.id },
        ...{ about: `message:${name}`, data: {} },
      },
    ]);
    return true;
  });
  if (done) doors.said();
  return done;
}
