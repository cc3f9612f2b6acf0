import type { Line, Param } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { type Figures, meets, type ToldFigures } from '../satisfaction/figures.ts';
import type { GroupResults, Response, VersionResults } from '../satisfaction/results.ts';
import { shownFrom } from '../satisfaction/small-cells.ts';
import type { Share } from '../satisfaction/summary.ts';
import type { FoundResults } from '../store/results.ts';
import { shareParams, shortFigures } from './results-short.ts';

/** What the head of the message names. */
interface Asked {
  title: Text;
  /** Of the unit; null for the whole campaign. */
  name: Text | null;
  /** ISO instant. */
  at: string;
  zone: string;
  /** With the parts beside one another. */
  compares: boolean;
}

/** Units in one message. */
const partsMax = 50;
/** Periods in one message, the last ones. */
const periodsMax = 24;

/** Results as one message: the newest set at length, each older one by itself in two lines. Every figure stands under its set. */
export function resultLines(found: FoundResults, { title, name, at, zone, compares }: Asked): Line[] {
  const unit: Param = name ?? { key: 'results:all' };
  const head: Line = { key: 'results:title', params: { title, unit, at: { instant: at, zone } } };
  const [newest, ...older] = found.versions;
  if (newest === undefined) return [head, { key: 'results:no-set' }];
  return [
    head,
    setLine(newest),
    ...groupLines(newest.own, 'own', newest),
    ...groupLines(newest.interview, 'interview', newest),
    ...trendLines(newest, found.period),
    ...(compares ? partLines(newest, found.names, name === null) : []),
    ...responseLines('results:response.case', found.caseResponse),
    ...responseLines('results:response.page', found.pageResponse),
    ...(found.again.kind === 'none'
      ? []
      : [{ key: 'results:again', params: { figures: shortFigures(found.again) } } as const]),
    ...older.flatMap(olderLines),
    ...(compares && found.names.size > 0 ? [{ key: 'results:how' } as const] : []),
  ];
}

function setLine({ version, publishedOn, scores }: VersionResults): Line {
  return {
    key: 'results:set',
    params: { version, on: { date: publishedOn }, scores: scores.join('/') },
  };
}

type Group = 'own' | 'interview';

/** Of a group all that is told; of inspectors' interviews nothing where there were none. */
function groupLines(group: GroupResults, which: Group, { aims }: VersionResults): Line[] {
  const { all } = group;
  if (all.kind === 'none')
    return which === 'own' ? [{ key: 'results:own.none' }, ...struckLines(group)] : struckLines(group);
  if (all.kind === 'withheld')
    return [{ key: `results:${which}.withheld`, params: { from: shownFrom } }, ...struckLines(group)];
  if (all.kind === 'few')
    return [{ key: `results:${which}.few`, params: { from: shownFrom } }, ...struckLines(group)];
  return [
    { key: `results:${which}`, params: { n: all.n } },
    ...shareLines(all, aims),
    ...marksLines(group),
    ...struckLines(group),
    ...sourceLines(group),
    ...(group.narrowed ? [{ key: 'results:narrowed' } as const] : []),
  ];
}

function shareLines(
  { n, satisfied, notNegative, negative, score }: ToldFigures,
  aims: VersionResults['aims'],
): Line[] {
  const lines: Line[] = [];
  if (satisfied !== null)
    lines.push({
      key: 'results:satisfied',
      params: { ...shareParams(satisfied), n, aim: aimOf(satisfied, n, aims.satisfied) },
    });
  if (notNegative !== null)
    lines.push({
      key: 'results:not-negative',
      params: { ...shareParams(notNegative), n, aim: aimOf(notNegative, n, aims.notNegative) },
    });
  if (negative !== null) lines.push({ key: 'results:negative', params: { negative } });
  if (score !== null) lines.push({ key: 'results:score', params: { score } });
  if (satisfied === null || notNegative === null || score === null)
    lines.push({ key: 'results:hidden', params: { from: shownFrom } });
  return lines;
}

