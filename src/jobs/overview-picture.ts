import type { DrawDigest } from '../conversation/digest.ts';
import type { Language, Text } from '../flow/text.ts';
import type { Log } from '../log.ts';
import type { Drawing } from '../report/charts/drawing.ts';
import { drawingPng } from '../report/charts/png.ts';
import { drawPicture } from '../report/picture.ts';
import { keepMade } from '../store/attachments.ts';
import { type Database, runOn } from '../store/database.ts';
import type { Library } from '../store/library.ts';
import { inWords } from './picture.ts';

export interface DrawOptions {
  database: Database;
  library: Library;
  log: Log;
}

/** For a digest: the campaign on one page; without it, and with a word in the log, where it could not be drawn. */
export function digestDrawer({ log, ...options }: DrawOptions): DrawDigest {
  return async (run, campaignId, language, at) => {
    try {
      const drawing = await drawOverview(options, { campaignId, language, at, all: true });
      const attachment = await keepDrawing(run, drawing, at);
      return { attachment, lines: inWords(drawing).slice(2) };
    } catch (err) {
      log.error({ err, campaign: campaignId }, 'the picture of a digest could not be drawn; it goes without');
      return null;
    }
  };
}

/** Reads on connections of its own: what a caller's transaction holds is not held up by planning for counts. */
export async function drawOverview(
  { database, library }: Pick<DrawOptions, 'database' | 'library'>,
  { campaignId, language, at, all }: { campaignId: string; language: Language; at: string; all: boolean },
): Promise<Drawing> {
  const run = runOn(database.pool);
  const facts = await library.campaign(campaignId);
  const [row] = await run<{ title: Text }>('SELECT title FROM campaign WHERE id = $1::uuid', [campaignId]);
  const title = row?.title ?? facts.code;
  return drawPicture(
    run,
    { kind: 'overview', campaignId, unitId: null, secrets: [], all, compares: false },
    { title, unit: null, facts, at, language },
  );
}

/** @returns the id under which it is sent along */
export async function keepDrawing(
  run: Parameters<typeof keepMade>[0],
  drawing: Drawing,
  at: string,
): Promise<string> {
  const file = { name: `${drawing.title}.png`, mime: 'image/png', bytes: await drawingPng(drawing) };
  return keepMade(run, file, at);
}
