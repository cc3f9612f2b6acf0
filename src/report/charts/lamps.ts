import { sentence } from '../../conversation/wording.ts';
import { inLanguage, type Language } from '../../flow/text.ts';
import type { Cell, LampBoard, LampTotals } from '../models/lamps.ts';
import { fitted, wrapped } from '../typesetting.ts';
import { type Shown, shownAsOf } from './about.ts';
import { type Drawing, innerWidth, margin, sizes } from './drawing.ts';
import { type Key, legend, type Sheet, sheet, text } from './sheet.ts';
import { at, lampSign, noLampSign } from './signs.ts';

/** 灯: one cell a unit, with the most urgent lamp of its problems as colour, shape and word. In the order of the register. */
export function lampsDrawing(board: LampBoard, shown: Shown): Drawing {
  const { language } = shown;
  const { cells, open, left } = board;
  const heading = {
    name: 'lamps',
    title: sentence(language, 'charts:lamps.title'),
    about: shown.about,
    asOf: sentence(language, 'charts:as-of.problems', { ...shownAsOf(shown), n: open }),
    says: lampWords(board, language),
  };
  if (cells.length === 0) return sheet(heading, () => undefined, [sentence(language, 'charts:lamps.none')]);
  const notes = [
    ...(left > 0 ? [sentence(language, 'charts:rows.left', { shown: cells.length, left })] : []),
    sentence(language, 'charts:order'),
  ];
  return sheet(
    heading,
    (page) => {
      lampLegend(page, board, language);
      page.y += 6;
      grid(page, cells, language);
    },
    notes,
  );
}

/** How many problems there are of each lamp, and of those in which it is not the unit's turn. */
export function lampLegend(
  page: Sheet,
  { lamps, waiting }: Pick<LampTotals, 'lamps' | 'waiting'>,
  language: Language,
): void {
  const keys: Key[] = lamps.map(({ lamp, problems }) => ({
    label: sentence(language, 'charts:lamps.key', { word: lamp.word, count: problems }),
    sign: lampSign(lamp),
  }));
  if (waiting > 0)
    keys.push({ label: sentence(language, 'charts:lamps.waiting', { count: waiting }), sign: noLampSign() });
  legend(page, keys);
}

/** `待整改问题7个：逾期2个、临近期限1个。` */
export function lampWords({ lamps, waiting, open }: LampTotals, language: Language): string {
  if (open === 0) return sentence(language, 'charts:lamps.says.none');
  const parts = lamps.flatMap(({ lamp, problems }) =>
    problems === 0
      ? []
      : [{ key: 'charts:lamps.key' as const, params: { word: lamp.word, count: problems } }],
  );
  const others = waiting === 0 ? [] : [{ key: 'charts:lamps.waiting' as const, params: { count: waiting } }];
  return sentence(language, 'charts:lamps.says', { open, lamps: { list: [...parts, ...others] } });
}

const columns = 2;
const gap = 7;
const width = (innerWidth - gap * (columns - 1)) / columns;
/** Beside the sign. */
const room = width - 40;
const leading = 14;
/** A campaign's own words for its lamps may be long. */
const sizeMin = 9.5;

interface Lined extends Cell {
  lines: string[];
}

function grid(page: Sheet, cells: readonly Cell[], language: Language): void {
  for (let first = 0; first < cells.length; first += columns) {
    const row = cells.slice(first, first + columns).map((cell): Lined => {
      const { name } = cell;
      const called = name === null ? sentence(language, 'charts:lamps.nowhere') : inLanguage(name, language);
      return { ...cell, lines: wrapped(called, sizes.small, room, 3) };
    });
    const height = 32 + leading * Math.max(...row.map(({ lines }) => lines.length));
    row.forEach((cell, column) => {
      drawCell(page, cell, { x: margin + column * (width + gap), y: page.y, height }, language);
    });
    page.y += height + gap;
  }
}

function drawCell(
  page: Sheet,
  { lines, ...cell }: Lined,
  { x, y, height }: { x: number; y: number; height: number },
  language: Language,
): void {
  page.marks.push({ kind: 'box', x, y, width, height, fill: 'ground' });
  const sign = cell.lamp === null ? noLampSign(20) : lampSign(cell.lamp, 20);
  page.marks.push(at(sign, x + 17, y + height / 2));
  lines.forEach((line, index) => {
    page.marks.push(text(x + 34, y + 19 + index * leading, line, { size: sizes.small }));
  });
  const words = stateOf(cell, language);
  const size = Math.max(sizeMin, fitted(words, sizes.small, room));
  const [shown = ''] = wrapped(words, size, room, 1);
  page.marks.push(text(x + 34, y + 22 + lines.length * leading, shown, { size, bold: true }));
}

/** `逾期 2/5个`, `待核实等 3个`, `无待整改问题` */
function stateOf({ lamp, lit, open }: Pick<Cell, 'lamp' | 'lit' | 'open'>, language: Language): string {
  if (open === 0) return sentence(language, 'charts:lamps.cell.none');
  if (lamp === null) return sentence(language, 'charts:lamps.cell.waiting', { open });
  return sentence(language, 'charts:lamps.cell', { word: lamp.word, lit, open });
}
