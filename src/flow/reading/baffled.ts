import { normalise, trimMarks } from './normalise.ts';
import { withoutThanks } from './pickWords.ts';
import { type Reading, unread } from './reading.ts';

/** Longer replies are read as words of their own (UTF-16 units). */
const shortMax = 40;

/**
 * What short words at a question for free words mean instead of an answer: a question back (`什么意思？`, `???`), or that
 * there is nothing to say (`没有了`, `/`) or no more of it (`完成`), which passes over an optional question. Undefined for anything else: then the
 * words are the answer, as typed.
 */
export function besideAnswer(text: string, required: boolean): Reading<never> | undefined {
  if (text.length > shortMax || !possible.test(text)) return undefined;
  const words = normalise(text);
  if (!required && (isNothing(words) || isOver(words))) return { kind: 'skip' };
  return isAskedBack(words) ? unread('flow:hint.free') : undefined;
}

/** Whether a reply says that there is nothing to send or to say: `没有了`, `没有照片`, `none`, `/`. */
export function saysNothing(text: string): boolean {
  return text.length <= shortMax && isNothing(normalise(text));
}

/** Whether a reply says that nobody has the figure: `没有数据`, `窗口提供不了`, `don't know`. */
export function hasNoFigure(text: string): boolean {
  return text.length <= shortMax && noFigure.test(trimMarks(withoutThanks(normalise(text))));
}

/** Whether a reply only asks what is meant: `什么意思？`, `怎么填`, `???`, `what do you mean?`. It answers no question. */
export function asksBack(text: string): boolean {
  return text.length <= shortMax && isAskedBack(normalise(text));
}

function isNothing(words: string): boolean {
  const bare = trimMarks(words);
  return bare === '' ? dashes.test(words) : none.test(trimMarks(withoutThanks(bare)));
}

/** Said where nothing need be said: the person is at the end, and tells nothing. */
function isOver(words: string): boolean {
  return over.test(trimMarks(withoutThanks(trimMarks(words))));
}

function isAskedBack(words: string): boolean {
  return (
    marksOnly.test(words) ||
    /^[啊哈嗯哦诶欸][?]+$/.test(words) ||
    asks.test(trimMarks(words).replace(/[?!]+$/, ''))
  );
}

/** One of these signs is in everything below; most answers have none and need no search. */
const possible = /[没沒无無不什甚神啥懂明理怎咋如何哪谁誰干多完好就a-z\uff21-\uff5a]|^\P{L}*$/iu;
const marksOnly = /^[\p{P}~ ]+$/u;
const noFigure =
  /^(?:窗口|他们|对方|我们?|这个|这项|也|都|目前|暂时|确实|还)*(?:(?:没有?|无|暂无|没得|查不到|拿不到|提供不了|给不出|没有?提供|没有?统计|未统计|不掌握|不统计)(?:这个|这项|相关|具体|的|确切|任何)*(?:数据|数字|统计|比例|口径)?(?:可填|可提供)?|不知道|不清楚|不了解|不掌握|不好说|说不上来)(?:的|了|啊|呀|具体|数据|数字)*$|^(?:(?:they |we |i |there (?:is|are) |the window )?(?:have |has |got )?no (?:data|figures?|numbers?|statistics)(?: available)?|not available|n\/a|unknown|(?:i )?(?:do not|don't|dont) know|not known|no idea)$/;
const dashes = /^[-/~ ]+$/;
const none = new RegExp(
  [
    '(?:目前|暂时|暂|现在|我|这里|真的|也|都|就)*(?:没有?|没啥|没什么|没有什么|无|没别的|没有别的|没有其他|没其他)(?:的|了|啦|啊|呀|哦|呢|(?:要|想)?(?:说|讲|补充|说明|反映)的?|照片|图片|视频|可说的|意见|建议|意见建议|意见和建议|意见或建议|想法|其他的?|别的)*',
    '不用了?|不需要了?|不补充了?|没有意见,?也没有建议',
    "[-/~]+|n/?a|nil|none|no|nope|nothing|nothing else|nothing more|nothing to add|no comments?|no thanks|no thank you|not really|that's all|that is all",
  ]
    .map((source) => `^(?:${source})$`)
    .join('|'),
);
const over =
  /^(?:我|都|已经|那)*(?:(?:完成|完毕|[填写说答]?完)(?:了|啦|啊|的)*|好[了啦]|就(?:这样|这些)(?:了|吧|啦)*)$|^(?:(?:i am |i'm |all )?(?:done|finished)|complete|completed|that's it|that is it|the end)$/;
const asks = new RegExp(
  [
    '(?:啊|嗯|哦|额|呃|,)*(?:请问)?(?:您|你|你们|这|那|它|这个|那个|这里|这题|这道题|本题|此题|这句话?|上面|刚才)*(?:在|到底|究竟)?(?:是|说的?是?|讲的?是?|指的?是?|问的?是?|想问|算)?(?:个|的)?(?:什么|什麼|甚么|啥|神马)(?:意思|东西|鬼|玩意儿?|问题|题目?|情况)?(?:啊|呀|呢|来着|哦|哈)*',
    '(?:我|完全|还是|有点|真的|实在)*(?:没看懂|看不懂|没懂|不懂|不太懂|听不懂|没听懂|不明白|没明白|不太明白|搞不懂|不理解|没理解)(?:啊|呀|呢|了|题目?|什么意思|这题|意思|在?问什么|您?说什么|你说什么|,)*',
    '(?:这|这题|这里|这个|我|请问)*(?:该|要|应该|需要)?(?:怎么|咋|如何)(?:填|写|回|答|回答|回复|弄|办|说|搞|理解)?(?:啊|呀|呢)*',
    '(?:这|这题|这里|这个|我|请问)*(?:该|要|应该|需要|让我)?(?:填|写|回|答|回答|回复|说)(?:什么|啥|哪个|哪里)(?:啊|呀|呢)*',
    '(?:为什么|为啥|为何|干嘛|干什么|干啥|凭什么)(?:要?(?:填|写|问|答|回答)(?:这个?|这些)?)?(?:啊|呀|呢)*|哪个|哪里|哪儿|哪一个|谁|多少',
    "(?:sorry,? |excuse me,? |hm+,? |um,? )?(?:what|what's (?:this|that|it|up)|what (?:is|was) (?:this|that|it)|what do you (?:mean|want)(?: by (?:this|that))?|what does (?:this|that|it) mean|what (?:should|do|must|shall) i (?:write|say|answer|put|do|reply|send|type)(?: here)?|meaning|huh|eh|pardon|pardon me|come again|say again|how|how so|why|why do you ask|which|which one|who|where)",
    'how (?:do|should|can|shall|must) i (?:answer|fill|reply|write|do)(?: (?:this|that|it|in|this in|it in))*',
    "(?:sorry,? )?(?:i )?(?:do not|don't|dont|did not|didn't|didnt|can't|cannot) (?:understand|get it|follow|get that|get this)(?: (?:it|this|that|the question|you|what you mean))?|i am lost|i'm lost|no idea what you mean|not sure what you mean",
  ]
    .map((source) => `^(?:${source})$`)
    .join('|'),
);
