import { alphabet, codeLength, normaliseCode } from '../short-code.ts';

/** What was typed behind “派暗访”. Units and days are as written, to be looked up. */
export type SendWords =
  | { do: 'list' }
  | { do: 'how' }
  | { do: 'send'; from: string; to: string; day: string | null }
  | { do: 'draw'; count: number; units: string[]; reason: string | null }
  /** What a draw has brought, all of it or the row of this number. */
  | { do: 'drawn'; code: string; row: number | null };

const codePattern = new RegExp(`^([${alphabet}]{${codeLength}})(?:\\s*第?(\\d{1,3})[项个]?)?$`, 'i');
const drawPattern = /^(?:抽取?|draw)\s*(\d{1,3})[个项]?(?:\s*(?:由|by)\s*(\S[\s\S]*))?$/i;
const sendPattern = /^(\S.*?)(?:\s*[到赴]\s*|\s+to\s+)(\S.*)$/i;
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
  const [, count, units = ''] = drawPattern.exec(said.replace(reasonPart, '').trim()) ?? [];
  if (count !== undefined) {
    const named = units.split(/\s*[、,;]\s*/u).filter((unit) => unit !== '');
    return Number(count) < 1 ? { do: 'how' } : { do: 'draw', count: Number(count), units: named, reason };
  }
  const [, from, to] = sendPattern.exec(said) ?? [];
  if (from === undefined || to === undefined) return { do: 'how' };
  const day = dayAtEnd.exec(to);
  // A unit may be called by what looks like a day, but then nothing is left of its name.
  const place = day === null ? to : to.slice(0, day.index).trim();
  if (place === '') return { do: 'how' };
  return { do: 'send', from: from.trim(), to: place, day: day?.[1] ?? null };
}
