/** Widths in ems, on the wide side, of the font that everything is set in; what is measured here never runs over. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u2014\u2018\u2019\u201c\u201d\u2026]/u;
const broadLatin = /[A-Z0-9%&@mwMW—_]/u;

/** How wide a line is at this size (points), at most. */
export function widthOf(text: string, size: number): number {
  let ems = 0;
  for (const letter of text)
    ems +=
      wide.test(letter) || (letter.codePointAt(0) ?? 0) > 0xffff ? 1 : broadLatin.test(letter) ? 0.68 : 0.56;
  return ems * size;
}

/** The size, at most `size`, at which a line fits. */
export function fitted(text: string, size: number, width: number): number {
  return Math.min(size, Math.floor((width / widthOf(text, 1)) * 10) / 10);
}

/** What stands on one line: no line ends in an opening bracket or quotation mark, none begins with a stop or a closing one. */
const unbroken = /[（《“‘【]*(?:[\u0021-\u024f]+|\s+|.)[，。；：、！？）》”’】]*/gu;

/** In lines of this width, at most `linesMax`; what is left over ends in … . Latin words are kept whole where they fit. */
export function wrapped(text: string, size: number, width: number, linesMax: number): string[] {
  const lines: string[] = [];
  let line = '';
  const pieces = text.match(unbroken) ?? [];
  for (const piece of pieces.flatMap((one) => (widthOf(one, size) > width ? [...one] : [one]))) {
    if (widthOf(line + piece, size) <= width) line += piece;
    else {
      lines.push(line.trim());
      line = piece;
    }
  }
  lines.push(line.trim());
  if (lines.length <= linesMax) return lines;
  const last = [...(lines[linesMax - 1] ?? '')];
  while (last.length > 0 && widthOf(`${last.join('')}…`, size) > width) last.pop();
  return [...lines.slice(0, linesMax - 1), `${last.join('').trim()}…`];
}
