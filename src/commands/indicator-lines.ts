import { type CaseTime, type Figure, type Speed, timeIndicators } from '../campaign/indicators.ts';
import type { Line, Param } from '../flow/say.ts';
import { shownFrom } from '../satisfaction/small-cells.ts';

/** Matters in one message. */
const mattersMax = 30;

/**
 * The indicators of HZ-13 with what is aimed at and of how many they were measured: per matter, their mean, and the share on
 * time. An aim that is missed is called that, and not a problem (力争).
 * @param isShort without the single matters, for a room
 */
export function indicatorLines(cases: readonly CaseTime[], isShort = false): Line[] {
  const found = timeIndicators(cases);
  if (found === null) return [{ key: 'modes:indicators.none' }];
  const { matters, mean, onTime } = found;
  const shown = isShort ? [] : matters.slice(0, mattersMax);
  const lines = shown.map(
    ({ matter, ...speed }): Line => ({
      key: 'modes:indicators.matter',
      params: { matter, n: speed.promise.n, ...speedParams(speed) },
    }),
  );
  if (!isShort && matters.length > shown.length)
    lines.push({ key: 'modes:indicators.more', params: { left: matters.length - shown.length } });
  return [
    ...lines,
    { key: 'modes:indicators.mean', params: { n: mean.promise.n, ...speedParams(mean) } },
    onTimeLine(cases, onTime),
    { key: 'modes:indicators.aim' },
  ];
}

/** Of fewer than five cases the counts alone. */
function onTimeLine(cases: readonly CaseTime[], figure: Figure): Line {
  const { n, percent } = figure;
  const aim = aimParam(figure);
  if (n >= shownFrom) return { key: 'modes:indicators.on-time', params: { n, percent, aim } };
  const count = cases.filter(({ promised, actual }) => actual <= promised).length;
  return { key: 'modes:indicators.on-time.few', params: { n, count, aim } };
}

function speedParams({ promise, actual }: Speed): { [name: string]: Param } {
  return {
    promise: changeParam(promise),
    promiseAim: aimParam(promise),
    actual: changeParam(actual),
    actualAim: aimParam(actual),
  };
}

function changeParam({ percent }: Figure): Param {
  const key = percent < 0 ? 'modes:indicators.slower' : 'modes:indicators.faster';
  return { key, params: { percent: Math.abs(percent) } };
}

function aimParam({ aim, isMet }: Figure): Param {
  return { key: isMet ? 'modes:indicators.met' : 'modes:indicators.missed', params: { aim } };
}
