/** A number in English words: `twenty-five`, `two hundred and six`. */
export function english(words: string): number | undefined {
  let [total, current] = [0, 0];
  let last = 'thousand';
  for (const word of words.split(/ and |[ -]/)) {
    const unit = small.indexOf(word);
    const ten = round.indexOf(word);
    if (unit >= 0) {
      if (!(unit < 10 ? ['ten', 'hundred', 'thousand'] : ['hundred', 'thousand']).includes(last))
        return undefined;
      current += unit;
      last = 'unit';
    } else if (ten >= 0) {
      if (!['hundred', 'thousand'].includes(last)) return undefined;
      current += (ten + 2) * 10;
      last = 'ten';
    } else if (word === 'hundred' && current > 0 && current < 10) {
      current *= 100;
      last = word;
    } else if (word === 'thousand' && current > 0 && total === 0) {
      [total, current] = [current * 1000, 0];
      last = word;
    } else return undefined;
  }
  return words === '' ? undefined : total + current;
}

/** English number words as digits: `twenty minutes` → `20 minutes`, `one and three` → `1 and 3`, `five point two` → `5.2`. */
export function digitsForWords(words: string): string {
  if (!/[a-z]{3}/.test(words)) return words;
  const whole = words
    .replace(/\ba (?=hundred\b|thousand\b)|(?<![a-z0-9-] ?)(?=hundred\b)/g, 'one ')
    .replace(englishRun, (run) => {
      const number = english(run);
      if (number !== undefined) return String(number);
      return run.replace(/[a-z]+/g, (word) => String(english(word) ?? word));
    });
  return whole
    .replace(decimals, (_, before: string, after: string) => `${before}.${after.replaceAll(' ', '')}`)
    .replace(/^((?:about|around) )?point (?=\d)/, '$10.')
    .replace(/\b(\d+) and (?:a |one )?(half|quarter)\b/g, (_, before: string, part: string) =>
      part === 'half' ? `${before}.5` : `${before}.25`,
    );
}

/** `85 point 5`, `90 point 0 5`: the digits after the point are said one by one, or as one number. */
const decimals = /\b(\d+) point (\d+(?: \d(?!\d))*)\b/g;

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const round = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const englishWord = `(?:${[...small].reverse().concat(round).join('|')}|hundred|thousand)`;
const englishRun = new RegExp(`\\b${englishWord}\\b(?:(?: and |[ -])${englishWord}\\b)*`, 'g');
