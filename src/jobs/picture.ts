import type { Clock } from '../clock.ts';
import type { Line, Say } from '../flow/say.ts';
import type { Language, Text } from '../flow/text.ts';
import type { Drawing } from '../report/charts/drawing.ts';
import { drawingPng } from '../report/charts/png.ts';
import { drawPicture } from '../report/picture.ts';
import { keepMade } from '../store/attachments.ts';
import { type Database, inTransaction, runOn } from '../store/database.ts';
import type { PictureJob } from '../store/later.ts';
import type { Library } from '../store/library.ts';
import { noWrites, writeRows } from '../store/writes.ts';
import { replyTo } from './reply.ts';

/** Draws a picture of how things stand and sends it where it was asked for, with the same in words. */
export async function sendPicture(
  { database, clock, library }: { database: Database; clock: Clock; library: Library },
  job: PictureJob,
): Promise<void> {
  const at = clock.now().toISOString();
  const run = runOn(database.pool);
  const [known] = await run<{ title: Text; unit: Text | null; language: Language | null }>(
    `SELECT p.title, u.name AS unit, c.language FROM campaign p JOIN contact c ON c.id = $2::uuid
     LEFT JOIN unit u ON u.id = $3::uuid AND u.campaign_id = p.id WHERE p.id = $1::uuid`,
    [job.campaignId, job.to.contactId, job.unitId],
  );
  if (known === undefined) return;
  const { title, unit } = known;
  const facts = await library.campaign(job.campaignId);
  const language = known.language ?? 'zh-CN';
  const drawing = await drawPicture(run, { ...job, secrets: [] }, { title, unit, facts, at, language });
  const bytes = await drawingPng(drawing);
  const name = `${drawing.title}.png`;
  await inTransaction(database.pool, async (within) => {
    const id = await keepMade(within, { name, mime: 'image/png', bytes }, at);
    const say: Say = { lines: inWords(drawing), attachments: [id] };
    await writeRows(within, { ...noWrites(), outbox: [replyTo(job.to, say, at)] });
  });
}

/** What a picture shows in words, for whoever does not see it or looks for it later. */
export function inWords({ title, about, asOf, says }: Drawing): Line[] {
  return [title, about, asOf, says].map((text) => ({ text }));
}
