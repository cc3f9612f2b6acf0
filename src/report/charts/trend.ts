import { sentence } from '../../conversation/wording.ts';
import type { Language } from '../../flow/text.ts';
import type { Satisfaction } from '../models/satisfaction.ts';
import type { Trend, Week } from '../models/trend.ts';
import { type Shown, shownAsOf } from './about.ts';
import { type Drawing, type Fill, innerWidth, margin } from './drawing.ts';
import { shareRow } from './satisfaction.ts';
import { type Key, legend, part, type Sheet, sheet, text } from './sheet.ts';

/** 趋势: problems found and closed week by week and how many are open, and what citizens say over time where they do. */
export function trendDrawing(
  { weeks, opened, closed }: Trend,
  satisfaction: Satisfaction | null,
  shown: Shown,
): Drawing {
  const { language } = shown;
  const heading = {
    name: 'trend',
    title: sentence(language, 'charts:trend.title'),
    about: shown.about,
    asOf: sentence(language, 'charts:as-of.found', { ...shownAsOf(shown), n: opened }),
    says: sentence(language, 'charts:trend.says', { opened, closed, open: opened - closed }),
  };
  const periods = satisfaction?.trend ?? [];
  return sheet(
    heading,
    (page) => {
      if (opened > 0) {
        weekLegend(page, language);
        columns(page, weeks);
      }
      if (satisfaction !== null && periods.length > 1) ratingTrend(page, satisfaction, language);
    },
    opened > 0
      ? [sentence(language, 'charts:trend.how', { weeks: weeks.length })]
      : [sentence(language, 'charts:findings.none')],
  );
}

function weekLegend(page: Sheet, language: Language): void {
  const keys: Key[] = [
    { fill: 'hatched', label: sentence(language, 'charts:trend.opened') },
    { fill: 'full', label: sentence(language, 'charts:trend.closed') },
    { sign: openSign, label: sentence(language, 'charts:trend.open') },
  ];
  legend(page, keys);
}

const openSign = { kind: 'sign', x: 0, y: 0, size: 9, shape: 'diamond', colour: '#ffffff' } as const;
const plotHeight = 160;
const labelSize = 11;
/** Room for what the lines of figures below are. */
const left = margin + 22;

/** Two columns a week and a line for what is open, on one scale; below them every figure. */
function columns(page: Sheet, weeks: readonly Week[]): void {
  const most = Math.max(1, ...weeks.flatMap(({ opened, closed, open }) => [opened, closed, open]));
  const bottom = page.y + 10 + plotHeight;
  const yOf = (count: number) => bottom - (plotHeight * count) / most;
  const step = (margin + innerWidth - left) / weeks.length;
  const width = Math.min(24, step * 0.36);
  const middles = weeks.map((_, index) => left + step * (index + 0.5));
  page.marks.push(axis(bottom));
  weeks.forEach(({ opened, closed }, index) => {
    const middle = middles[index] ?? 0;
    column(page, { x: middle - width - 1, width, count: opened, fill: 'hatched' }, yOf, bottom);
    column(page, { x: middle + 1, width, count: closed, fill: 'full' }, yOf, bottom);
  });
  const points = weeks.map(({ open }, index) => [middles[index] ?? 0, yOf(open)] as const);
  page.marks.push({ kind: 'line', points, tone: 'ink', width: 1.4, dashed: true });
  for (const [x, y] of points) page.marks.push({ ...openSign, x, y });
  page.y = bottom;
  figureLines(page, weeks, middles);
}

/** The day of each week and its three figures, with what each line is in front. */
function figureLines(page: Sheet, weeks: readonly Week[], middles: readonly number[]): void {
  const row = (words: readonly string[], bold: boolean) => {
    page.y += 17;
    words.forEach((word, index) => {
      page.marks.push(text(middles[index] ?? 0, page.y, word, { size: labelSize, anchor: 'middle', bold }));
    });
  };
  const key = (fill: Fill) =>
    page.marks.push({ kind: 'box', x: margin, y: page.y - 9, width: 14, height: 10, fill });
  row(
    weeks.map(({ week }) => dayOf(week)),
    false,
  );
  row(
    weeks.map(({ opened }) => String(opened)),
    true,
  );
  key('hatched');
  row(
    weeks.map(({ closed }) => String(closed)),
    true,
  );
  key('full');
  row(
    weeks.map(({ open }) => String(open)),
    true,
  );
  page.marks.push({ ...openSign, x: margin + 7, y: page.y - 4 });
  page.y += 6;
}

function axis(y: number) {
  return {
    kind: 'line',
    points: [
      [margin, y],
      [margin + innerWidth, y],
    ],
    tone: 'ink',
    width: 1,
    dashed: false,
  } as const;
}

interface Column {
  x: number;
  width: number;
  count: number;
  fill: Fill;
}

function column(
  page: Sheet,
  { x, width, count, fill }: Column,
  yOf: (count: number) => number,
  bottom: number,
): void {
  if (count === 0) return;
  const y = yOf(count);
  page.marks.push({ kind: 'box', x, y, width, height: bottom - y, fill });
}

/** `6/29`, the Monday of a week: as it is written in both languages in little room. */
function dayOf(week: string): string {
  const [, month = '', day = ''] = week.split('-');
  return `${Number(month)}/${Number(day)}`;
}

/** Periods in one picture, the last ones. */
const periodsMax = 12;

function ratingTrend(page: Sheet, { trend, period, aims }: Satisfaction, language: Language): void {
  part(
    page,
    sentence(language, period === 'week' ? 'charts:ratings.trend.week' : 'charts:ratings.trend.month'),
  );
  for (const { from, figures } of trend.slice(-periodsMax)) {
    const [year = '', month = ''] = from.split('-');
    const name =
      period === 'week'
        ? sentence(language, 'charts:week-of', { day: { date: from } })
        : sentence(language, 'results:month', { year, month: String(Number(month)) });
    shareRow(page, name, figures, { language, aims });
  }
}
