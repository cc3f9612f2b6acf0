import { sentence } from '../../conversation/wording.ts';
import { inLanguage, type Language } from '../../flow/text.ts';
import type { Figures, ToldFigures } from '../../satisfaction/figures.ts';
import { shownFrom } from '../../satisfaction/small-cells.ts';
import type { Share } from '../../satisfaction/summary.ts';
import type { Satisfaction } from '../models/satisfaction.ts';
import { type Shown, shownAsOf } from './about.ts';
import { type Drawing, innerWidth, type Mark, margin, sizes, type Tone } from './drawing.ts';
import { legend, nameLine, part, type Sheet, sheet, text } from './sheet.ts';

/**
 * 满意度: both readings of 满意率 (DOMAIN 2.9) with their 95 % intervals, of all and of each part, on one scale of 0 to 100 %. What may
 * not be told of few people is not drawn either, and said to be so. In the order of the register.
 */
export function satisfactionDrawing(found: Satisfaction | null, shown: Shown): Drawing {
  const { language } = shown;
  const n = found?.own.kind === 'told' ? String(found.own.n) : null;
  const asOf = sentence(
    language,
    n === null ? 'charts:as-of' : 'charts:as-of.ratings',
    n === null ? shownAsOf(shown) : { ...shownAsOf(shown), n },
  );
  const heading = {
    name: 'satisfaction',
    title: sentence(language, 'charts:satisfaction.title'),
    about: shown.about,
    asOf,
    says: found === null ? sentence(language, 'charts:satisfaction.none') : ratingWords(found.own, language),
  };
  if (found === null || (found.own.kind === 'none' && found.interview.kind === 'none'))
    return sheet(heading, () => undefined, [sentence(language, 'charts:satisfaction.none')]);
  return sheet(heading, (page) => drawAll(page, found, language), notesOf(found, language));
}

function drawAll(page: Sheet, found: Satisfaction, language: Language): void {
  shareLegend(page, language);
  const { own, interview, rows, aims } = found;
  shareRow(page, sentence(language, 'charts:satisfaction.own'), own, { language, aims, bold: true });
  if (interview.kind !== 'none')
    shareRow(page, sentence(language, 'charts:satisfaction.interview'), interview, {
      language,
      aims,
      bold: true,
      isPeople: true,
    });
  if (rows.length > 0) part(page, sentence(language, 'charts:satisfaction.parts'));
  for (const { name, figures } of rows)
    shareRow(
      page,
      name === null
        ? sentence(language, found.isCampaign ? 'results:no-unit' : 'results:itself')
        : inLanguage(name, language),
      figures,
      {
        language,
        aims,
      },
    );
}

/** What the two points of a row are. */
export function shareLegend(page: Sheet, language: Language): void {
  legend(page, [
    { label: sentence(language, 'charts:share.satisfied'), sign: marker('satisfied') },
    { label: sentence(language, 'charts:share.not-negative'), sign: marker('notNegative') },
  ]);
}

function notesOf({ version, publishedOn, aims, left, rows }: Satisfaction, language: Language): string[] {
  const { satisfied, notNegative } = aims;
  return [
    sentence(language, 'charts:satisfaction.how', { version, on: { date: publishedOn }, from: shownFrom }),
    ...(satisfied === undefined && notNegative === undefined
      ? []
      : [sentence(language, 'charts:satisfaction.aim')]),
    ...(left > 0 ? [sentence(language, 'charts:rows.left', { shown: rows.length, left })] : []),
    ...(rows.length > 1 ? [sentence(language, 'charts:order')] : []),
  ];
}

type Reading = 'satisfied' | 'notNegative';

const readings = {
  satisfied: 'charts:share.satisfied.short',
  notNegative: 'charts:share.not-negative',
} as const;

function marker(reading: Reading): Extract<Mark, { kind: 'sign' }> {
  return reading === 'satisfied'
    ? { kind: 'sign', x: 0, y: 0, size: 10, shape: 'circle', colour: '#0b4f8a' }
    : { kind: 'sign', x: 0, y: 0, size: 10, shape: 'diamond', colour: '#ffffff' };
}

/** Where 0 and 100 % stand; figures stand behind. */
const scale = { from: margin + 4, width: innerWidth - 128 };
const xOf = (percent: number) => scale.from + (scale.width * percent) / 100;

