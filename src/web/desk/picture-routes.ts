import { Router } from 'express';
import { drawingSvg } from '../../report/charts/svg.ts';
import { drawPicture } from '../../report/picture.ts';
import { pictureKinds } from '../../store/later.ts';
import type { DeskDoors } from './doors.ts';
import { keepSize } from './picture-sizes.ts';
import { inside, missing } from './replies.ts';

/** GET `…/pictures/<kind>.svg`: drawn by the definition that draws the pictures of the chat. Of hidden activities nothing. */
export function pictureRoutes(doors: DeskDoors): Router {
  const router = Router();
  router.get(
    '/desk/c/:campaign/pictures/:file',
    inside(doors, 'overview', async (exchange) => {
      const { run, campaign, facts, at, view, request, response } = exchange;
      const kind = pictureKinds.find((one) => request.params.file === `${one}.svg`);
      if (kind === undefined) return missing(exchange);
      const scope = { campaignId: campaign.id, unitId: null, secrets: [], all: true };
      const about = { title: campaign.title, unit: null, facts, at, language: view.language };
      const drawing = await drawPicture(run, { ...scope, kind, compares: true }, about);
      keepSize(exchange, kind, drawing);
      response.type('image/svg+xml').send(drawingSvg(drawing));
    }),
  );
  return router;
}
