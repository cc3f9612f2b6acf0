import type { Excluded } from '../campaign/draw/frame.ts';
import type { DrawPlan } from '../campaign/draw/plan.ts';
import type { DrawRecord } from '../campaign/draw/record.ts';
import type { Line, Param } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { StoredDraw } from '../store/draws.ts';

/** Rows of a result in one message; the record has them all. */
const rowsMax = 40;
const excludedMax = 10;

/** What is drawn, in one phrase. */
export function whatParam({ subject, plan }: Pick<StoredDraw, 'subject' | 'plan'>): Param {
  const take = takeParam(plan);
  switch (subject.kind) {
    case 'task': {
      const { number, assignee, target } = subject;
      return { key: 'draw:what.task', params: { number, assignee, target, take } };
    }
    case 'windows':
      return { key: 'draw:what.windows', params: { area: subject.area, take } };
    case 'teams': {
      const inspectors = plan.kind === 'teams' ? plan.inspectors : 0;
      return { key: 'draw:what.teams', params: { area: subject.area, take, inspectors } };
    }
    case 'matrix':
      return { key: 'draw:what.matrix', params: { activity: subject.title, laws: lawsParam(plan, subject) } };
    case 'visits': {
      const inspectors = plan.kind === 'teams' ? plan.inspectors : 1;
      const params = { activity: subject.title, take, inspectors };
      return { key: inspectors > 1 ? 'modes:visit.what.team' : 'modes:visit.what', params };
    }
    case 'frame':
      return { key: 'draw:what.frame', params: { activity: subject.title, take } };
  }
}

/** Everything that is told of a draw that was made: the result, who was kept out, and what it takes to repeat it. */
export function resultLines(draw: StoredDraw, record: DrawRecord): Line[] {
  const rows = rowLines(record);
  const { excluded, frame, fingerprint, seed, earlier, reason } = record;
  const counts = { size: frame.members.length, excluded: excluded.length, count: rows.length };
  return [
    { key: 'draw:done', params: { code: draw.code, what: whatParam(draw), ...counts } },
    ...rows.slice(0, rowsMax),
    ...(rows.length > rowsMax ? [more(rows.length - rowsMax)] : []),
    ...excluded.slice(0, excludedMax).map(excludedLine),
    ...(excluded.length > excludedMax ? [more(excluded.length - excludedMax)] : []),
    ...(reason === null || earlier.length === 0
      ? []
      : [{ key: 'draw:done.reason', params: { earlier: { list: earlier }, reason } } as const]),
    { key: 'draw:done.seed', params: { seed } },
    { key: 'draw:done.print', params: { fingerprint } },
    { key: 'draw:done.verify', params: { code: draw.code } },
  ];
}

/** The names of what was drawn, in the order drawn. */
export function drawnNames({ frame, result }: Pick<DrawRecord, 'frame' | 'result'>): Text[] {
  if (result.kind !== 'sample') return [];
  const names = namesIn(frame);
  return result.drawn.map(names);
}

function rowLines({ frame, result }: DrawRecord): Line[] {
  const name = namesIn(frame);
  switch (result.kind) {
    case 'sample':
      return result.drawn.map((id, index) => ({
        key: 'draw:done.member',
        params: { place: index + 1, name: name(id) },
      }));
    case 'teams':
      return result.teams.map(({ object, inspectors, day }, index): Line => {
        const params = { place: index + 1, name: name(object), inspectors: { list: inspectors.map(name) } };
        return day === undefined
          ? { key: 'draw:done.team', params }
          : { key: 'draw:done.team.day', params: { ...params, day: { date: day } } };
      });
    case 'matrix':
      return result.pairs.map(({ inspector, inspected }) => ({
        key: 'draw:done.pair',
        params: { inspector: name(inspector), inspected: name(inspected) },
      }));
  }
}

function namesIn({ members, inspectors }: DrawRecord['frame']): (id: string) => Text {
  const names = new Map([...members, ...inspectors].map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

function excludedLine({ name, reason }: Excluded): Line {
  const why: Param = typeof reason === 'string' ? { key: `draw:reason.${reason}` } : reason.words;
  return { key: 'draw:done.excluded', params: { name, reason: why } };
}

function more(left: number): Line {
  return { key: 'draw:done.more', params: { left } };
}

function takeParam(plan: DrawPlan): Param {
  if (plan.kind === 'matrix') return '';
  const { take, each, weighted } = plan;
  const list: Param[] = [
    ...(each === null ? [] : [{ key: 'draw:take.each', params: { each } } as const]),
    ...(weighted ? [{ key: 'draw:take.weighted' } as const] : []),
  ];
  const extra = joined(list);
  return 'count' in take
    ? { key: 'draw:take.count', params: { count: take.count, more: extra } }
    : { key: 'draw:take.percent', params: { percent: take.percent, more: extra } };
}

function lawsParam(plan: DrawPlan, { ownArea }: Extract<StoredDraw['subject'], { kind: 'matrix' }>): Param {
  if (plan.kind !== 'matrix') return '';
  return joined([
    ...(plan.mutual ? [] : [{ key: 'draw:laws.no-mutual' } as const]),
    ...(plan.oneCycle ? [{ key: 'draw:laws.one-cycle' } as const] : []),
    ...(ownArea ? [{ key: 'draw:laws.avoid-area' } as const] : []),
  ]);
}

/** Phrases in brackets of their own need nothing between them. */
function joined(list: Param[]): Param {
  return list.reduce<Param>(
    (all, one) => (all === '' ? one : { key: 'draw:both', params: { one: all, other: one } }),
    '',
  );
}
