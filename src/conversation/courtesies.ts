import type { Line } from '../flow/say.ts';

const thanks =
  /^(?:收到了?|已收到|好的收到|received|got it|好的?|好滴|行|可以|嗯+|哦+|明白了?|知道了|了解|谢谢.{0,3}|多谢.{0,2}|感谢.{0,2}|辛苦.{0,2}|不客气|再见|ok|okay|thanks|thank you|thx|bye|👍|👌|🙏|🌹)[\s，,。.!！~～👍👌🙏🌹]*$/iu;
const greetings =
  /^(?:你好|您好|在吗|在么|在不在|嗨|哈喽|早|早上好|上午好|中午好|下午好|晚上好|hello|hi|hey|good (?:morning|afternoon|evening))[\s，,。.!！?？~～啊呀]*$/iu;

const assent =
  /^(?:好的?|好滴|行|可以|嗯+|明白了?|知道了|了解|没问题|ok|okay|sure|will do|👍|👌|✅|🫡)[\s，,。.!！~～👍👌✅🫡🙏]*$/iu;

const agreement = /^(?:确认|确定|是的?|对的?|同意|confirm|yes|yep)[\s，,。.!！~～]*$/iu;

const refused =
  /^(?:(?:先|还是|暂时|那)?(?:不|不了|不是|不行|不可以|不同意|不(?:要|用|必|办|做|发|发送|发布|结束|暂停|恢复|移交|上报|公布|退回|延期)了?|别|别了)|暂不|否|算了|取消|no|nope|nah|no,? thanks|cancel|don['’]?t|do not|not now|never ?mind)[\s，,。.!！~～吧啊呀]*$/iu;

/** Whether the words say no to what was asked before them, and nothing else. */
export function isRefusal(text: string): boolean {
  return refused.test(text.trim());
}

/** Whether the words take what was offered: plain assent will do for that too. */
export function isAgreement(text: string): boolean {
  return agreement.test(text.trim()) || isAssent(text);
}

/** Whether the words answer what a command asks to be confirmed, one way or the other, and are no mere courtesy. */
export function isYesOrNo(text: string): boolean {
  return agreement.test(text.trim()) || isRefusal(text);
}

/** Whether the words say yes to what was said before them, and nothing else. */
export function isAssent(text: string): boolean {
  return assent.test(text.trim());
}

/** What to answer where people are only being polite; null when there is more in it. */
export function courtesyLine(text: string): Line | null {
  const said = text.trim();
  if (thanks.test(said)) return { key: 'conversation:courtesy.thanks' };
  return greetings.test(said) ? { key: 'conversation:courtesy.greeting' } : null;
}
