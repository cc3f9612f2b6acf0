import type { Language } from '../../flow/text.ts';
import { type Database, runOn } from '../../store/database.ts';
import type { Snapshot } from '../../store/snapshots.ts';
import { takeSnapshot } from '../snapshot.ts';
import type { Material } from './material.ts';
import { paperOf } from './paper-of.ts';
import { type ReportScope, readMaterial } from './read-material.ts';
import { wordsIn } from './words.ts';

const docxMime = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** A report that is wanted as a file. `id`: of its snapshot; `by`: a contact, null at a terminal; `at`: ISO instant of the figures. */
export interface WantedReport extends ReportScope {
  id: string;
  language: Language;
  by: string | null;
  at: string;
}

/** `gone`: there is no such activity or task (any more); `empty`: nothing was completed, so that there is nothing to write. */
export type MadeReport =
  | { kind: 'made'; snapshot: Snapshot; title: string; day: string; secret: string | null }
  | { kind: 'empty'; material: Material }
  | { kind: 'gone' };

/** Writes a report in Word and keeps it under its snapshot's id: asked for by that id again, it is the same file. */
export async function makeReport(database: Database, wanted: WantedReport): Promise<MadeReport> {
  const { id, language, by, at, activityId } = wanted;
  const material = await readMaterial(runOn(database.pool), wanted, at);
  if (material === null) return { kind: 'gone' };
  const rows = material.tasks.reduce((sum, task) => sum + task.visits.length, 0);
  if (rows === 0) return { kind: 'empty', material };
  const paper = await paperOf(material, language);
  const { title, day } = paper;
  // Loaded when first needed: a tenth of a second and 10 MB that most processes never want.
  const { writeDocx } = await import('./write.ts');
  const bytes = await writeDocx(paper);
  const secret = material.activity.hidden ? activityId : null;
  const snapshot = await takeSnapshot(
    database,
    {
      id,
      kind: 'report',
      campaignId: material.campaign.id,
      parameters: { language, activity: activityId, ...(secret === null ? {} : { secret }) },
      name: wordsIn(language)
        .say('docx:file', { title, day })
        .replace(/[\\/:*?"<>|\r\n\t]/g, '_'),
      mime: docxMime,
      at,
      madeBy: by,
    },
    () => ({ bytes: once(bytes), rows: () => rows }),
  );
  return { kind: 'made', snapshot, title, day, secret };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
