import { characterTwips } from './measures.ts';

/** A line's width in characters of Chinese; a digit or Latin letter takes half of one. */
export function charactersIn(text: string): number {
  let width = 0;
  for (const letter of text) width += /[\u0020-\u00ff]/.test(letter) ? 0.5 : 1;
  return width;
}

/** From the right edge to the date, in characters, where a seal will be set over it (GB/T 9704-2012, 7.3.5.1). */
const besideDate = 4;

/**
 * How far signer and date stand from the right edge, in twips: the date four characters, the signer centred above it; where
 * the signer is so long that it would run over the edge, the date moves in instead.
 */
export function signatureIndents(signer: string | null, date: string): { signer: number; date: number } {
  const [own, day] = [charactersIn(signer ?? ''), charactersIn(date)];
  const centre = Math.max(besideDate + day / 2, own / 2);
  const twips = (characters: number) => Math.max(0, Math.round(characters * characterTwips));
  return { signer: twips(centre - own / 2), date: twips(centre - day / 2) };
}
