import { Lamps } from '../../../src/campaign/rectification/lamp.ts';
import type { Language } from '../../../src/flow/text.ts';
import type { Shown } from '../../../src/report/charts/about.ts';
import { findingsDrawing } from '../../../src/report/charts/findings.ts';
import { lampsDrawing } from '../../../src/report/charts/lamps.ts';
import { overviewDrawing } from '../../../src/report/charts/overview.ts';
import { progressDrawing } from '../../../src/report/charts/progress.ts';
import { satisfactionDrawing } from '../../../src/report/charts/satisfaction.ts';
import { trendDrawing } from '../../../src/report/charts/trend.ts';
import { findingKinds } from '../../../src/report/models/findings.ts';
import { lampBoard } from '../../../src/report/models/lamps.ts';
import { progressOf } from '../../../src/report/models/progress.ts';
import type { Place } from '../../../src/report/models/roll-up.ts';
import type { Satisfaction } from '../../../src/report/models/satisfaction.ts';
import { trendOf } from '../../../src/report/models/trend.ts';
import { type Figures, figuresOf, partFigures } from '../../../src/satisfaction/figures.ts';

export const today = '2026-07-16';
export const lamps = Lamps.parse(undefined);

export const shownIn = (language: Language): Shown => ({
  language,
  about: language === 'en' ? 'Cross-inspection of service windows' : '窗口“办事难”集中整治交叉式抽查',
  at: '2026-07-16T02:00:00.000Z',
  zone: 'Asia/Shanghai',
});

const named = (id: string, zh: string, en: string, parent: string | null = null): Place => ({
  id,
  name: { 'zh-CN': zh, en },
  parent,
});

export const places: Place[] = [
  named('nanhu', '南湖区政府', 'Nanhu District'),
  named('haiyan', '海盐县政府', 'Haiyan County'),
  named('window', '不动产登记综合受理3号窗口', 'Real estate window 3', 'haiyan'),
  named('pinghu', '平湖市政府', 'Pinghu City'),
  named(
    'zone',
    '嘉兴经济技术开发区（国际商务区）管理委员会行政审批服务局综合受理大厅',
    'Jiaxing Economic and Technological Development Zone (International Business District)',
  ),
];

export const progress = progressOf(
  [
    { unitId: 'zone', total: 3, done: 0, late: 0 },
    { unitId: 'nanhu', total: 4, done: 4, late: 0 },
    { unitId: 'haiyan', total: 12, done: 5, late: 3 },
    { unitId: 'pinghu', total: 1, done: 0, late: 1 },
  ],
  places,
);

export const board = lampBoard(
  [
    // Due by the bound of near due, and by that of overdue.
    { unitId: 'window', open: 2, waiting: 0, dueBy: [2, 2] },
    { unitId: 'haiyan', open: 3, waiting: 0, dueBy: [0, 0] },
    { unitId: 'pinghu', open: 1, waiting: 0, dueBy: [1, 0] },
    { unitId: 'zone', open: 4, waiting: 4, dueBy: [0, 0] },
    { unitId: null, open: 1, waiting: 0, dueBy: [0, 0] },
  ],
  ['nanhu', 'haiyan', 'pinghu', 'zone'],
  places,
  lamps,
);

export const kinds = findingKinds([
  { kind: '事难办', open: 3, closed: 9 },
  {
    kind: { 'zh-CN': '既受理又办理的事项不足90%', en: 'Fewer than 90% accepted and decided' },
    open: 4,
    closed: 1,
  },
  { kind: null, open: 2, closed: 0 },
  { kind: '门难进', open: 0, closed: 6 },
]);

export const trend = trendOf(
  [
    { week: '2026-06-22', opened: 6, closed: 0 },
    { week: '2026-06-29', opened: 11, closed: 3 },
    { week: '2026-07-13', opened: 2, closed: 9 },
  ],
  today,
);

const scores = [100, 80, 60, 30, 0] as const;
const [few, withheld, told] = partFigures(
  [
    [0, 0, 0, 0, 4],
    [0, 0, 0, 0, 10],
    [5, 0, 5, 10, 80],
  ],
  scores,
);
const part = (figures: Figures | undefined): Figures => figures ?? { kind: 'none' };

export const satisfaction: Satisfaction = {
  version: 1,
  isCampaign: true,
  publishedOn: '2026-06-22',
  aims: { satisfied: 90 },
  own: figuresOf([5, 0, 5, 10, 94], scores),
  interview: figuresOf([0, 0, 0, 0, 7], scores),
  rows: [
    { id: 'nanhu', name: places[0]?.name ?? null, figures: part(few) },
    { id: 'haiyan', name: places[1]?.name ?? null, figures: part(withheld) },
    { id: 'pinghu', name: places[3]?.name ?? null, figures: part(told) },
    { id: 'zone', name: places[4]?.name ?? null, figures: { kind: 'none' } },
  ],
  left: 0,
  period: 'week',
  trend: [
    { from: '2026-06-22', figures: figuresOf([5, 0, 0, 5, 40], scores) },
    { from: '2026-06-29', figures: { kind: 'few' } },
    { from: '2026-07-06', figures: figuresOf([0, 0, 5, 5, 54], scores) },
  ],
};

/** Every picture of the same campaign. */
export const drawings = {
  progress: (language: Language) => progressDrawing(progress, shownIn(language)),
  lamps: (language: Language) => lampsDrawing(board, shownIn(language)),
  satisfaction: (language: Language) => satisfactionDrawing(satisfaction, shownIn(language)),
  findings: (language: Language) => findingsDrawing(kinds, shownIn(language)),
  trend: (language: Language) => trendDrawing(trend, satisfaction, shownIn(language)),
  overview: (language: Language) =>
    overviewDrawing(
      {
        activities: [
          { id: 'a', title: { 'zh-CN': '交叉式抽查', en: 'Cross-inspection' }, total: 8, done: 3, late: 5 },
          {
            id: 'b',
            title: { 'zh-CN': '体验式自查', en: 'Trying it oneself' },
            total: 59,
            done: 40,
            late: 0,
          },
        ],
        problems: board,
        weeks: trend.weeks.slice(-2),
        satisfaction,
      },
      shownIn(language),
    ),
};
