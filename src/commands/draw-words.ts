import { membersMax, type Take } from '../campaign/draw/plan.ts';
import { normaliseCode } from '../short-code.ts';

/** What was typed behind “抽签”. Places are as written, to be looked up. */
export type DrawWords =
  | { do: 'list' }
  | { do: 'how' }
  | {
      do: 'windows';
      /** A task's number, or the name of an area. */
      of: { task: number } | { place: string };
      take: Take | null;
      each: number | null;
      weighted: boolean;
      reason: string | null;
    }
  | {
      do: 'teams';
      place: string;
      take: Take;
      each: number | null;
      weighted: boolean;
      inspectors: number;
      ownArea: boolean;
      reason: string | null;
    }
  | {
      do: 'matrix';
      /** The activity's code; empty when it was not said. */
      activity: string;
      mutual: boolean;
      oneCycle: boolean;
      ownArea: boolean;
      reason: string | null;
    }
  | { do: 'run' | 'show'; code: string }
  | { do: 'exclude'; code: string; unit: string; reason: string | null };

type Verb = Exclude<DrawWords['do'], 'list' | 'how'>;

const verbs: Record<Verb, string[]> = {
  windows: ['窗口', 'windows', 'window'],
  teams: ['双随机', 'teams'],
  matrix: ['交叉', 'cross'],
  run: ['抽取', 'run'],
  show: ['查看', 'show'],
  exclude: ['排除', 'exclude'],
};

/** Every word that may follow “抽签”, for `takes`. */
export const verbWords = Object.values(verbs).flat();

const reasonPart = /(?:^|\s)(?:原因|理由|reason)(?:\s*[:：]\s*|\s+)(\S[\s\S]*)$/i;

/** Reads them; `how` is what to answer when they can't be read. Two people inspect an object unless said otherwise (DOMAIN 2.8). */
export function readDrawWords(rest: string): DrawWords {
  if (rest.trim() === '') return { do: 'list' };
  const reason = reasonPart.exec(rest)?.[1]?.trim() ?? null;
  const said = rest.replace(reasonPart, '').trim();
  const [word = ''] = said.split(/[\s:：,，]/u, 1);
  const found = Object.entries(verbs).find(([, words]) =>
    words.some((one) => (/^[a-z]/.test(one) ? word.toLowerCase() === one : word.startsWith(one))),
  );
  if (found === undefined) return { do: 'how' };
  const verb = found[0] as Verb;
  const own = found[1].find((one) => word.toLowerCase().startsWith(one)) ?? '';
  const tokens = said
    .slice(own.length)
    .split(/[\s:：,，]+/u)
    .filter((token) => token !== '');
  switch (verb) {
    case 'windows':
      return readWindows(tokens, reason);
    case 'teams':
      return readTeams(tokens, reason);
    case 'matrix':
      return readMatrix(tokens, reason);
    case 'run':
    case 'show':
      return tokens.length === 0 ? { do: 'how' } : { do: verb, code: normaliseCode(tokens.join('')) };
    case 'exclude': {
      const [code = '', ...unit] = tokens;
      if (code === '' || unit.length === 0) return { do: 'how' };
      return { do: 'exclude', code: normaliseCode(code), unit: unit.join(' '), reason };
    }
  }
}

function readWindows(tokens: string[], reason: string | null): DrawWords {
  const { numbers, each, weighted, percent, place } = sizes(tokens);
  if (!isShare(each)) return { do: 'how' };
  const isTask = place === '';
  const [task] = numbers;
  const count = isTask ? numbers[1] : numbers[0];
  if ((isTask && task === undefined) || numbers.length > (isTask ? 2 : 1)) return { do: 'how' };
  const of = isTask ? { task: task ?? 0 } : { place };
  const take = takeOf(count, percent);
  if (take === null && !isTask) return { do: 'how' };
  return { do: 'windows', of, take, each, weighted, reason };
}

function readTeams(tokens: string[], reason: string | null): DrawWords {
  const { value: inspectors, left } = without(
    tokens,
    /^(?:每个?)?(\d{1,2})(?:名|人|名检查员|人一组)$|^by(\d{1,2})$/i,
  );
  const { isThere: allowsArea, others } = withoutWord(left, ['不回避本地区', 'allow-area']);
  const by = others.findIndex((token) => token.toLowerCase() === 'by');
  const said = by === -1 ? null : Number(others[by + 1]);
  const rest = by === -1 ? others : [...others.slice(0, by), ...others.slice(by + 2)];
  const { numbers, each, weighted, percent, place } = sizes(rest);
  const take = takeOf(numbers[0], percent);
  const wanted = inspectors ?? said ?? 2;
  if (!isShare(each)) return { do: 'how' };
  const isReadable = Number.isInteger(wanted) && wanted >= 1 && wanted <= 20;
  if (place === '' || take === null || numbers.length > 1 || !isReadable) return { do: 'how' };
  return { do: 'teams', place, take, each, weighted, inspectors: wanted, ownArea: !allowsArea, reason };
}

function readMatrix(tokens: string[], reason: string | null): DrawWords {
  const mutual = withoutWord(tokens, ['不互查', '不互相检查', 'no-mutual']);
  const cycle = withoutWord(mutual.others, ['单圈', '一圈', 'one-cycle']);
  const area = withoutWord(cycle.others, ['回避本地区', 'avoid-area']);
  const [activity = '', another] = area.others;
  if (another !== undefined) return { do: 'how' };
  return {
    do: 'matrix',
    activity: activity.toLowerCase(),
    mutual: !mutual.isThere,
    oneCycle: cycle.isThere,
    ownArea: area.isThere,
    reason,
  };
}

/** How many, and of what: what is no number or rule is the name of a place. */
function sizes(tokens: string[]) {
  const weight = withoutWord(tokens, ['加权', '按权重', 'weighted']);
  const joined = weight.others.map((token, index, all) =>
    all[index - 1]?.toLowerCase() === 'each' ? `each${token}` : token,
  );
  const each = without(
    joined.filter((token) => token.toLowerCase() !== 'each'),
    /^(?:每类|每厅|each)(?:至少)?(\d{1,3})%$/i,
  );
  const percent = without(each.left, /^(\d{1,3})%$/);
  const numbers: number[] = [];
  const names: string[] = [];
  for (const token of percent.left) {
    const number = /^#?(\d{1,9})(?:个|号|号任务)?$/.exec(token)?.[1];
    if (number === undefined) names.push(token);
    else numbers.push(Number(number));
  }
  return {
    numbers,
    each: each.value,
    weighted: weight.isThere,
    percent: percent.value,
    place: names.join(' '),
  };
}

function isShare(percent: number | null): boolean {
  return percent === null || (percent >= 1 && percent <= 100);
}

function takeOf(count: number | undefined, percent: number | null): Take | null {
  if (percent !== null) return isShare(percent) ? { percent } : null;
  return count === undefined || count < 1 || count > membersMax ? null : { count };
}

function without(tokens: string[], pattern: RegExp): { value: number | null; left: string[] } {
  const index = tokens.findIndex((token) => pattern.test(token));
  if (index === -1) return { value: null, left: tokens };
  const match = pattern.exec(tokens[index] ?? '');
  const digits = match?.slice(1).find((part) => part !== undefined);
  return { value: Number(digits), left: tokens.filter((_, place) => place !== index) };
}

function withoutWord(tokens: string[], words: string[]): { isThere: boolean; others: string[] } {
  const others = tokens.filter((token) => !words.includes(token.toLowerCase()));
  return { isThere: others.length < tokens.length, others };
}
