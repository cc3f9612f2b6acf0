/** `1200`, `1,200`, `.5`; at most fifteen digits, so that nothing is lost. */
export function arabic(words: string): number | undefined {
  if (words.length > 24 || !/^(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?$/.test(words) || words === '')
    return undefined;
  const plain = words.replaceAll(',', '');
  return plain.replace('.', '').length > 15 ? undefined : Number(plain);
}

/** Takes away what binary fractions add: 1.1 × 60 is 66. */
export function rounded(number: number): number {
  return Math.round(number * 1e9) / 1e9;
}
