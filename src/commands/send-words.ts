import { readNumeral } from '../flow/reading/numeral.ts';
import { alphabet, codeLength, normaliseCode } from '../short-code.ts';

/** What was typed behind “派暗访”. Units and days are as written, to be looked up. */
export type SendWords =
  | { do: 'list' }
  | { do: 'how' }
  | { do: 'send'; from: string[]; to: string; day: string | null }
  /** `each`: how many go to one object together; null when it was not said. */
  | { do: 'draw'; count: number; each: number | null; units: string[]; reason: string | null }
  /** What a draw has brought, all of it or the row of this number. */
  | { do: 'drawn'; code: string; row: number | null };

const codePattern = new RegExp(`^([${alphabet}]{${codeLength}})(?:\\s*第?(\\d{1,3})[项个]?)?$`, 'i');
const drawPattern = /^(?:抽取?|draw)\s*(\d{1,3})[个项家]?(?:\s*(?:由|by)\s*(\S[\s\S]*))?$/i;
/** `每家2人`, `每个对象两人`, `2 each`. */
const eachPart =
  /[\s,，]*(?:每[家个处](?:对象|单位)?\s*(?:派|由)?\s*(\d{1,2}|[一二两三四五六七八九十])\s*(?:人|名|个人|名检查员|个单位)|(?:^|\s)(\d{1,2}) (?:each|inspectors each))(?:[\s,，]+|(?=由)|$)/iu;
const sendPattern = /^(\S.*?)(?:\s*[到赴]\s*|\s+to\s+)(\S.*)$/i;
/** Before all else: a name may hold 到. */
const arrowPattern = /^(\S.*?)\s*→\s*(\S.*)$/;
const reasonPart = /(?:^|\s)(?:原因|理由|reason)(?:\s*[:：]\s*|\s+)(\S[\s\S]*)$/i;
const dayAtEnd =
  /[\s,，;；]*(?:于|on\s)?\s*((?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}-\d{1,2}-\d{1,2}|\d{1,2} [a-z]{3,9}(?: \d{4})?|[a-z]{3,9} \d{1,2}(?:,? \d{4})?)\s*$/iu;

/** Reads them; `how` is what to answer when they can't be read. */
export function readSendWords(rest: string): SendWords {
  const said = rest.normalize('NFKC').trim();
  if (said === '') return { do: 'list' };
  const [, code, row] = codePattern.exec(said) ?? [];
  if (code !== undefined)
    return { do: 'drawn', code: normaliseCode(code), row: row === undefined ? null : Number(row) };
  const reason = reasonPart.exec(said)?.[1]?.trim() ?? null;
  const rule = said.replace(reasonPart, '').trim();
  const [, zh, en] = eachPart.exec(rule) ?? [];
  const each = readNumeral(zh ?? en ?? '') ?? null;
  const [, count, units = ''] = drawPattern.exec(rule.replace(eachPart, ' ').trim()) ?? [];
  if (count !== undefined) {
    const isReadable = Number(count) >= 1 && (each === null || (each >= 1 && each <= 20));
    return isReadable
      ? { do: 'draw', count: Number(count), each, units: listed(units), reason }
      : { do: 'how' };
  }
  const [, from, to] = arrowPattern.exec(said) ?? sendPattern.exec(said) ?? [];
  if (from === undefined || to === undefined) return { do: 'how' };
  const day = dayAtEnd.exec(to);
  // A unit may be called by what looks like a day, but then nothing is left of its name.
  const place = day === null ? to : to.slice(0, day.index).trim();
  if (place === '') return { do: 'how' };
  const senders = listed(from);
  return senders.length === 0
    ? { do: 'how' }
    : { do: 'send', from: senders, to: place, day: day?.[1] ?? null };
}

function listed(units: string): string[] {
  return units.split(/\s*[、,;]\s*/u).flatMap((unit) => (unit.trim() === '' ? [] : [unit.trim()]));
}
