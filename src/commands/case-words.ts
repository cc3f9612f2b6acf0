import type { Again } from '../satisfaction/case/record.ts';
import type { CaseMove } from '../satisfaction/case.ts';
import { readAgain } from './again-words.ts';

/** What stands behind `差评 4821`. A day before the words of 限期 is still among them. */
export type CaseWords =
  | { do: 'show' }
  | { do: 'contact' }
  /** `heardAs`: the level, where it was not said in its own words. */
  | { do: 'move'; move: Exclude<CaseMove, { kind: 'verify'; outcome: 'complex' }>; heardAs?: Again }
  | { do: 'complex'; words: string }
  /** What the call brought was not said plainly: nothing is written down. */
  | { do: 'doubt'; said: string }
  /** The word was understood, what must follow it was not. */
  | { do: 'how'; of: 'verify' | 'call' | 'decide' }
  | { do: 'unknown' };

/** One word and what follows it, as typed. Chinese words need no blank behind them. */
type Choice<Value> = [pattern: RegExp, value: Value];

const verbs: Choice<'verify' | 'rectify' | 'reply' | 'call' | 'appeal' | 'decide' | 'contact'>[] = [
  [/^(?:核实|verify\b)/i, 'verify'],
  [/^(?:整改|rectify\b|fix\b)/i, 'rectify'],
  [/^(?:反馈|reply\b)/i, 'reply'],
  [/^(?:回访|call(?:[ -]?back)?\b)/i, 'call'],
  [/^(?:申诉|appeal\b)/i, 'appeal'],
  [/^(?:复核|review\b|decide\b)/i, 'decide'],
  [/^(?:联系方式|contact\b)/i, 'contact'],
];

const verdicts: Choice<'simple' | 'complex' | 'no-basis'>[] = [
  [/^(?:立行立改|立即整改|simple\b|at once\b)/i, 'simple'],
  [/^(?:限期(?:整改)?|complex\b|by\b)/i, 'complex'],
  [/^(?:无依据|没有依据|不属实|no[ -]?basis\b)/i, 'no-basis'],
];

const unreachable: Choice<'unreachable'>[] = [
  [/^(?:联系不上|无法联系|没有?联系上|没人接|无人接听|unreachable\b|no answer\b)/i, 'unreachable'],
];

const decisions: Choice<boolean>[] = [
  [/^(?:不成立|refused?\b|dismiss(?:ed)?\b)/i, false],
  [/^(?:成立|upheld\b|uphold\b)/i, true],
];

export function readCaseWords(said: string): CaseWords {
  if (said.trim() === '') return { do: 'show' };
  const verb = choose(verbs, said);
  if (verb === null) return { do: 'unknown' };
  const { words } = verb;
  switch (verb.value) {
    case 'contact':
      return { do: 'contact' };
    case 'rectify':
    case 'reply':
    case 'appeal':
      return { do: 'move', move: { kind: verb.value, words } };
    case 'verify':
      return readVerdict(words);
    case 'call':
      return readCall(words);
    case 'decide': {
      const decision = choose(decisions, words);
      if (decision === null) return { do: 'how', of: 'decide' };
      return { do: 'move', move: { kind: 'decide', upheld: decision.value, words: decision.words } };
    }
  }
}

function readVerdict(said: string): CaseWords {
  const verdict = choose(verdicts, said);
  if (verdict === null) return { do: 'how', of: 'verify' };
  const { value: outcome, words } = verdict;
  return outcome === 'complex'
    ? { do: 'complex', words }
    : { do: 'move', move: { kind: 'verify', outcome, words } };
}

function readCall(said: string): CaseWords {
  const nobody = choose(unreachable, said);
  if (nobody !== null)
    return { do: 'move', move: { kind: 'call', result: nobody.value, words: nobody.words } };
  const told = readAgain(said.replace(marks, ''));
  if (told === null) return { do: 'how', of: 'call' };
  if (told.kind === 'doubt') return { do: 'doubt', said };
  const move = { kind: 'call', result: told.again, words: told.words } as const;
  return told.exact ? { do: 'move', move } : { do: 'move', move, heardAs: told.again };
}

const marks = /^[\s:：,，、;；。.]+/u;

function choose<Value>(
  choices: readonly Choice<Value>[],
  said: string,
): { value: Value; words: string } | null {
  const text = said.replace(marks, '');
  for (const [pattern, value] of choices) {
    const [match] = pattern.exec(text) ?? [];
    if (match !== undefined) return { value, words: text.slice(match.length).replace(marks, '').trim() };
  }
  return null;
}
