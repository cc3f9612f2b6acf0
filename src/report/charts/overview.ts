import { sentence } from '../../conversation/wording.ts';
import { inLanguage } from '../../flow/text.ts';
import type { Overview } from '../models/overview.ts';
import { type Shown, shownAsOf } from './about.ts';
import { bars } from './bars.ts';
import { type Drawing, sizes } from './drawing.ts';
import { lampLegend, lampWords } from './lamps.ts';
import { taskBar, taskLegend } from './progress.ts';
import { ratingWords, shareLegend, shareRow } from './satisfaction.ts';
import { paragraph, part, sheet } from './sheet.ts';

/** The campaign on one page: activities, problems, ratings. It names no unit, for it is read in a room (DOMAIN 2.11). */
export function overviewDrawing(overview: Overview, shown: Shown): Drawing {
  const { language } = shown;
  const { activities, problems, weeks, satisfaction } = overview;
  const total = activities.reduce((sum, one) => sum + one.total, 0);
  const done = activities.reduce((sum, one) => sum + one.done, 0);
  const late = activities.reduce((sum, one) => sum + one.late, 0);
  const week = weeks.at(-1) ?? { opened: 0, closed: 0 };
  const weekWords = sentence(language, 'charts:overview.week', { opened: week.opened, closed: week.closed });
  const heading = {
    name: 'overview',
    title: sentence(language, 'charts:overview.title'),
    about: shown.about,
    asOf: sentence(language, 'charts:as-of.tasks', { ...shownAsOf(shown), n: total }),
    says: [
      sentence(language, 'charts:progress.says', { total, done, late }),
      lampWords(problems, language),
      weekWords,
      ...(satisfaction === null ? [] : [ratingWords(satisfaction.own, language)]),
    ].join(language === 'en' ? ' ' : ''),
  };
  return sheet(heading, (page) => {
    part(page, sentence(language, 'charts:overview.tasks'));
    taskLegend(page, language);
    bars(
      page,
      activities.map((one) => taskBar(inLanguage(one.title, language), one, language)),
      'own',
    );
    part(page, sentence(language, 'charts:overview.problems', { open: problems.open }));
    lampLegend(page, problems, language);
    paragraph(page, weekWords, { size: sizes.small, linesMax: 3 });
    if (satisfaction === null) return;
    part(page, sentence(language, 'charts:satisfaction.title'));
    shareLegend(page, language);
    shareRow(page, sentence(language, 'charts:satisfaction.own'), satisfaction.own, {
      language,
      aims: satisfaction.aims,
    });
  });
}
