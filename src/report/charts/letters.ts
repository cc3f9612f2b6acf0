import type { Font } from 'fontkit';
import { openSync } from 'fontkit';
import { fontFile } from '../font.ts';

/** In units of the font, a thousand to the em, y upwards. */
interface Letter {
  path: string;
  advance: number;
}

/** Printed where the font has no letter: 〓, what typesetters put for a sort that is missing. */
const missing = '\u3013';

/**
 * A line of text as one outline, in units of a thousandth of `size`, y upwards; `width` in points. The picture needs no font
 * then: resvg took 15 ms for each text of this font (8 MB of CFF), and this takes 0.2 ms for a letter that is new.
 */
export function outline(text: string, size: number): { path: string; width: number } {
  let x = 0;
  const parts: string[] = [];
  for (const character of text.replace(/\p{Cc}|\p{Variation_Selector}|\u200d/gu, '')) {
    const { path, advance } = letterOf(character);
    if (path !== '') parts.push(moved(path, x));
    x += advance;
  }
  return { path: parts.join(''), width: (x * size) / 1000 };
}

/** Whether a character is in the font. */
export function isInFont(character: string): boolean {
  return opened().hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
}

const letters = new Map<string, Letter>();
/** A campaign uses some hundred characters; all that the font has would be 30,000. */
const lettersMax = 5000;

function letterOf(character: string): Letter {
  const known = letters.get(character);
  if (known !== undefined) return known;
  const point = (isInFont(character) ? character : missing).codePointAt(0) ?? 0;
  const glyph = opened().glyphForCodePoint(point);
  const letter = { path: glyph.path.toSVG(), advance: glyph.advanceWidth };
  if (letters.size >= lettersMax) letters.clear();
  letters.set(character, letter);
  return letter;
}

let font: Font | null = null;

function opened(): Font {
  if (font !== null) return font;
  const file = openSync(fontFile());
  if (file.type !== 'TTF') throw new Error('the font file holds several fonts');
  font = file;
  return file;
}

/** An outline of absolute commands (M, L, Q, C, Z) moved to the right. */
function moved(path: string, by: number): string {
  let isX = true;
  return path.replace(/[A-Z]|-?\d+(?:\.\d+)?/g, (part) => {
    if (/[A-Z]/.test(part)) {
      isX = true;
      return part;
    }
    const value = isX ? Number(part) + by : Number(part);
    isX = !isX;
    return String(Math.round(value * 100) / 100);
  });
}
