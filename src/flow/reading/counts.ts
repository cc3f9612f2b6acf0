import { countsOf } from '../counts.ts';
import type { CountsAsked } from '../questions/number.ts';
import type { Counts } from '../value.ts';
import { isBound } from './amount.ts';
import { numeralRun } from './chinese.ts';
import { sign, signed, signs } from './countWords.ts';
import { isNegated, isQuestion } from './doubt.ts';
import { factorOf } from './measure.ts';
import { type Quantity, quantitiesIn } from './quantity.ts';
import { isWeightless } from './weightless.ts';

/**
 * The counts that a sentence gives where they were asked for.
 * - `one`: it says which is the part and which the whole. - `ask`: it may mean these (a percentage is a plain number).
 * - `over`: more than all of them. - `zero`: of none. - `unclear`: counts, but not which.
 */
export type CountsFound =
  | { kind: 'one'; counts: Counts }
  | { kind: 'ask'; candidates: (Counts | number)[] }
  | { kind: 'over' | 'zero' | 'unclear' };

/**
 * `18/20`, `18 out of 20`, `20件里18件`, `20件，其中18件按时`, `办结20件，按时18件`, `20件全部按时`, with the percentage beside them or
 * not. What was left over (`20件里2件没按时`) is asked about as its rest. Undefined where there are no counts.
 * @param normalised the reply, normalised
 */
export function countsIn(normalised: string, asked: CountsAsked): CountsFound | undefined {
  const { words, found } = quantitiesIn(signed(apart(normalised), asked));
  const numbers = found.filter(({ measure }) => measure === 'piece' || measure === null);
  const shares = found.filter(
    ({ measure }) => measure !== null && factorOf(measure, 'percent') !== undefined,
  );
  if (numbers.length + shares.length < found.length || shares.length > 1) return undefined;
  if (numbers.some(({ values }) => values.length !== 1)) return undefined;
  const sizes = numbers.map(({ values: [value = 0] }) => value);
  const sides = sidesOf(words, numbers, shares);
  if (sizes.length === 0 || sizes.length > 3 || sides.some(({ links }) => links)) return undefined;
  const reading = readSides(sizes, sides);
  const all = sides.map(({ text }) => text).join(' ');
  if (reading === undefined || (sizes.length > 1 && (isQuestion(words) || isBound(all.replace(late, ' ')))))
    return reading && { kind: 'unclear' };
  return reading.kind === 'one' ? besideShare(reading.counts, shares[0]) : reading;
}

/** A comma beside a percentage joins nothing (`18/20，90%`); `20件里一件都没有` is none of them. */
function apart(words: string): string {
  return words
    .replace(/[,、] ?(?=[\d.]+ ?(?:%|percent)|百分)|(?<=%|percent|\d ?成) ?[,、]/g, ';')
    .replace(/一([件个项宗笔])(?:[都也](?:没有?|未|不)|没有$)/, '0$1');
}

/** Larger counts are a slip of the finger. */
const countMax = 1_000_000_000;

function readSides(sizes: number[], sides: Side[]): CountsFound | undefined {
  const [first, second, third] = sides;
  const [a = 0, b = 0] = sizes;
  if (first === undefined) return undefined;
  if (second === undefined) return everyOne(a, first);
  if (sizes.some((size) => !Number.isInteger(size) || size < 0 || size > countMax))
    return { kind: 'unclear' };
  if (third !== undefined) return withRest(sizes, sides);
  return readTwo([a, b], first, second);
}

/** The words that belong to one number. */
interface Side {
  text: string;
  /** What stands between it and the number before. */
  before: string;
  /** It is one end of a range, or of a choice. */
  links: boolean;
  /** No unit stands with it. */
  bare: boolean;
}

/** Each number with its words; those between two belong to the first up to a comma, else to the second. */
function sidesOf(words: string, numbers: Quantity[], shares: Quantity[]): Side[] {
  const plain = shares.reduce(
    (left, { from, to }) => left.slice(0, from) + ' '.repeat(to - from) + left.slice(to),
    words,
  );
  return numbers.map(({ from, to }, place): Side => {
    const before = plain.slice(numbers[place - 1]?.to ?? 0, from);
    const after = plain.slice(to, numbers[place + 1]?.from ?? plain.length);
    const own = place === 0 ? before : (/^[^,;。.、]*[,;。.、](.*)$/s.exec(before)?.[1] ?? before);
    const isLast = place === numbers.length - 1;
    const tail = isLast ? after : (/^([^,;。.、]*)[,;。.、]/s.exec(after)?.[1] ?? '');
    return {
      text: `${own} ${tail}`,
      before,
      links: place > 0 && range.test(before),
      bare: bare.test(words.slice(from, to)),
    };
  });
}

const bare = new RegExp(`^(?:[\\d,.]+|${numeralRun})$`);
const range = /^ ?(?:-|~|到|至|或者?|or|to) ?$/;

/** `20件全部按时办结`; 20件都办了 may be all that were, of more. */
function everyOne(size: number, { text }: Side): CountsFound | undefined {
  if (!every.test(text) || isNegated(text) || isBound(text) || isQuestion(text)) return undefined;
  if (!Number.isInteger(size) || size < 1 || size > countMax) return undefined;
  const counts = countsOf(size, size);
  return outright.test(text) ? { kind: 'one', counts } : { kind: 'ask', candidates: [counts] };
}

const outright = /全部|全数|(?<![a-z])(?:all|every)(?![a-z])/;
const every = /全部|全数|全|都|均|(?<![a-z])(?:all|every)(?![a-z])/;

