import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AssignmentMove,
  type AssignmentState,
  assignmentStates,
  isOverdue,
  moveAssignment,
  workdaysLeft,
} from '../../src/campaign/assignment.ts';
import { makeCalendar } from '../../src/campaign/calendar.ts';
import { tell } from './telling.ts';

const rule = { min: 3, max: 5 };

describe('an assignment moves on', () => {
  test.each<[AssignmentState, number, AssignmentMove, string]>([
    ['assigned', 0, 'acknowledge', 'acknowledged'],
    ['acknowledged', 0, 'acknowledge', 'acknowledged, as before'],
    ['working', 1, 'acknowledge', 'working, as before'],
    ['reported', 3, 'acknowledge', 'reported, as before'],
    ['assigned', 0, 'check-in', 'working'], // whoever begins has read it
    ['acknowledged', 0, 'check-in', 'working'],
    ['working', 4, 'check-in', 'working, as before'],
    ['working', 5, 'check-in', 'All 5 visits are made; no more are needed.'],
    ['reported', 3, 'check-in', "The report is in and can't be changed."],
    ['working', 2, 'report', 'Visits made: 2 of at least 3; still to go: 1. Hand in the report after that.'],
    ['assigned', 0, 'report', 'Visits made: 0 of at least 3; still to go: 3. Hand in the report after that.'],
    ['working', 3, 'report', 'reported'],
    ['working', 5, 'report', 'reported'],
    ['reported', 3, 'report', "The report is in and can't be changed."],
  ])('%s with %i visits: %s', (state, visits, move, result) => {
    const moved = moveAssignment({ state, visits }, move, rule);
    expect(
      moved.kind === 'moved' ? `${moved.state}${moved.changed ? '' : ', as before'}` : tell(moved.sentence),
    ).toBe(result);
  });

  test('never back, and reported only with enough visits', () => {
    const moves = fc.array(fc.constantFrom<AssignmentMove>('acknowledge', 'check-in', 'report'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(moves, (sequence) => {
        let progress = { state: 'assigned' as AssignmentState, visits: 0 };
        for (const move of sequence) {
          const result = moveAssignment(progress, move, rule);
          if (result.kind === 'refused') continue;
          expect(assignmentStates.indexOf(result.state)).toBeGreaterThanOrEqual(
            assignmentStates.indexOf(progress.state),
          );
          progress = { state: result.state, visits: progress.visits + (move === 'check-in' ? 1 : 0) };
          expect(progress.visits).toBeLessThanOrEqual(rule.max);
          if (result.state === 'reported') expect(progress.visits).toBeGreaterThanOrEqual(rule.min);
        }
      }),
    );
  });
});

test.each<[AssignmentState, string, boolean]>([
  ['working', '2026-07-15', false], // “7月15日前” includes the day
  ['working', '2026-07-16', true],
  ['assigned', '2026-07-16', true],
  ['reported', '2026-07-16', false],
])('%s on %s is overdue: %s', (state, today, overdue) => {
  expect(isOverdue({ state, dueOn: '2026-07-15' }, today)).toBe(overdue);
});

test.each([
  ['2026-06-22', 17],
  ['2026-07-14', 1],
  ['2026-07-15', 0],
  ['2026-07-17', -2],
  ['2026-07-18', -2],
])('workdays left on %s: %i', (today, left) =>
  expect(workdaysLeft('2026-07-15', today, makeCalendar())).toBe(left),
);
