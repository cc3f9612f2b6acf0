/**
 * How people say the five levels: which levels (5 best) a wording can stand for. Two levels mean that it is asked about.
 * 很 adds nothing before a good word in Chinese (很满意 is 满意), but 很不满意 is the last level of many other
 * questionnaires, so that is asked about. The labels themselves stand in `questions/level.ts`.
 */
export const levelWords: readonly (readonly [levels: number[], words: string[]])[] = [
  [
    [5],
    each('十分 特别 极其 极度 极为 超级 超 太 无比 格外 完全 绝对 非常非常 非常的 非常地 真的非常', ['满意']),
  ],
  [
    [5],
    list(
      '满意极了 满意得不得了 满意至极 非常好 特别好 太好了 好极了 非常棒 太棒了 棒极了 超赞 非常赞 完美 非常不错 五星好评',
    ),
  ],
  [
    [5],
    each(
      'very extremely completely totally fully absolutely highly super so',
      ['satisfied', 'happy', 'pleased'],
      ' ',
    ),
  ],
  [[5], list('delighted|excellent|perfect|amazing|outstanding|wonderful|fantastic|superb|very good', '|')],
  [[5, 4], list('好评 很棒 很赞 great', ' ')],
  [[4], list('很好 挺好 蛮好 不错 挺不错 蛮不错 happy pleased content good', ' ')],
  [[4, 3], each('比较 较 较为 还 还算 还是比较', ['满意'])],
  [[4, 3], list('还不错 不差 不坏')],
  [[4, 3], each('mostly quite pretty rather', ['satisfied', 'happy', 'good'], ' ')],
  [[4, 3], list('not bad|not too bad|not so bad|not that bad', '|')],
  [[3], each('基本上 大致 大体 大体上 总体基本 勉强 一般', ['满意'])],
  [[3], list('一般 一般般 马马虎虎 凑合 过得去 中评')],
  [
    [3],
    list(
      'basically satisfied|somewhat satisfied|moderately satisfied|so-so|so so|average|acceptable|mediocre',
      '|',
    ),
  ],
  [[3], list('neither satisfied nor dissatisfied', '|')],
  [[2], each('不太 不大 不怎么 不够 不甚', ['满意'])],
  [
    [2],
    list(
      '不满 不太好 不大好 不怎么好 不好 不怎么样 不咋样 不咋地 不太行 较差 比较差 失望 有点不满意 有些不满意 有点不满 比较不满意',
    ),
  ],
  [
    [2],
    each(
      'not |not very |not so |not too |not that |not really |not all that |not particularly ',
      ['satisfied', 'happy', 'pleased', 'good'],
      '',
      '|',
    ),
  ],
  [[2], list('not satisfactory|unsatisfied|not content|unhappy|displeased|disappointed|poor|not great', '|')],
  [[2, 1], list('很差 差评 糟糕 很不满意 很不满 很失望 态度差 服务差 bad', ' ')],
  [
    [1],
    each(
      '十分 特别 极其 极度 极为 极 超级 超 太 完全 根本 绝对 一点也 一点都 一点儿也 一点儿都 丝毫 非常非常',
      ['不满意', '不满'],
    ),
  ],
  [[1], list('非常不满 非常差 太差 极差 差极了 差劲 太差劲 恶劣 糟透了 糟糕透顶 太糟糕 非常失望')],
  [
    [1],
    each(
      'very extremely completely totally fully absolutely highly',
      ['unsatisfied', 'unhappy', 'displeased', 'disappointed'],
      ' ',
    ),
  ],
  [[1], each('extremely completely totally fully absolutely highly', ['dissatisfied'], ' ')],
  [
    [1],
    list(
      'terrible|awful|horrible|worst|very bad|very poor|not at all satisfied|not satisfied at all|not happy at all',
      '|',
    ),
  ],
];

/** The same for words that mean a level only when nothing else is said: "可以" is one, "可以快一点" is not. */
export const levelWordsAlone: readonly (readonly [levels: number[], words: string[]])[] = [
  [[5, 4], list('好 棒 赞 给力')],
  [[4, 3], list('可以 还行 还可以 还好 行 尚可 ok okay fine alright', ' ')],
  [[3], list('普通 中等 neutral', ' ')],
  [[2, 1], list('差')],
  [[2], list('不行 不可以')],
];

function each(before: string, words: string[], join = '', between = ' '): string[] {
  return before.split(between).flatMap((one) => words.map((word) => `${one}${join}${word}`));
}

function list(words: string, between = ' '): string[] {
  return words.split(between);
}
