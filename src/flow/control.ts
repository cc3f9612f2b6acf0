import { type Change, readChange } from './change.ts';

/** What a person can say at any question instead of an answer. */
export type Control = { kind: 'back' | 'skip' | 'pause' | 'resume' | 'leave' } | Change;

/** The words that the bot itself teaches; they count wherever they are said. */
const taught: Record<string, Control> = tableOf({
  back: '上一题 back',
  skip: '跳过 skip',
  pause: '暂停 pause',
  resume: '继续 resume',
  leave: '退出 quit',
});

/** Other words for the same. In a room people say them to one another, so there they count only when said to the bot. */
const others: Record<string, Control> = tableOf({
  back: '上一步 上一个 返回 返回上一题 回上一题 回到上一题 previous previous-question go-back',
  skip: '略过 下一题 跳过这题 跳过本题 跳过此题 跳过这一题 next next-question pass skip-this skip-it skip-question',
  pause: '稍后 稍后再填 等会再填 later pause-it',
  resume: '接着 接着填 继续填 继续填写 继续作答 恢复 continue go-on carry-on',
  leave: '结束 退出填写 结束填写 不填了 不想填了 不做了 exit stop leave',
});

/** Longer texts are no control words (UTF-16 units); a correction has its answer behind it. */
const wordMax = 20;

/**
 * The control word in a text, if the whole text is one: `跳过`, `请跳过吧。`, `Skip!`, `改 3 92`.
 * @param addressed false for what was said in a room without speaking to the bot
 */
export function readControl(text: string, addressed: boolean): Control | null {
  if (!beginnings.has(text.charAt(0))) return null;
  if (text.length > wordMax) return readChange(text);
  const plain = text.trim().replace(marks, '').toLowerCase();
  const said = taught[plain] ?? (addressed ? (others[plain] ?? polite(plain)) : undefined);
  return said ?? readChange(text);
}

/** `请跳过`, `我要退出`, `先暂停一下吧`, `please skip`. */
function polite(plain: string): Control | undefined {
  const bare = plain.replace(before, '').replace(after, '').replaceAll(' ', '-');
  return bare === plain ? undefined : (taught[bare] ?? others[bare]);
}

const marks = /[。.!！~～\s]+$/u;
const before = /^(?:(?:请|麻烦|我想|我要|我|先)+|please )/;
const after = /(?:一下)?[吧啦了哈]?$| please$/;

function tableOf(words: Record<Exclude<Control['kind'], 'change'>, string>): Record<string, Control> {
  const table: Record<string, Control> = Object.create(null);
  for (const kind of ['back', 'skip', 'pause', 'resume', 'leave'] as const)
    for (const word of words[kind].split(' ')) table[word] = Object.freeze({ kind });
  return table;
}

/** The letters that a control word or a correction can begin with: nearly all answers are ruled out by their first. */
const beginnings: ReadonlySet<string> = new Set(
  [
    ...Object.keys(taught),
    ...Object.keys(others),
    ...'请麻我先 \n\t　pP改更修重把将第ce0123456789０１２３４５６７８９一二三四五六七八九十',
  ]
    .map((word) => word.charAt(0))
    .flatMap((letter) => [letter, letter.toUpperCase()]),
);
