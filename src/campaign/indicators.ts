/** One finished case: its matter, and how long it may take by law, was promised to take and took, in days (all counted alike). */
export interface CaseTime {
  matter: string;
  /** More than 0. */
  statutory: number;
  /** More than 0. */
  promised: number;
  /** 0 for what was settled on the spot. */
  actual: number;
}

/**
 * What is aimed at, in percent, the number included (民法典 art. 1259). HZ-13: “力争平均承诺办结时间比法定时间提速50%以上，实际办结时间比
 * 承诺办结时间提速30%以上，按时办结率达98%以上”. 力争 makes it an aim: to miss it is no fault and opens no finding.
 */
export const aims = { promise: 50, actual: 30, onTime: 98 } as const;

/** A measured figure in percent beside what is aimed at, and of how many it was measured. Below zero: slower. */
export interface Figure {
  n: number;
  percent: number;
  aim: number;
  isMet: boolean;
}

/** `promise`: by how much what was promised is shorter than the law allows; `actual`: what it took, than what was promised. */
export interface Speed {
  promise: Figure;
  actual: Figure;
}

export interface TimeIndicators {
  /** In the order in which they first come up; a matter's speed is the mean of its cases. */
  matters: ({ matter: string } & Speed)[];
  /** The mean of the matters, each counting once however many cases it has: n counts matters. */
  mean: Speed;
  /** Cases that took no longer than promised; n counts cases. */
  onTime: Figure;
}

/** Null without any case. */
export function timeIndicators(cases: readonly CaseTime[]): TimeIndicators | null {
  if (cases.length === 0) return null;
  const byMatter = new Map<string, CaseTime[]>();
  for (const one of cases) byMatter.set(one.matter, [...(byMatter.get(one.matter) ?? []), one]);
  const speeds = [...byMatter].map(([matter, own]) => ({
    matter,
    n: own.length,
    promise: mean(own.map(({ statutory, promised }) => faster(promised, statutory))),
    actual: mean(own.map(({ promised, actual }) => faster(actual, promised))),
  }));
  const inTime = cases.filter(({ promised, actual }) => actual <= promised).length;
  return {
    matters: speeds.map(({ matter, n, promise, actual }) => ({ matter, ...speed(n, promise, actual) })),
    mean: speed(
      speeds.length,
      mean(speeds.map(({ promise }) => promise)),
      mean(speeds.map(({ actual }) => actual)),
    ),
    onTime: figure(cases.length, (100 * inTime) / cases.length, aims.onTime),
  };
}

function speed(n: number, promise: number, actual: number): Speed {
  return { promise: figure(n, promise, aims.promise), actual: figure(n, actual, aims.actual) };
}

/** By how many percent `days` are fewer than `than`. */
function faster(days: number, than: number): number {
  return (100 * (than - days)) / than;
}

function mean(percents: readonly number[]): number {
  return percents.reduce((sum, one) => sum + one, 0) / percents.length;
}

/** What a mean may be off by, in percent: 7 of 10 days is 30 % faster though a computer says 30.000000000000004. */
const offMax = 1e-9;

function figure(n: number, exact: number, aim: number): Figure {
  const isMet = exact >= aim - offMax;
  const rounded = Math.round(exact * 10) / 10;
  // What was missed must not look as if it had been met: 49.96 is told as 49.9.
  return { n, percent: !isMet && rounded >= aim ? aim - 0.1 : rounded, aim, isMet };
}

const number = String.raw`\s*[:：]?\s*(\d{1,4}(?:\.\d{1,2})?)\s*(?:个?工作日|[天日]|(?:work(?:ing )?)?days?)?[\s,，、;；]*`;
const line = new RegExp(
  `^(.*?)[\\s,，:：]*(?:法定|statutory)(?:时限|期限|时间)?${number}(?:承诺|promised)(?:时限|期限|时间)?${number}(?:实际|actual)(?:用时|时限|时间|办结)?${number}[。.]?$`,
  'iu',
);
/** Longest name of a matter, in characters. */
const matterMax = 60;

/** Reads `施工许可 法定20 承诺10 实际7`; null when it is none, or a time that nothing can be compared with. */
export function readCaseTime(said: string): CaseTime | null {
  const [, matter = '', statutory, promised, actual] = line.exec(said.normalize('NFKC').trim()) ?? [];
  const name = matter.trim();
  const time = {
    matter: name,
    statutory: Number(statutory),
    promised: Number(promised),
    actual: Number(actual),
  };
  if (name === '' || [...name].length > matterMax || !(time.statutory > 0) || !(time.promised > 0))
    return null;
  return time;
}
