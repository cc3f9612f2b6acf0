import express, { type ErrorRequestHandler, type Express, Router } from 'express';
import { machineClock } from '../../clock.ts';
import { secureHeaders } from '../guard.ts';
import { limited } from '../limits.ts';
import { paragraphs } from '../pieces.ts';
import { actionRoutes } from './actions.ts';
import { assetsRouter } from './assets.ts';
import type { DeskDoors } from './doors.ts';
import { enterRoutes } from './enter.ts';
import { evidenceRoutes } from './evidence-routes.ts';
import { liveRoutes } from './live.ts';
import { plainPage } from './page.ts';
import { pictureRoutes } from './picture-routes.ts';
import { campaignPages, pageRoutes } from './routes.ts';
import { viewOf } from './view.ts';

/** Pages and pictures that one address can ask for in a minute: an office behind one gets by. */
const requestsAMinute = { max: 1_200, windowMs: 60_000 };

/** The coordinators' dashboard under `/desk`. To be mounted before anything that reads bodies. */
export function mountDesk(web: Express, doors: DeskDoors): void {
  const say =
    (key: 'many' | 'failed' | 'missing', status: number): express.RequestHandler =>
    (request, response) => {
      const view = viewOf(request, null);
      const [title, body] = [view.say(`${key}.title`), paragraphs(view.say(key))];
      response
        .status(status)
        .type('html')
        .send(plainPage(view, { title, body, rehearsal: doors.rehearsal }));
    };
  const read = express.urlencoded({ extended: false, limit: 10_000, parameterLimit: 20 });
  const pages = Router();
  pages.use(
    '/desk',
    (_request, response, next) => {
      response.set(secureHeaders);
      next();
    },
    limited(requestsAMinute, doors.machine ?? machineClock, say('many', 429)),
  );
  pages.use(enterRoutes(doors, [read]), actionRoutes(doors, [read]), pageRoutes(doors));
  pages.use(pictureRoutes(doors), evidenceRoutes(doors), liveRoutes(doors, campaignPages));
  pages.use('/desk', say('missing', 404));
  const failed: ErrorRequestHandler = (fault: unknown, request, response, next) => {
    if (response.headersSent) return next(fault);
    const status = fault instanceof Error && 'status' in fault ? Number(fault.status) : 500;
    if (!(status >= 400 && status < 500))
      doors.log.error({ err: fault }, 'a page of the dashboard could not be shown');
    say('failed', status >= 400 && status < 500 ? status : 503)(request, response, next);
  };
  pages.use('/desk', failed);
  web.use(assetsRouter, pages);
}