interface RowSetting {
  language: Language;
  aims: { satisfied?: number | undefined; notNegative?: number | undefined };
  bold?: boolean;
  /** Counted are people who were asked, and not ratings. */
  isPeople?: boolean;
}

/** A name with n, and below it both shares on the scale, or why they are not told. */
export function shareRow(
  page: Sheet,
  name: string,
  figures: Figures,
  { language, aims, bold = false, isPeople = false }: RowSetting,
): void {
  nameLine(page, name, countWords(figures, language, isPeople), bold);
  if (figures.kind !== 'told') {
    page.y += 5;
    return;
  }
  const { satisfied, notNegative } = figures;
  for (const [reading, share] of [
    ['satisfied', satisfied],
    ['notNegative', notNegative],
  ] as const) {
    page.y += 8;
    // Where nothing may be told there is no scale either: its line would strike the words out.
    if (share === null) hidden(page, reading, language);
    else {
      track(page, aims[reading]);
      interval(page, share, reading, language);
    }
    page.y += 8;
  }
  page.y += 5;
}

function hidden(page: Sheet, reading: Reading, language: Language): void {
  const params = { reading: sentence(language, readings[reading]), from: shownFrom };
  const words = sentence(language, 'charts:share.hidden', params);
  page.marks.push(text(scale.from, page.y + 4, words, { size: sizes.small, tone: 'faint' }));
}

function track(page: Sheet, aim: number | undefined): void {
  const { y } = page;
  page.marks.push(rule([xOf(0), y], [xOf(100), y], 'rule'));
  for (const tick of [0, 50, 100]) page.marks.push(rule([xOf(tick), y - 3], [xOf(tick), y + 3], 'rule'));
  if (aim !== undefined)
    page.marks.push({ ...rule([xOf(aim), y - 9], [xOf(aim), y + 9], 'accent', 1.6), dashed: true });
}

function interval(page: Sheet, { percent, low, high }: Share, reading: Reading, language: Language): void {
  const { y } = page;
  page.marks.push(
    rule([xOf(low), y], [xOf(high), y], 'strong', 3),
    rule([xOf(low), y - 4], [xOf(low), y + 4], 'strong', 1.6),
    rule([xOf(high), y - 4], [xOf(high), y + 4], 'strong', 1.6),
    { ...marker(reading), x: xOf(percent), y },
    text(margin + innerWidth, y + 4, sentence(language, 'charts:share', { percent, low, high }), {
      size: sizes.small,
      anchor: 'end',
    }),
  );
}

function rule(
  from: readonly [number, number],
  to: readonly [number, number],
  tone: Tone,
  width = 1,
): Extract<Mark, { kind: 'line' }> {
  return { kind: 'line', points: [from, to], tone, width, dashed: false };
}

function countWords(figures: Figures, language: Language, isPeople = false): string {
  switch (figures.kind) {
    case 'told':
      return sentence(language, isPeople ? 'charts:ratings.people' : 'charts:ratings.n', { n: figures.n });
    case 'none':
      return sentence(language, 'charts:ratings.none');
    case 'few':
      return sentence(language, 'charts:ratings.few', { from: shownFrom });
    case 'withheld':
      return sentence(language, 'charts:ratings.withheld');
  }
}

/** `群众评价120份，满意率91.7%（95%置信区间85.3%—95.4%）。` */
export function ratingWords(figures: Figures, language: Language): string {
  if (figures.kind !== 'told')
    return sentence(language, 'charts:ratings.says', { how: countWords(figures, language) });
  const says = sentence(language, 'charts:ratings.says.told', {
    n: figures.n,
    ...sharesOf(figures, language),
  });
  if (figures.satisfied !== null && figures.notNegative !== null) return says;
  return [says, sentence(language, 'results:hidden', { from: shownFrom })].join(language === 'en' ? ' ' : '');
}

function sharesOf(
  { satisfied, notNegative }: ToldFigures,
  language: Language,
): { satisfied: string; notNegative: string } {
  const words = (share: Share | null) =>
    share === null
      ? sentence(language, 'results:short.hidden')
      : sentence(language, 'charts:share', { percent: share.percent, low: share.low, high: share.high });
  return { satisfied: words(satisfied), notNegative: words(notNegative) };
}
