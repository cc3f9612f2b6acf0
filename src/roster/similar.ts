import { plain } from '../campaign/nearest.ts';

/**
 * Whether two names look like two spellings of one: a letter or two apart, or one the short form of the other (市人社局,
 * 市人力资源和社会保障局: the same letters in the same order, the same first and last). Names that differ in a number
 * (1号窗口, 2号窗口) or are short and different never do. Not a decision: people are asked.
 */
export function isSimilar(one: string, other: string): boolean {
  const [a, b] = [letters(one), letters(other)];
  if (a === b) return a !== '';
  if (numbersIn(a) !== numbersIn(b)) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 3) return false;
  if (short[0] === long[0] && short.at(-1) === long.at(-1) && isWithin(short, long)) return true;
  return long.length - short.length <= 1 && long.length >= 4 && isOneApart(short, long);
}

/**
 * The same for what people are called. Names of two letters are only the same when they are: 王伟 and 王芳 are two people
 * in every office.
 */
export function isSimilarPerson(one: string, other: string): boolean {
  const [a, b] = [personLetters(one), personLetters(other)];
  if (a === b) return a !== '';
  if (numbersIn(a) !== numbersIn(b)) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (
    short.length >= 2 &&
    long.startsWith(short) &&
    /^(?:同志|主任|局长|科长|处长|书记|老师|先生|女士)$/u.test(long.slice(short.length))
  )
    return true;
  return short.length >= 3 && long.length === short.length && isOneApart(short, long);
}

function letters(name: string): string {
  return plain(name).replace(/[^\p{L}\p{N}]/gu, '');
}

/** What stands in brackets behind a name is an office or a note. */
function personLetters(name: string): string {
  return letters(name.normalize('NFKC').replace(/\([^)]*\)/gu, ''));
}

function numbersIn(name: string): string {
  return (name.match(/\d+|[一二三四五六七八九十百]+|[a-z](?=[区厅座栋])/gu) ?? []).join(' ');
}

function isWithin(short: string, long: string): boolean {
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at === short.length;
}

/** One letter changed, added or left out, or two neighbours swapped. */
function isOneApart(short: string, long: string): boolean {
  let from = 0;
  while (from < short.length && short[from] === long[from]) from += 1;
  const [s, l] = [short.slice(from), long.slice(from)];
  if (short.length !== long.length) return s === l.slice(1);
  return s.slice(1) === l.slice(1) || (s[0] === l[1] && s[1] === l[0] && s.slice(2) === l.slice(2));
}