/** `20件，18件按时，2件超时`: the three must add up. */
function withRest(sizes: number[], sides: Side[]): CountsFound {
  const of = Math.max(...sizes);
  const rests = sides.map(({ text }) => isLeft(text));
  const place = rests.indexOf(true);
  const rest = sizes[place] ?? 0;
  const done = sizes.reduce((sum, size) => sum + size, 0) - of - rest;
  const isClear = rests.filter(Boolean).length === 1 && rest !== of && done + rest === of && of > 0;
  return isClear ? { kind: 'one', counts: countsOf(done, of) } : { kind: 'unclear' };
}

function readTwo(sizes: [number, number], first: Side, second: Side): CountsFound | undefined {
  const order = orderOf(first, second) ?? labelled(first, second);
  const [a, b] = sizes;
  const [done, of] = order.isPartFirst ? [a, b] : [b, a];
  const [part, whole] = order.isPartFirst ? [first, second] : [second, first];
  // `2 of 20 were late`: what follows a share said in one breath is said of its part.
  const partWords = order.isOneBreath ? `${part.text} ${whole.text}` : part.text;
  if (isLeft(partWords) || isLeft(whole.text)) {
    if (order.isOneBreath && isLeft(first.text)) return unclear;
    return leftOver(done, of, partWords, whole.text, order);
  }
  const isMixed = first.bare !== second.bare;
  if (!order.isSure) return order.isPlain && !isMixed ? asking(Math.min(a, b), Math.max(a, b)) : undefined;
  if (of === 0) return { kind: 'zero' };
  if (done > of) return order.isSlash ? asking(of, done) : { kind: 'over' };
  const counts = countsOf(done, of);
  // In `抽查20件，18` the 18 may be a percentage.
  const isDoubtful = isMixed && part.bare && !order.isGrammar && weight(part.text) === 0 && done <= 100;
  return isDoubtful ? { kind: 'ask', candidates: [counts, done] } : { kind: 'one', counts };
}

const unclear = { kind: 'unclear' } as const;

function asking(done: number, of: number): CountsFound {
  return of > 0 ? { kind: 'ask', candidates: [countsOf(done, of)] } : { kind: 'zero' };
}

/** What is left over tells the part, but only by our own sum: so it is asked about. */
function leftOver(done: number, of: number, part: string, whole: string, order: Order): CountsFound {
  if (isLeft(part) && isLeft(whole) && !order.isOneBreath) return unclear;
  if (isLeft(whole) && !order.isOneBreath) return weight(part) > 0 ? asking(done, done + of) : unclear;
  if (weight(whole) > 0) return asking(of, done + of);
  return of >= done ? asking(of - done, of) : unclear;
}

interface Order {
  isPartFirst: boolean;
  /** It is said which is which. */
  isSure: boolean;
  /** By the form of the sentence, not by what the numbers are called. */
  isGrammar: boolean;
  isSlash: boolean;
  isOneBreath: boolean;
  /** Nothing is said but the numbers. */
  isPlain: boolean;
}

/** `18/20`, `18 out of 20`, `18件，占20件`; `20件里18件`, `20件，其中18件`, `of 20 cases 18`. */
function orderOf(first: Side, second: Side): Order | undefined {
  const { before } = second;
  const isSlash = slash.test(before);
  const isOneBreath = isSlash || outOf.test(before);
  const isPartFirst = isOneBreath || before.includes('占');
  if (!isPartFirst && !within.test(before) && !ofThem.test(first.before)) return undefined;
  return { isPartFirst, isSure: true, isGrammar: true, isSlash, isOneBreath, isPlain: false };
}

const slash = /^[^,;。]*\/ ?$/;
const outOf =
  /^[^,;.。\p{Script=Han}]*(?<![a-z])(?:of(?: the| these| those| all| every| a total of)*|in(?: every)?)[ \ue002\ue003]*$/u;
const within =
  /^[\ue000-\ue003 ]*(?:事项|业务|窗口|审批|申请)?(?:里面?|[中内](?![心午国])|[, ]*(?:只|仅)?有)|里面?|其中|当中|之[中内]|(?<![a-z])(?:of which|of them|of these|of those|among them)(?![a-z])/;
const ofThem = /(?:^|[ ,])(?:out )?of (?:the |these |those |a total of )*$/;

/** By what the two numbers are called. Where one is called neither, nothing else may be said of it. */
function labelled(first: Side, second: Side): Order {
  const by = weight(second.text) - weight(first.text);
  const isTold = [first, second].every(({ text }) => weight(text) !== 0 || isWeightless(text));
  const base = { isGrammar: false, isSlash: false, isOneBreath: false };
  return { ...base, isPartFirst: by < 0, isSure: by !== 0 && isTold, isPlain: by === 0 && isTold };
}

/** Above nought for the part, below for the whole. */
function weight(text: string): number {
  const part = text.includes(sign.part) ? 2 : text.includes(sign.partly) ? 1 : 0;
  const whole = text.includes(sign.whole) ? 2 : text.includes(sign.wholly) ? 1 : 0;
  return part - whole;
}

function isLeft(text: string): boolean {
  return isNegated(text.replace(signs, ' ')) || late.test(text);
}

const late = /超时|超期|逾期|延误|(?<![a-z])(?:late|overdue|missed)(?![a-z])/;

/** A percentage beside the counts must be theirs, as people round; else which of them is right is asked. */
function besideShare(counts: Counts, share: Quantity | undefined): CountsFound {
  const percents = share?.values.map((value) => value * (factorOf(share.measure ?? 'other', 'percent') ?? 1));
  const other = percents?.find((percent) => Math.abs(percent - counts.percent) > 0.5);
  return other === undefined
    ? { kind: 'one', counts }
    : { kind: 'ask', candidates: [counts, ...(other >= 0 && other <= 100 ? [other] : [])] };
}
