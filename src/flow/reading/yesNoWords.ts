/**
 * What whole words answer to a yes/no question. `either` can mean yes or no by the question; `nod` is a yes when
 * nothing follows, `filler` nothing at all.
 */
export type Meaning = 'yes' | 'no' | 'either' | 'nod' | 'filler';

const chinese: Record<Meaning, string> = {
  yes: '是 对 有 要 需要 好 可以 行 能 会 愿意 同意 没错 没有错 确实 确实是 当然 当然是 当然有 当然要 肯定 肯定是 肯定有 必须 都有 都是 都好 都要 确认 👍 👌 ✅ ✔ ✓ ☑ √ 🆗 ⭕',
  no: '否 不 不是 不对 没 没有 不要 不用 不需要 不必 无需 不可以 不行 不能 不会 不好 不愿意 不同意 免 算了 还没有 还没 暂时没有 暂时没 暂时不用 目前没有 目前没 都没有 都没 都不是 从来没有 并没有 并不是 当然不 当然不是 当然没有 肯定不是 肯定没有 不成 不了 👎 ❌ ✖ ✗ ✘ ✕ ×',
  either:
    '没问题 没有问题 不要紧 无 暂无 无所谓 没关系 随便 看情况 都行 都可以 不是没有 不是不 不是不行 不是不好 不错 还行 还好 还可以 不一定 不确定 有时 有时候 一般 一般般 部分 一部分 一半 有一点 有点 有些 也许 可能 可能是 可能有 大概 应该 应该是 应该有 应该没有 好像是 好像有 好像没有 是吧 有吧 对吧 没有吧 没吧 不是吧 差不多 基本 基本是 基本有 基本没有',
  nod: '嗯 恩 嗯哼',
  filler: '哦 噢 喔 额 呃 啊 哎 唉 那个',
};

const english: Record<Meaning, string> = {
  yes: 'yes, y, yep, yeah, yea, yup, ya, aye, sure, sure thing, ok, okay, k, right, correct, true, exactly, indeed, definitely, certainly, absolutely, of course, yes please, yes thanks, yes thank you, yes i do, yes it is, yes it was, i do, it is, it was, it does, it did, they are, they were, they do, they did, there is, there was, there are, there were, i agree, agreed, affirmative',
  no: "no, n, nope, nah, no thanks, no thank you, nope thanks, no i don't, no it isn't, no it wasn't, not at all, never, negative, false, wrong, incorrect, of course not, definitely not, certainly not, absolutely not, not yet, no need, no need thanks, not needed, not necessary, i do not, i don't, it is not, it isn't, it was not, it wasn't, it does not, it doesn't, it did not, it didn't, they are not, they aren't, they were not, they weren't, they do not, they don't, they did not, they didn't, there is not, there isn't, there was not, there wasn't, there are not, there aren't, there were not, there weren't, no way",
  either:
    'no problem, no problems, not really, why not, yes and no, sort of, kind of, maybe, perhaps, sometimes, partly, mostly, not always, probably, probably not, i think so, i guess, not sure, not bad, whatever',
  nod: 'mhm, mm, uh-huh, en',
  filler: 'um, uh, er, hmm, oh, well, ah, hm',
};

/** The meaning of whole normalised words, without marks and particles. */
export const meanings: ReadonlyMap<string, Meaning> = new Map([
  ...entries(chinese, ' '),
  ...entries(english, ', '),
]);

function entries(lists: Record<Meaning, string>, between: string): [string, Meaning][] {
  const kinds: Meaning[] = ['yes', 'no', 'either', 'nod', 'filler'];
  return kinds.flatMap((kind) => lists[kind].split(between).map((words): [string, Meaning] => [words, kind]));
}
