import { type Calendar, workdaysBetween } from './calendar.ts';
import type { CampaignSentence } from './refusal.ts';

/** How far an assignment is: given out, read and taken on, first check-in made, report handed in. */
export const assignmentStates = ['assigned', 'acknowledged', 'working', 'reported'] as const;
export type AssignmentState = (typeof assignmentStates)[number];

/** What moves an assignment: `收到`, `签到`, handing in the report. */
export type AssignmentMove = 'acknowledge' | 'check-in' | 'report';

/** What the rules need to know of an assignment. `visits` counts completed checklists. */
export interface Progress {
  state: AssignmentState;
  visits: number;
}

/** How many completed checklists a report takes, inclusive (JX-3.3: three to five windows). */
export interface VisitRule {
  min: number;
  max: number;
}

/** The state afterwards, the same one when nothing changes; or why it can't be done, as a sentence. */
export type Moved =
  | { kind: 'moved'; state: AssignmentState; changed: boolean }
  | { kind: 'refused'; sentence: { key: `campaign:${CampaignSentence}`; params: Record<string, number> } };

/**
 * Moves an assignment on. Nothing goes back: acknowledging again changes nothing, a check-in counts as
 * acknowledgement, and after the report nothing more is taken.
 */
export function moveAssignment({ state, visits }: Progress, move: AssignmentMove, rule: VisitRule): Moved {
  switch (move) {
    case 'acknowledge':
      return moved(state, state === 'assigned' ? 'acknowledged' : state);
    case 'check-in':
      if (state === 'reported') return refused('assignment.reported-already');
      return visits >= rule.max
        ? refused('assignment.visits-full', { max: rule.max })
        : moved(state, 'working');
    case 'report':
      if (state === 'reported') return refused('assignment.reported-already');
      return visits < rule.min
        ? refused('assignment.visits-missing', { visits, min: rule.min, left: rule.min - visits })
        : moved(state, 'reported');
  }
}

/** Past its due day, which is included, with no report in. Days are YYYY-MM-DD in the campaign's zone. */
export function isOverdue(
  { state, dueOn }: { state: AssignmentState; dueOn: string },
  today: string,
): boolean {
  return state !== 'reported' && today > dueOn;
}

/** Workdays left, today not counted; 0 on the due day, negative when overdue, by workdays missed. */
export function workdaysLeft(dueOn: string, today: string, calendar: Calendar): number {
  return workdaysBetween(calendar, today, dueOn);
}

function moved(from: AssignmentState, state: AssignmentState): Moved {
  return { kind: 'moved', state, changed: from !== state };
}

function refused(sentence: CampaignSentence, params: Record<string, number> = {}): Moved {
  return { kind: 'refused', sentence: { key: `campaign:${sentence}`, params } };
}
