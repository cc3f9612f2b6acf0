import { cut, isNegated } from './doubt.ts';
import { type Mention, mentionsIn, namedBy, type Wordings } from './options.ts';
import { readPicks } from './picks.ts';
import { isWeightless } from './weightless.ts';

/** A list of options from which several can be chosen. */
export interface SeveralReader {
  wordings: Wordings;
  /** The index of the option that says "none of these", or -1. */
  none: number;
  /** The options name faults: what is praised is not meant (`态度还好，就是排队太久`). */
  faults: boolean;
}

/** Which options a sentence names, by index. `doubtful`: ask. With several `sets`, which one is meant is not clear. */
export interface Several {
  sets: number[][];
  doubtful: boolean;
  exact: boolean;
}

/**
 * Reads a sentence clause by clause, so that nothing of it is dropped: wordings, numbers and blocks beside them (`前两个，
 * 还有礼貌`), `其他都不行`. What is praised where faults are asked for, or denied, is never offered. Any clause that is
 * not understood makes the whole doubtful: it may name one more. Undefined for a question, and when nothing is left.
 * @param words normalised, without `其他都好` (see `withoutPraiseOfOthers`)
 */
export function severalIn(words: string, reader: SeveralReader): Several | undefined {
  const mention = mentionsIn(words, reader.wordings);
  if (mention === undefined || mention.doubt === 'asked') return undefined;
  const found: Found = {
    meant: new Set(),
    dropped: new Set(),
    odd: new Set(),
    others: false,
    doubtful: false,
  };
  found.doubtful = mention.doubt !== 'none';
  const said = [...mention.said];
  const rest = mention.rest.replace(numbered, (_, number: string) => {
    found.odd.add(Number(number) - 1);
    return cut;
  });
  for (const clause of rest.split(strong)) readClause(clause, said.splice(0, cutsIn(clause)), found, reader);
  return resultOf(found, mention, reader);
}

/** `态度不好，其他都好` is 态度不好: the praise of all the rest names none of them. */
export function withoutPraiseOfOthers(words: string): string {
  const left = words.replace(othersFine, '').replace(/[,，、;。 ]+$/, '');
  return left === '' ? words : left;
}

interface Found {
  meant: Set<number>;
  dropped: Set<number>;
  /** Numbers written before a wording: that of the option, or of the person's own list. */
  odd: Set<number>;
  /** `其他都不行` */
  others: boolean;
  doubtful: boolean;
}

function readClause(
  clause: string,
  said: string[],
  found: Found,
  { wordings, faults, none }: SeveralReader,
): void {
  const options = said.map((wording) => namedBy(wording, wordings));
  const denied = isNegated(clause.slice(0, Math.max(0, clause.lastIndexOf(cut))));
  // 态度没问题: 没问题 is the wording of "none", but here it praises the one before it.
  const goodAfter = options.length > 1 && none >= 0 && (options.at(-1) ?? []).includes(none);
  const praised = faults && said.length > 0 && said.slice(0, goodAfter ? -1 : undefined).every(isNeutral);
  if (denied || (praised && ((goodAfter && clause.includes(cut + cut)) || praise.test(clause)))) {
    for (const index of options.flat()) found.dropped.add(index);
    found.doubtful = true;
    return;
  }
  for (const index of options.flat()) found.meant.add(index);
  // 其他都不行 is all the rest, also where the list has an option called 其他.
  if (/^(?:其[他它]|别的)$/.test(said[0] ?? '') && allOfThem.test(clause)) {
    found.others = true;
    found.doubtful = true;
  }
  for (const part of clause.split(weak)) if (!part.includes(cut)) readPart(part, found, wordings);
}

/** A part without a wording: numbers, all the others, or words that add nothing. */
function readPart(part: string, found: Found, { topic, count }: Wordings): void {
  const words = part.replace(also, '').trim();
  const picks = words === '' ? undefined : readPicks(words, count, true);
  if (picks?.kind === 'picked') for (const index of picks.indexes) found.meant.add(index);
  else if (picks !== undefined) found.doubtful = true;
  else if (allOthers.test(words)) {
    found.others = true;
    found.doubtful = true;
  } else if (!isWeightless(words, topic)) found.doubtful = true;
}

function resultOf(found: Found, { rest }: Mention, { wordings, none }: SeveralReader): Several | undefined {
  const { meant, dropped, odd } = found;
  const all = Array.from({ length: wordings.count }, (_, at) => at).filter((at) => at !== none);
  const rests = found.others ? [all.filter((at) => !dropped.has(at))] : [];
  const set = [...meant].filter((at) => !dropped.has(at));
  if (set.length === 0 && rests.length === 0) return undefined;
  const strange = [...odd].filter(
    (at) => at < wordings.count && at >= 0 && !meant.has(at) && !dropped.has(at),
  );
  const named = strange.length === 0 ? [set] : [set, [...set, ...strange]];
  const sets = [...rests, ...(set.length === 0 ? [] : named)];
  const outside = [...odd].some((at) => at >= wordings.count || at < 0);
  return { sets, doubtful: found.doubtful || outside || sets.length > 1, exact: onlyListed.test(rest) };
}

const cutsIn = (clause: string): number => clause.split(cut).length - 1;
const numbered = new RegExp(`(?<![\\d.])(\\d{1,2}) ?[.、:)\\],]? ?${cut}`, 'g');
const strong = /[,。;!.…\n]+/;
const weak = /[、/&+ ]|还有|以及|和|与|及|跟|(?<![a-z])and(?![a-z])/;
const also = /^ ?(?:还有|以及|另外|再加上?|加上|也|就是|and |also |plus )/;
/** Neither a fault nor a praise in itself: 态度, not 态度差. */
const isNeutral = (wording: string): boolean =>
  !/[不没未无差慢久长难多趟]|(?<![a-z])(?:not|no|too|rude|slow|bad|poor)(?![a-z])/.test(wording);
const good =
  '(?:好|可以|不错|行|满意|到位|落实|正常|快|棒|清楚|热情|不[多长久慢难差坏]|没(?:有)?(?:什么|啥|任何)?(?:问题|意见|毛病)|ok|okay|fine|good|great|nice|all right|alright|no problem)';
const degree =
  '(?:都|也|还|挺|很|蛮|非常|特别|比较|倒|是|算|确实|其实|总体|方面|这块|这个|这[一两几]?[个项]|[两三四]个|的|得|was|were|is|are|really|very|quite|pretty|all|,| )*';
const praise = new RegExp(`${cut}${degree}${good}(?:的|了|吧|啊|呀|呢|,| )*$`);
const others = '(?:其他|其它|别的|其余|剩下|剩余)(?:的|方面|制度|几?[个项]|[两三四五][个项])*';
const othersFine = new RegExp(
  `(?:^|[,，、;。 ])(?:但|但是|不过)?${others}${degree}${good}(?:的|了|吧|啊|呀|, )*$|(?:^|[,;. ])(?:the |all the )?(?:rest|others?|everything else) ${degree}${good}$`,
);
const allOthers = new RegExp(
  `^(?:但|但是|不过)?${others}(?:都|全|也|均|就|皆)+|^(?:all )?the (?:rest|others)`,
);
const allOfThem = new RegExp(`^(?:但|但是|不过)?${cut}(?:都|全|也|均|就|皆)`);
const onlyListed = new RegExp(
  `^(?:\\d{1,2} ?[.、:)]? ?)?${cut}(?: ?[,、;/&+。 ]? ?(?:和|与|及|跟|and|\\d{1,2} ?[.、:)]?)? ?${cut})*$`,
);
