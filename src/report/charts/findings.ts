import { sentence } from '../../conversation/wording.ts';
import { inLanguage, type Language } from '../../flow/text.ts';
import type { FindingKinds } from '../models/findings.ts';
import { type Shown, shownAsOf } from './about.ts';
import { type Bar, bars } from './bars.ts';
import type { Drawing } from './drawing.ts';
import { legend, sheet } from './sheet.ts';

/** 问题: problems by kind, closed and still open, the most frequent kind first. */
export function findingsDrawing(kinds: FindingKinds, shown: Shown): Drawing {
  const { language } = shown;
  const { open, closed, rows } = kinds;
  const n = open + closed;
  const heading = {
    name: 'findings',
    title: sentence(language, 'charts:findings.title'),
    about: shown.about,
    asOf: sentence(language, 'charts:as-of.found', { ...shownAsOf(shown), n }),
    says: sentence(language, 'charts:findings.says', { n, open, closed }),
  };
  if (n === 0) return sheet(heading, () => undefined, [sentence(language, 'charts:findings.none')]);
  const most = Math.max(...rows.map((row) => row.open + row.closed));
  return sheet(
    heading,
    (page) => {
      legend(page, [
        { fill: 'full', label: sentence(language, 'charts:finding.closed') },
        { fill: 'hatched', label: sentence(language, 'charts:finding.open') },
      ]);
      bars(page, [barOf(sentence(language, 'charts:all'), kinds, language, true)], 'own');
      bars(
        page,
        rows.map((row) => barOf(nameOf(row, language), row, language)),
        most,
      );
    },
    [sentence(language, 'charts:findings.how')],
  );
}

function nameOf({ kind, is }: FindingKinds['rows'][number], language: Language): string {
  if (kind !== null) return inLanguage(kind, language);
  return sentence(language, is === 'rest' ? 'charts:findings.rest' : 'charts:findings.plain');
}

function barOf(
  name: string,
  { open, closed }: { open: number; closed: number },
  language: Language,
  bold = false,
): Bar {
  const total = open + closed;
  return {
    name,
    figures: sentence(language, 'charts:finding.figures', { total, open }),
    parts: [
      { count: closed, fill: 'full' },
      { count: open, fill: 'hatched' },
    ],
    bold,
  };
}
