import { type LevelTold, readLevelTold } from '../flow/level-told.ts';
import type { Again } from '../satisfaction/case/record.ts';

/** One of the three levels on which a fix is rated, and what was said behind it; or that it is not sure which was meant. */
export type AgainTold =
  | { kind: 'level'; again: Again; words: string; exact: boolean }
  | { kind: 'doubt'; levels: Again[] };

/** 满意, 基本满意 or 不满意 as somebody said it in words of their own; null when no level was named. */
export function readAgain(said: string): AgainTold | null {
  const told = readLevelTold(
    /^\s*fairly\b(?!\s+satisfied)/iu.test(said) ? said.replace(/fairly/iu, 'fairly satisfied') : said,
  );
  return told === null ? null : onThree(told);
}

function onThree(told: LevelTold): AgainTold {
  if (told.kind === 'doubt') return { kind: 'doubt', levels: [...new Set(told.levels.map(againOf))] };
  const { level, words, exact } = told;
  return { kind: 'level', again: againOf(level), words, exact: exact && level !== 5 && level !== 1 };
}

/** Five levels on three: both of praise are 满意, both of blame 不满意. */
function againOf(level: number): Again {
  return level >= 4 ? 3 : level === 3 ? 2 : 1;
}
