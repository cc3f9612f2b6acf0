import { sentence } from '../../conversation/wording.ts';
import type { SentenceKey } from '../../flow/say.ts';
import { inLanguage } from '../../flow/text.ts';
import type { Figures } from '../../satisfaction/figures.ts';
import type { GroupResults, VersionResults } from '../../satisfaction/results.ts';
import { shownFrom } from '../../satisfaction/small-cells.ts';
import { type FoundResults, findResults } from '../../store/results.ts';
import { type Cell, dayCell } from './cell.ts';
import type { Exported, ExportFacts } from './exported.ts';
import type { Column, Rows, Sheet } from './sheet.ts';

/** What is told of one group: how many, both shares with their 95 % intervals (Wilson), bad ratings, mean score. */
const figures = [
  ['n', 8],
  ['satisfied', 10],
  ['satisfied.percent', 12],
  ['satisfied.low', 10],
  ['satisfied.high', 10],
  ['not-negative', 12],
  ['not-negative.percent', 14],
  ['not-negative.low', 10],
  ['not-negative.high', 10],
  ['negative', 8],
  ['score', 8],
  ['remark', 26],
] as const;

/**
 * 评价: the figures that 结果 tells, by unit and by time; never single ratings, and nothing of groups too small to be told of
 * (docs/privacy.md). Each version of the indicators by itself; in the order of the register: nothing is ranked.
 */
export async function ratingsExport(facts: ExportFacts): Promise<Exported> {
  const { campaignId, zone, reading } = facts;
  const found = await findResults(reading.run, { campaignId, unitId: null, zone });
  const places = found.versions.flatMap((version) =>
    groups(version).flatMap((group) => placeRows(facts, found, group)),
  );
  const times = found.versions.flatMap((version) =>
    groups(version).flatMap((group) => timeRows(facts, group)),
  );
  const sheets = [
    sheet(facts, 'places', [['unit', 24]], places),
    sheet(facts, found.period === 'week' ? 'weeks' : 'months', [['from', 12]], times),
  ];
  return { total: places.length + times.length, sheets, notes: ['exports:ratings.note'] };
}

interface Group {
  version: VersionResults;
  who: 'own' | 'interview';
  results: GroupResults;
}

function groups(version: VersionResults): Group[] {
  return (['own', 'interview'] as const).map((who) => ({ version, who, results: version[who] }));
}

function sheet(
  { language }: ExportFacts,
  name: 'places' | 'weeks' | 'months',
  first: readonly (readonly [string, number])[],
  rows: Rows,
): Sheet {
  const heads = [['set', 8], ['who', 14], ...first, ...figures] as const;
  return {
    name: sentence(language, `exports:ratings.${name}`),
    columns: heads.map(
      ([id, width]): Column => ({
        title: sentence(language, `exports:ratings.${id}` as SentenceKey),
        width: Number(width),
      }),
    ),
    rows: [rows],
  };
}

/** The whole, then its parts. */
function placeRows(
  { language }: ExportFacts,
  { names }: FoundResults,
  { version, who, results }: Group,
): Cell[][] {
  if (results.all.kind === 'none') return [];
  const head = (unit: string): Cell[] => [
    version.version,
    sentence(language, `exports:ratings.${who}`),
    unit,
  ];
  const parts = results.parts.map(({ unitId, figures: told }) => {
    const name = unitId === null ? undefined : names.get(unitId);
    const unit = name === undefined ? sentence(language, 'results:no-unit') : inLanguage(name, language);
    return [...head(unit), ...figureCells(told, language)];
  });
  return [[...head(sentence(language, 'results:all')), ...figureCells(results.all, language)], ...parts];
}

function timeRows({ language }: ExportFacts, { version, who, results }: Group): Cell[][] {
  return results.trend.map(({ from, figures: told }) => [
    version.version,
    sentence(language, `exports:ratings.${who}`),
    dayCell(from),
    ...figureCells(told, language),
  ]);
}

function figureCells(told: Figures, language: ExportFacts['language']): Cell[] {
  const blank = (n: number): Cell[] => Array.from({ length: n }, () => null);
  switch (told.kind) {
    case 'none':
      return [0, ...blank(10), sentence(language, 'results:short.none')];
    case 'few':
      return [...blank(11), sentence(language, 'results:short.few', { from: shownFrom })];
    case 'withheld':
      return [...blank(11), sentence(language, 'results:short.withheld', { from: shownFrom })];
    case 'told': {
      const { n, satisfied, notNegative, negative, score } = told;
      const share = (one: typeof satisfied): Cell[] =>
        one === null ? blank(4) : [one.count, one.percent, one.low, one.high];
      const hidden = satisfied === null || notNegative === null;
      const remark = hidden ? sentence(language, 'results:hidden', { from: shownFrom }) : null;
      return [n, ...share(satisfied), ...share(notNegative), negative, score, remark];
    }
  }
}