function aimOf(share: Share, n: number, aim: number | undefined): Param {
  if (aim === undefined) return '';
  return { key: meets(share, n, aim) ? 'results:aim.met' : 'results:aim.missed', params: { aim } };
}

/** What bears signs of tampering is counted in and told apart, never dropped. */
function marksLines({ marks }: GroupResults): Line[] {
  if (marks === null) return [];
  if (marks.marked.kind !== 'told' || marks.others.kind === 'few' || marks.others.kind === 'withheld')
    return [{ key: 'results:marked.few', params: { from: shownFrom } }];
  return [{ key: 'results:marked', params: { n: marks.marked.n, figures: shortFigures(marks.others) } }];
}

function struckLines({ struck }: GroupResults): Line[] {
  if (struck === 0) return [];
  if (struck === null) return [{ key: 'results:struck.few', params: { from: shownFrom } }];
  return [{ key: 'results:struck', params: { n: struck } }];
}

function sourceLines({ sources }: GroupResults): Line[] {
  const used = sources.filter(({ figures }) => figures.kind !== 'none');
  if (used.length < 2) return [];
  return used.map(
    ({ source, figures }): Line => ({
      key: `results:source.${source}`,
      params: { figures: shortFigures(figures) },
    }),
  );
}

/** Of people's own accord; a single period is no trend. */
function trendLines({ own: { trend } }: VersionResults, period: FoundResults['period']): Line[] {
  if (trend.length < 2) return [];
  const shown = trend.slice(-periodsMax);
  return [
    { key: period === 'week' ? 'results:trend.week' : 'results:trend.month' },
    ...shown.map(
      ({ from, figures }): Line => ({
        key: 'results:trend.one',
        params: { from: period === 'week' ? { date: from } : monthOf(from), figures: shortFigures(figures) },
      }),
    ),
  ];
}

function monthOf(date: string): Param {
  const [year = '', month = ''] = date.split('-');
  return { key: 'results:month', params: { year, month: String(Number(month)) } };
}

/** In the order of the register: nothing is ranked. */
function partLines(
  { own, interview }: VersionResults,
  names: FoundResults['names'],
  isCampaign: boolean,
): Line[] {
  if (own.parts.length + interview.parts.length === 0) return [];
  const ids = own.parts.length >= interview.parts.length ? own.parts : interview.parts;
  const asked = new Map(interview.parts.map(({ unitId, figures }) => [unitId, figures]));
  const said = new Map(own.parts.map(({ unitId, figures }) => [unitId, figures]));
  const lines = ids.slice(0, partsMax).map(({ unitId }): Line => {
    const unit: Param = (unitId === null ? undefined : names.get(unitId)) ?? {
      key: isCampaign ? 'results:no-unit' : 'results:itself',
    };
    return { key: 'results:part', params: { unit, ...both(said.get(unitId), asked.get(unitId)) } };
  });
  const left = ids.length - lines.length;
  return [
    { key: 'results:parts' },
    ...lines,
    ...(left > 0 ? [{ key: 'results:parts.more', params: { left } } as const] : []),
  ];
}

/** What people said of their own accord, and apart from it what they told inspectors. */
function both(own: Figures | undefined, interview: Figures | undefined): { own: Param; interview: Param } {
  return {
    own: shortFigures(own ?? { kind: 'none' }),
    interview:
      interview === undefined || interview.kind === 'none'
        ? ''
        : { key: 'results:part.interview', params: { figures: shortFigures(interview) } },
  };
}

function responseLines(
  key: 'results:response.case' | 'results:response.page',
  response: Response | null,
): Line[] {
  if (response === null) return [];
  const { asked, rated, share } = response;
  return [{ key, params: { asked, rated, percent: share.percent } }];
}

/** Of an older set only what was rated by it: other questions or points, and no comparison with the newer. */
function olderLines({ version, publishedOn, own, interview }: VersionResults): Line[] {
  if (own.all.kind === 'none' && interview.all.kind === 'none') return [];
  const on = { date: publishedOn };
  return [{ key: 'results:older', params: { version, on, ...both(own.all, interview.all) } }];
}
