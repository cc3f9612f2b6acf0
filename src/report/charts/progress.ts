import { sentence } from '../../conversation/wording.ts';
import { inLanguage, type Language } from '../../flow/text.ts';
import type { TaskCount } from '../../store/overview.ts';
import type { Progress } from '../models/progress.ts';
import { type Shown, shownAsOf } from './about.ts';
import { type Bar, bars } from './bars.ts';
import type { Drawing } from './drawing.ts';
import { legend, type Sheet, sheet } from './sheet.ts';

/** 进度: tasks handed in, late and still open, of all units and each. In the order of the register: nobody is ranked. */
export function progressDrawing(progress: Progress, shown: Shown): Drawing {
  const { language } = shown;
  const { all, rows, left } = progress;
  const says = sentence(language, 'charts:progress.says', { ...all });
  const heading = {
    name: 'progress',
    title: sentence(language, 'charts:progress.title'),
    asOf: sentence(language, 'charts:as-of.tasks', { ...shownAsOf(shown), n: all.total }),
    says,
    about: shown.about,
  };
  const notes = [
    ...(left > 0 ? [sentence(language, 'charts:rows.left', { shown: rows.length, left })] : []),
    sentence(language, 'charts:order'),
  ];
  return sheet(
    heading,
    (page) => {
      if (all.total === 0) return;
      taskLegend(page, language);
      bars(page, [taskBar(sentence(language, 'charts:all'), all, language, true)], 'own');
      if (rows.length > 1)
        bars(
          page,
          rows.map((row) => taskBar(inLanguage(row.name, language), row, language)),
          'own',
        );
    },
    all.total === 0 ? [sentence(language, 'charts:progress.none')] : notes,
  );
}

export function taskLegend(page: Sheet, language: Language): void {
  legend(page, [
    { fill: 'full', label: sentence(language, 'charts:task.done') },
    { fill: 'hatched', label: sentence(language, 'charts:task.late') },
    { fill: 'empty', label: sentence(language, 'charts:task.open') },
  ]);
}

/** `3/8，逾期2` */
export function taskBar(
  name: string,
  { total, done, late }: TaskCount,
  language: Language,
  bold = false,
): Bar {
  const key = late === 0 ? 'charts:task.figures' : 'charts:task.figures.late';
  return {
    name,
    figures: sentence(language, key, { done, total, late }),
    parts: [
      { count: done, fill: 'full' },
      { count: late, fill: 'hatched' },
      { count: total - done - late, fill: 'empty' },
    ],
    bold,
  };
}
