import { readNumeral } from '../flow/reading/numeral.ts';

/** What a coordinator wants done with codes; `rest` is a place, codes, or nothing for all. */
export type CodesWords =
  | { do: 'new'; places: string; matter: string | null; cases: number; until: string | null }
  | { do: 'list' | 'sheet' | 'open' | 'close'; rest: string };

const verbs: [CodesWords['do'], RegExp][] = [
  ['new', verb('new|make|create', '新建|新增|生成|制作|新')],
  ['list', verb('list|show', '列表|清单|查看')],
  ['sheet', verb('sheet|print', '打印|下载')],
  ['open', verb('re-?open|open', '重新开启|开启|启用|恢复|打开')],
  ['close', verb('close|stop', '关闭|停用|停止')],
];

/** Words that say how many single cases: `--cases 3`, `办件3`, `3个办件`, `3 cases`. */
const casesSaid =
  /(?:--cases?[\s=]*|办件[\s:：]*|(?<![a-z])cases?[\s:]+)([\d０-９]{1,6}|[一二两三四五六七八九十百]{1,5})(?:\s*[个件份])?|([\d０-９]{1,6}|[一二两三四五六七八九十百]{1,5})\s*(?:[个件份]?办件|cases?(?![a-z]))/iu;
const matterSaid =
  /(?:--matter[\s=]*|(?<![a-z])matter\s*[:：]?\s+|事项\s*[:：]?\s*)(?:"([^"]*)"|“([^”]*)”|(.+))$/iu;
const untilSaid =
  /(?:--until[\s=]*|(?<![a-z])until\s+|有效期?[至到]|截?[至到](?=\s*[\d昨今明后本下一二三四五六七八九十]))\s*(.+)$/iu;

/** `new 海盐县 3号窗口 事项 不动产登记 至7月31日`. Without a verb it is a list, or codes for what is named. */
export function readCodesWords(said: string): CodesWords {
  const text = said.trim();
  for (const [does, pattern] of verbs) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const rest = text.slice(match[0].length).trim();
    return does === 'new' ? wanted(rest) : { do: does, rest };
  }
  return text === '' ? { do: 'list', rest: '' } : wanted(text);
}

/** Whether a citizen's word (`survey …`) was said to do something with codes. */
export function isAboutCodes(said: string): boolean {
  return verbs.some(([, pattern]) => pattern.test(said.trim()));
}

function wanted(said: string): CodesWords {
  let text = said;
  let until: string | null = null;
  let cases = 0;
  // The last day may stand before or behind the matter, which is a person's own words to the end.
  const cut = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(text);
    if (match !== null)
      text = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`.trim();
    return match;
  };
  const counted = cut(casesSaid);
  if (counted !== null) cases = readNumeral((counted[1] ?? counted[2] ?? '').normalize('NFKC')) ?? 0;
  const [, lastDay = ''] = untilSaid.exec(text) ?? [];
  if (lastDay !== '') {
    const matterInside = matterSaid.exec(lastDay);
    until = (matterInside === null ? lastDay : lastDay.slice(0, matterInside.index)).trim();
    text = text.replace(untilSaid, matterInside?.[0] ?? '').trim();
  }
  const named = cut(matterSaid);
  const matter = (named?.[1] ?? named?.[2] ?? named?.[3] ?? '').trim();
  return { do: 'new', places: text.trim(), matter: matter === '' ? null : matter, cases, until };
}

function verb(latin: string, chinese: string): RegExp {
  return new RegExp(`^(?:(?:${latin})(?![a-z0-9-])[\\s:：]*|(?:${chinese})(?:[\\s:：]+|$))`, 'iu');
}
