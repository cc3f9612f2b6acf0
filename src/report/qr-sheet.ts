import QRCode from 'qrcode';
import { sentence } from '../conversation/wording.ts';
import { inLanguage, languages, type Text } from '../flow/text.ts';
import { isThisMachine } from '../survey-link.ts';
import { fitted, wrapped } from './typesetting.ts';

/** A code as it is printed: whom it is for in people's words, and where it leads. */
export interface SheetCode {
  /** As people type it, with its hyphen. */
  code: string;
  link: string;
  unitName: Text | null;
  /** What a window is part of. */
  aboveName: Text | null;
  matter: string | null;
  /** Of a single case, rated once. */
  once: boolean;
  /** YYYY-MM-DD. */
  until: string | null;
}

/** A4 in points. */
export const pageSize = { width: 595.28, height: 841.89 };
export const codesPerPage = 6;

/** What is drawn on one page, in points from its upper left corner; `text` is centred on `x`, with `y` its baseline. */
export type Mark =
  | { kind: 'text'; x: number; y: number; size: number; text: string; faint: boolean }
  | { kind: 'frame'; x: number; y: number; width: number; height: number }
  | { kind: 'squares'; x: number; y: number; side: number; rows: readonly Run[][] };

/** Dark modules of one row of a QR code: from, how many. */
export type Run = readonly [from: number, length: number];
export type SheetPage = readonly Mark[];

const columns = 2;
const margin = 34;
const card = {
  width: (pageSize.width - 2 * margin) / columns,
  height: (pageSize.height - 2 * margin) / (codesPerPage / columns),
};
/** 44 mm with its quiet zone: read from an arm's length by a cheap phone. */
const qrSide = 124;
/** ISO/IEC 18004: four modules of white around the code. */
const quietModules = 4;
const inner = card.width - 24;

/**
 * The pages of a sheet of codes, six on a page. What stands beside a code says what is rated and asks for nothing: no stars,
 * no smiling face, no wished-for level (国办发〔2019〕51号 forbids leading people to one). Where a link leads to this machine
 * alone the sheet is a sample, and each card says so instead of inviting anybody: cards are cut apart and hung up by others
 * than those who were warned when the sheet was made.
 */
export function sheetPages(codes: readonly SheetCode[]): SheetPage[] {
  return Array.from({ length: Math.ceil(codes.length / codesPerPage) }, (_, page) =>
    codes
      .slice(page * codesPerPage, (page + 1) * codesPerPage)
      .flatMap((code, place) =>
        drawn(
          code,
          margin + (place % columns) * card.width,
          margin + Math.floor(place / columns) * card.height,
        ),
      ),
  );
}

function drawn(code: SheetCode, left: number, top: number): Mark[] {
  const x = left + card.width / 2;
  let y = top + 6;
  const marks: Mark[] = [{ kind: 'frame', x: left, y: top, width: card.width, height: card.height }];
  const line = (text: string, most: number, faint = false) => {
    const size = fitted(text, most, inner);
    y += size * 1.32;
    marks.push({ kind: 'text', x, y: y - size * 0.2, size, text, faint });
  };
  const { zh, en } = namesOf(code);
  for (const text of wrapped(zh, 13, inner, 2)) line(text, 13);
  if (en !== zh) for (const text of wrapped(en, 8.5, inner, 1)) line(text, 8.5, true);
  if (code.matter !== null)
    for (const text of wrapped(
      sentence('zh-CN', 'codes:sheet.matter', { matter: code.matter }),
      10,
      inner,
      2,
    ))
      line(text, 10);
  // The code keeps its place, whatever stands above it.
  y = Math.max(y, top + card.height - 64 - qrSide);
  marks.push({ kind: 'squares', x: x - qrSide / 2, y, ...squares(code.link) });
  y += qrSide;
  const says = inviting(code);
  line(sentence('zh-CN', says), says === 'codes:sheet.sample' ? 13 : 10);
  line(sentence('en', says), 8, says !== 'codes:sheet.sample');
  line(letters(code), 10);
  line(code.link, 8, true);
  return marks;
}

function inviting({ link, once }: SheetCode): 'codes:sheet.sample' | 'codes:sheet.once' | 'codes:sheet.scan' {
  if (isThisMachine(link)) return 'codes:sheet.sample';
  return once ? 'codes:sheet.once' : 'codes:sheet.scan';
}

function namesOf({ unitName, aboveName }: SheetCode): { zh: string; en: string } {
  const [zh = '', en = ''] = languages.map((language) => {
    if (unitName === null) return sentence(language, 'codes:name.none');
    const unit = inLanguage(unitName, language);
    if (aboveName === null) return unit;
    return sentence(language, 'codes:name.above', { above: inLanguage(aboveName, language), unit });
  });
  return { zh, en };
}

/** `编号 ACFHJ-34679 · 有效期至2026年7月31日（周五）`; letters and figures are the same in every language. */
function letters({ code, until }: SheetCode): string {
  const end = until === null ? [] : [sentence('zh-CN', 'codes:sheet.until', { day: { date: until } })];
  return [sentence('zh-CN', 'codes:sheet.code', { code }), ...end].join(' · ');
}

/** @throws when the address is longer than a QR code of this correction holds (over a thousand characters) */
function squares(link: string): { side: number; rows: Run[][] } {
  const { modules } = QRCode.create(link, { errorCorrectionLevel: 'M' });
  const across = modules.size + 2 * quietModules;
  const rows = Array.from({ length: across }, (_, row) => runsOf(modules, row - quietModules));
  return { side: qrSide / across, rows };
}

function runsOf(modules: QRCode.BitMatrix, row: number): Run[] {
  const runs: [number, number][] = [];
  if (row < 0 || row >= modules.size) return runs;
  for (let column = 0; column < modules.size; column += 1) {
    if (modules.get(row, column) === 0) continue;
    const last = runs.at(-1);
    const at = column + quietModules;
    if (last !== undefined && last[0] + last[1] === at) last[1] += 1;
    else runs.push([at, 1]);
  }
  return runs;
}
