import type { DateBounds } from '../flow/reading/calendar.ts';
import { readDate } from '../flow/reading/date.ts';
import type { ReadingContext } from '../flow/reading/reading.ts';

/** A day at the beginning of a sentence, and the rest of it. `candidates`: what the day may mean, where that is not clear. */
export interface DayAndWords {
  /** YYYY-MM-DD; null when there is none, or more than one candidate. */
  day: string | null;
  candidates: string[];
  words: string;
}

/** Where a Chinese date ends, however the words go on behind it. */
const lead =
  /^(?:[到至在于延]|延至|延到|推迟到)?\s*(\d{4}-\d{1,2}-\d{1,2}|(?:\d{4}年)?\s*\d{1,2}月\d{1,2}[日号]|今天|明天|后天|[本这下]?(?:周|星期)[一二三四五六日天]|[本下]?(?:周|月)[底末])(?:之前|以前|前|为止|止)?/u;
/** The most words that an English date takes: "by Monday 20 July 2026". */
const wordsMax = 5;
const marks = /^[\s,，;；:：、。.]+/u;

/** `7月20日 设备未到货`, `7月20日前更换座椅`, `20 July 2026: parts are late`. Ambiguous means ask, never guess. */
export function dayAndWords(said: string, context: ReadingContext, bounds: DateBounds = {}): DayAndWords {
  const text = said.trim();
  const match = lead.exec(text);
  if (match !== null) {
    const words = text.slice(match[0].length).replace(marks, '');
    return settle(match[1] ?? '', words, context, bounds);
  }
  const tokens = text.split(/(?<=[\s,，;；:：])/u);
  let best: DayAndWords = { day: null, candidates: [], words: text };
  for (let count = 1; count <= Math.min(wordsMax, tokens.length); count += 1) {
    const part = tokens.slice(0, count).join('');
    if (!/[a-z]{3}|\d.*\d/i.test(part)) continue;
    const read = settle(
      part.replace(/[\s,，;；:：]+$/u, ''),
      tokens.slice(count).join('').trim(),
      context,
      bounds,
    );
    const isBetter = read.day !== null && (best.day === null || /^\d{4}\b/.test(best.words));
    if (isBetter || (best.day === null && read.candidates.length > 0)) best = read;
  }
  return best;
}

function settle(part: string, words: string, context: ReadingContext, bounds: DateBounds): DayAndWords {
  const reading = readDate(part, context, bounds);
  switch (reading.kind) {
    case 'value':
      return { day: reading.value, candidates: [], words };
    case 'ambiguous':
      return { day: null, candidates: reading.candidates, words };
    case 'skip':
    case 'unread':
      return { day: null, candidates: [], words: words === '' ? part : `${part} ${words}` };
  }
}
