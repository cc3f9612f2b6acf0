import { dateOf } from '../campaign/instant.ts';
import { sentence } from '../conversation/wording.ts';
import { inLanguage, type Language, type Text } from '../flow/text.ts';
import type { PictureKind } from '../store/later.ts';
import type { CampaignFacts } from '../store/library.ts';
import type { OverviewScope } from '../store/overview.ts';
import type { Run } from '../store/writes.ts';
import type { Shown } from './charts/about.ts';
import type { Drawing } from './charts/drawing.ts';
import { findingsDrawing } from './charts/findings.ts';
import { lampsDrawing } from './charts/lamps.ts';
import { overviewDrawing } from './charts/overview.ts';
import { progressDrawing } from './charts/progress.ts';
import { satisfactionDrawing } from './charts/satisfaction.ts';
import { trendDrawing } from './charts/trend.ts';
import { readFindings } from './models/findings.ts';
import { type Light, readLamps } from './models/lamps.ts';
import { readOverview } from './models/overview.ts';
import { readProgress } from './models/progress.ts';
import { readSatisfaction } from './models/satisfaction.ts';
import { readTrend } from './models/trend.ts';

/** What is to be drawn, of what its reader may see. */
export interface Wanted extends OverviewScope {
  kind: PictureKind | 'overview';
  /** With its parts beside one another. */
  compares: boolean;
  /** See store/results.ts. */
  highest?: string | null;
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
  const { kind, compares } = wanted;
  const rated = { ...wanted, zone: about.facts.zone };
  const light = lightOf(about);
  const shown = shownOf(about);
  switch (kind) {
    case 'progress':
      return progressDrawing(await readProgress(run, wanted, light.today), shown);
    case 'lamps':
      return lampsDrawing(await readLamps(run, wanted, light), shown);
    case 'satisfaction':
      return satisfactionDrawing(await readSatisfaction(run, rated, compares), shown);
    case 'findings':
      return findingsDrawing(await readFindings(run, wanted), shown);
    case 'trend': {
      const trend = await readTrend(run, wanted, light.today, rated.zone);
      return trendDrawing(trend, await readSatisfaction(run, rated, false), shown);
    }
    case 'overview':
      return overviewDrawing(await readOverview(run, rated, light), shown);
  }
}

/** By what lamps are lit at that moment. */
function lightOf({ facts, at }: Pick<About, 'facts' | 'at'>): Light {
  return { lamps: facts.ledger.lamps, today: dateOf(at, facts.zone), calendar: facts.calendar };
}

function shownOf({ title, unit, facts, at, language }: About): Shown {
  const campaign = inLanguage(title, language);
  const about =
    unit === null
      ? campaign
      : sentence(language, 'charts:about', { campaign, unit: inLanguage(unit, language) });
  return { language, about, at, zone: facts.zone };
}
