import { z } from 'zod';
import { Text } from '../../flow/text.ts';
import { Deadline } from '../deadline.ts';
import { Route } from '../routing.ts';
import { Id } from '../unit.ts';

/** What a mode of inspection has, whichever it is. Units by id or any of their names, flows by their short ids. */
const common = {
  id: Id,
  title: Text,
  /** The unit that reports go to (JX-5.1: each mode has its own), and what its contact is called, never a person's name. */
  coordinator: z.string().min(1),
  contact: Text.optional(),
  /** Where the reports of some units go instead, or as well (MDJ-3.6). */
  routes: z.array(Route).max(50).default([]),
  /** Checklists to be completed for a task, inclusive: JX-3.3 wants three to five windows. */
  visits: z
    .strictObject({ min: z.int().min(1).max(500), max: z.int().min(1).max(500) })
    .default({ min: 1, max: 50 }),
  /** The flow filled in at each visit. */
  checklist: z.string().min(1),
  /** What no answer gives yet and the report needs: asked before it is handed in (情况、问题、分析、建议, JX-4.6). */
  report: z.string().min(1).optional(),
};

/** As written in a campaign file. `reportBy`: the report has a later day of its own (MDJ-3.5). */
export const inFile = { ...common, deadline: Deadline, reportBy: Deadline.optional() };

/** Once loaded: units and flows by their ids, deadlines as days. */
export const loaded = { ...common, dueOn: z.iso.date(), reportOn: z.iso.date().optional() };

/** Units that take part, each with a task of its own. */
export const participants = z.array(z.string().min(1)).min(1).max(5000);

/** One task: a unit inspects another, or itself, by the end of `dueOn`; its report is due by the end of `reportOn`. Days YYYY-MM-DD. */
export interface AssignmentPlan {
  assigneeUnit: string;
  targetUnit: string;
  dueOn: string;
  reportOn: string | null;
}

/** The days of an activity's tasks. */
export function daysOf({ dueOn, reportOn }: { dueOn: string; reportOn?: string | undefined }) {
  return { dueOn, reportOn: reportOn ?? null };
}

/** A task for each participant at its own windows. */
export function ownAssignments(activity: {
  participants: string[];
  dueOn: string;
  reportOn?: string | undefined;
}): AssignmentPlan[] {
  return activity.participants.map((unit) => ({
    assigneeUnit: unit,
    targetUnit: unit,
    ...daysOf(activity),
  }));
}
