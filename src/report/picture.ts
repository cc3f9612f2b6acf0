import { dateOf } from '../campaign/instant.ts';
import { sentence } from '../conversation/wording.ts';
import { inLanguage, type Language, type Text } from '../flow/text.ts';
import type { PictureKind } from '../store/later.ts';
import type { CampaignFacts } from '../store/library.ts';
import type { Run } from '../store/writes.ts';
import type { Shown } from './charts/about.ts';
import type { Drawing } from './charts/drawing.ts';
import { progressDrawing } from './charts/progress.ts';
import { readProgress } from './models/progress.ts';
import type { Scope } from './models/scope.ts';

/** What is to be drawn, of what its reader may see. */
export interface Wanted extends Scope {
  kind: PictureKind;
  /** With its parts beside one another. */
  compares: boolean;
}

/** Of which campaign, when (ISO instant) and in which language. */
export interface About {
  title: Text;
  /** The name of the unit, where it is one's. */
  unit: Text | null;
  facts: CampaignFacts;
  at: string;
  language: Language;
}

/** Reads the model of one kind and draws it: the same for a chat, a page and a file. */
export async function drawPicture(run: Run, wanted: Wanted, about: About): Promise<Drawing> {
  const { facts, at } = about;
  const today = dateOf(at, facts.zone);
  const shown = shownOf(about);
  switch (wanted.kind) {
    default:
      return progressDrawing(await readProgress(run, wanted, today), shown);
  }
}

function shownOf({ title, unit, facts, at, language }: About): Shown {
  const campaign = inLanguage(title, language);
  const about =
    unit === null
      ? campaign
      : sentence(language, 'charts:about', { campaign, unit: inLanguage(unit, language) });
  return { language, about, at, zone: facts.zone };
}
