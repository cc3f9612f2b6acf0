/**
 * Whether the words around a wording, in its own clause, add nothing to it. Only such a wording is taken at its word: the
 * ways of denying (`鬼才满意`, `离满意还远`, `好一个满意`) have no end, the ways of saying "I am satisfied" nearly have.
 * @param around normalised words, with `cut` where the wording stood
 * @param topic what the question itself speaks of: its characters and English words add nothing either
 */
export function isWeightless(around: string, topic: ReadonlySet<string> = none): boolean {
  const left = around.replace(listNumber, '').replace(weightless, ' ');
  for (const [word] of left.matchAll(weighty)) if (!topic.has(word)) return false;
  return true;
}

/** The characters and English words of a question's label. */
export function topicOf(label: string): Set<string> {
  return new Set(Array.from(label.matchAll(weighty), ([word]) => word));
}

/** How many different characters and words of the label a clause holds. */
export function topicWords(clause: string, topic: ReadonlySet<string>): number {
  return new Set(Array.from(clause.matchAll(weighty), ([word]) => word).filter((word) => topic.has(word)))
    .size;
}

const none: ReadonlySet<string> = new Set();
const weighty = /[a-z']+|[\p{L}\p{N}]/gu;
const listNumber = /(?<!\S)\d{1,2} ?[.、:)\],]? ?(?=\u0001)/g;

const chinese = [
  '工作人员 办事人员 总体来说 总的来说 总体来讲 整体来说 总体而言 对我来说 个人觉得 我个人 老百姓 办事群众 主要原因',
  '我们 你们 他们 大家 群众 市民 居民 本人 个人 自己 觉得 感觉 认为 感到 觉着 对于 对此 表示 这次 本次 此次 今天 这里 这边 那里 这个 那个 目前 现在 暂时 刚才',
  '窗口 服务 工作 人员 办事 办理 业务 大厅 中心 政务 态度 效率 环境 流程 速度 手续 整体 总体 方面 各方面 来说 来讲 而言 来看 普遍 一致 全部 全都 全体 所有 真的 真心 确实 的确 实在 特别 十分 非常 一直 每次 已经 这么 如此 其实 还是 就是 都是 主要 只有 还有 另外 以及 因为 由于 原因 情况 现象 存在 发现 选择 选项 评价 结果 评为 打算 大约 用了 一个 两个 有人 让我 令我 让人 令人 使我 使人 谢谢 感谢 多谢 辛苦 麻烦 存在',
  '我 你 您 俺 咱 这 那 此 对 都 也 均 全 皆 很 挺 真 蛮 太 还 就 是 为 有 在 的 地 得 了 着 过 并 吧 啊 呀 哦 喔 噢 啦 呢 嘛 哈 哟 嗯 恩 打 选 评 给 请 和 与 及 跟 于 里 中 上 用 要 个 位 名 人 项 种 第 号',
];
const english =
  "i i'm im i've am was is are were be been being it it's its that that's this the a an and with by for of to at in on here there my our your his her their you me us we we're they they're he she feel feels felt feeling think thought find found say said really very so truly just simply honestly all overall everything everyone everybody generally service services staff window windows visit hall today experience treatment help people citizens yes well oh thanks thank please both mainly mostly because reason problem option choose because also plus have had has got quite-simply";

const words = chinese.flatMap((line) => line.split(' ')).sort((a, b) => b.length - a.length);
const latin = english.split(' ').map((word) => `(?<![a-z'])${word}(?![a-z'])`);
const weightless = new RegExp([...words, ...latin].join('|'), 'g');
