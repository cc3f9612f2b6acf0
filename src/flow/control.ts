/** What a person can say at any question instead of an answer. */
export type Control =
  | { kind: 'back' }
  | { kind: 'skip' }
  | { kind: 'pause' }
  | { kind: 'resume' }
  | { kind: 'leave' }
  | { kind: 'change'; number: number | null; rest: string };

const words: Record<string, Exclude<Control['kind'], 'change'>> = {
  上一题: 'back',
  上一步: 'back',
  返回: 'back',
  back: 'back',
  previous: 'back',
  跳过: 'skip',
  略过: 'skip',
  skip: 'skip',
  pass: 'skip',
  暂停: 'pause',
  稍后: 'pause',
  pause: 'pause',
  later: 'pause',
  继续: 'resume',
  接着: 'resume',
  resume: 'resume',
  continue: 'resume',
  退出: 'leave',
  结束: 'leave',
  quit: 'leave',
  exit: 'leave',
};

const digits = '零一二三四五六七八九';
const change = /^(?:改正?|更正|修改|change)\s*(?:第?\s*([0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*题?)?\s*(?:[:：,，为成]|to\b)?\s*([\s\S]*)$/i;

/** The control word in a reply, if the whole reply is one (full-width digits included). */
export function readControl(text: string): Control | null {
  if (text.length > 1200) return null;
  const plain = text.trim().replace(/[。.!！~～]+$/u, '');
  const kind = words[plain.toLowerCase()];
  if (kind !== undefined) return { kind };
  const first = plain[0];
  if (first !== '改' && first !== '更' && first !== '修' && first !== 'c' && first !== 'C') return null;
  const match = change.exec(plain.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)));
  if (!match) return null;
  const number = match[1] === undefined ? null : numberOf(match[1]);
  const rest = match[2] ?? '';
  // "改革到位了" is an answer, not a command: without a number nothing may follow.
  return number === null && rest !== '' ? null : { kind: 'change', number, rest };
}

function numberOf(written: string): number {
  if (/^[0-9]+$/.test(written)) return Number(written);
  const [tens, units] = written.includes('十') ? written.split('十') : ['', written];
  const ten = written.includes('十') ? (tens === '' ? 1 : digits.indexOf(tens ?? '')) : 0;
  return ten * 10 + (units ? digits.indexOf(units) : 0);
}
