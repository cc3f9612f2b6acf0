import { cut, isNegated } from './doubt.ts';
import { topicWords } from './weightless.ts';

/**
 * Whether what is said beside a yes or a no about the same thing points the other way: `一个人不在岗，有AB岗`,
 * `在岗，一个没挂牌`. Questions that ask two things at once get such answers, and then neither word is the answer.
 * @param rest the sentence with `cut` where the wording stood
 * @param saysYes whether the wording was a yes
 */
export function isCrossed(rest: string, saysYes: boolean, topic: ReadonlySet<string>): boolean {
  return rest.split(clauseEnd).some((clause) => {
    if (clause.includes(cut) || clause.trim() === '') return false;
    if (saysYes) return isNegated(clause);
    return !isNegated(clause) && (affirms.test(clause) || topicWords(clause, topic) > 1);
  });
}

/**
 * Whether a sentence says that there is none of a problem: `无缺岗`, `未发现缺岗`, `没有人不在岗`. Where the wording itself
 * denies (不整洁), a mere 没有 before it is no plain yes: 没有不整洁 may be less than 整洁.
 */
export function saysNone(rest: string, said: readonly string[]): boolean {
  return nobody.test(rest) || (none.test(rest) && !said.some((wording) => denies.test(wording)));
}

/** 缺岗 and 空岗 name a problem, 不在岗 denies a good state. */
const denies = /[不没未无非]|(?<![a-z])(?:not?|un[a-z]+)(?![a-z])|n't/;
const clauseEnd = /[,。;!.\n]+/;
const affirms = /^ ?(?:但|不过|而|且)?(?:有|已|都|全|能|会|其他|其它|其余|剩下|正常)/;
const before = '(?:目前|现在|暂时|今天|现场|窗口|这里|确实|我们|我|都|也|并|, )*';
const what = '(?:出现|存在|任何|有|明显的?|一个|人员?|员工|工作人员|, )*';
const after = '(?:的?(?:情况|现象|问题|行为|人员?))?[的了呢啊哦吧。!. ]*';
const nobody = new RegExp(
  `^${before}(?:没有?(?:一个)?人|无人|(?:未|没有?)(?:发现|看到|见到?)${what}|未见${what}|nobody (?:is |was )?|no one (?:is |was )?|no staff (?:is |are |was |were )?)${cut}${after}$`,
);
const none = new RegExp(`^${before}(?:没有?|无|不|不存在|并无|暂无|零)${what}${cut}${after}$`);
