import type { Pair } from '../matrix.ts';
import type { Frame } from './frame.ts';
import { drawMatrix } from './matrix.ts';
import type { DrawPlan } from './plan.ts';
import { type Refused, refused } from './refused.ts';
import { drawSample } from './sample.ts';
import { drawStream } from './stream.ts';
import { drawDays, drawTeams, type Team } from './teams.ts';

/** What came out, by ids: members in the order drawn, teams in the order their objects were drawn, or rows of a matrix. */
export type DrawResult =
  | { kind: 'sample'; drawn: string[] }
  | { kind: 'teams'; teams: Team[] }
  | { kind: 'matrix'; pairs: Pair[] };

/**
 * Makes a draw by duban-draw-1 (docs/decisions/0008-draws.md). It depends on nothing but what is given: the same plan, frame
 * and seed give the same result for ever. @param frame as `inOrder` leaves it
 */
export function makeDraw(
  plan: DrawPlan,
  frame: Frame,
  seed: string,
): { kind: 'drawn'; result: DrawResult } | Refused {
  const stream = drawStream(seed);
  switch (plan.kind) {
    case 'sample': {
      const sample = drawSample(stream, plan, frame.members);
      if (sample.kind === 'refused') return sample;
      return { kind: 'drawn', result: { kind: 'sample', drawn: sample.members.map(({ id }) => id) } };
    }
    case 'teams': {
      const objects = drawSample(stream, plan, frame.members);
      if (objects.kind === 'refused') return objects;
      const teams = drawTeams(stream, plan.inspectors, objects.members, frame.inspectors);
      if (teams.kind === 'refused') return teams;
      const { days } = frame;
      if (days?.length === 0) return refused('refused.no-days');
      const dated = days === undefined ? teams.teams : drawDays(stream, teams.teams, days);
      return { kind: 'drawn', result: { kind: 'teams', teams: dated } };
    }
    case 'matrix': {
      const matrix = drawMatrix(stream, plan, frame);
      return matrix.kind === 'refused'
        ? matrix
        : { kind: 'drawn', result: { kind: 'matrix', pairs: matrix.pairs } };
    }
  }
}
