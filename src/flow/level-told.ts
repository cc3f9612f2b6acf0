import { type LevelQuestion, readLevel } from './questions/level.ts';
import { isNegated, isQuestion } from './reading/doubt.ts';
import { normalise } from './reading/normalise.ts';
import type { Reading } from './reading/reading.ts';

/**
 * What somebody said of a level behind a command, where no list was shown: one from 5 to 1 and the words behind it, or that
 * it is not sure which was meant (`满意个屁`, `满意吗`): `levels` are those that may be. Null when no level was named at all.
 */
export type LevelTold =
  | { kind: 'level'; level: number; words: string; exact: boolean }
  | { kind: 'doubt'; levels: number[] };

/**
 * Reads `满意`, `一般般吧`, `不满意，还是没人管` as a questionnaire would: what denies, asks or mocks is doubtful, never guessed. A level
 * that is set apart from what follows (`满意 群众认可`) stands with its reason, unless that takes it back (`满意 才怪`).
 */
export function readLevelTold(text: string): LevelTold | null {
  const said = text.trim();
  if (said === '' || /^\d/u.test(said)) return null;
  const whole = readAlone(said);
  const [, head = '', rest = ''] = apart.exec(said) ?? [];
  const first = rest === '' ? null : readAlone(head);
  if (first?.kind === 'value')
    return takesBack(first.value, rest)
      ? { kind: 'doubt', levels: [first.value] }
      : { kind: 'level', level: first.value, words: rest, exact: first.exact };
  if (whole.kind === 'value') {
    const isBare = rest === '' || whole.exact;
    return { kind: 'level', level: whole.value, words: isBare ? '' : said, exact: whole.exact };
  }
  if (whole.kind === 'ambiguous') return { kind: 'doubt', levels: whole.candidates };
  return mentions.test(said) ? { kind: 'doubt', levels: [] } : null;
}

const question: LevelQuestion = { type: 'level', id: 'level', label: '', required: true };

function readAlone(text: string): Reading<number> {
  return readLevel(question, { kind: 'text', text, attachments: [], addressed: true }, true);
}

/** Chinese words end at a blank or a mark, English ones at a mark (`satisfied my foot`). */
const apart =
  /^([\u3400-\u9fff]+(?=\s)|[^,，.。;；:：、!！?？—\n]+?)(?:\s*[,，.。;；:：、!！—\n]+\s*|(?<=[\u3400-\u9fff])\s+)(\S[\s\S]*)$/u;
const mentions = /满意|satisfied/iu;

/** Praise is taken back by any denial behind it; blame mostly comes with one, and only a question or mockery takes it back. */
function takesBack(level: number, rest: string): boolean {
  const words = normalise(rest);
  if (isQuestion(words) || mockery.test(words)) return true;
  return level > 2 && isNegated(words);
}

const mockery = /^(?:才|个|是不可能|就怪|假的|反话|呵呵|lol|not$)|才怪|骗|反话|开玩笑|just kidding/u;
