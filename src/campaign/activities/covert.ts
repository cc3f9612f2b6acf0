import { z } from 'zod';
import { type Calendar, isWorkday } from '../calendar.ts';
import { addDays } from '../day.ts';
import { daysMax } from '../draw/frame.ts';
import { Pair } from '../matrix.ts';
import { type AssignmentPlan, daysOf, inFile, loaded, participants } from './common.ts';

const covert = {
  mode: z.literal('covert'),
  /** The members who go, when the notice lists them (JX-4.1 does not). */
  participants: participants.optional(),
  /** Where they may be sent; everything beneath counts (JX-4.2). */
  objects: z.array(z.string().min(1)).max(5000).default([]),
  /**
   * What a draw takes objects from: the objects, each on a workday that is drawn too; or the days that units have handed in
   * for a self-check by experience, so that spot checks meet them (JX-2.5).
   */
  from: z.enum(['objects', 'schedules']).default('objects'),
  /** How many units send somebody to each object together, at least (双随机: two inspectors; DOMAIN 2.8). */
  inspectors: z.int().min(1).max(20).default(1),
  /** Who goes where, when that is settled beforehand. Otherwise it is drawn, or sent by the activity's coordinator. */
  pairs: z.array(Pair).max(5000).default([]),
  /** 事先不通知，随机 (JX-4.4). */
  secret: z.literal(true).default(true),
};

/** 暗访式督查 as written in a campaign file: nobody but the visitor and this activity's coordinator knows target and time (JX-4). */
export const CovertInFile = z.strictObject({ ...inFile, ...covert });
export type CovertInFile = z.infer<typeof CovertInFile>;

export const CovertActivity = z.strictObject({ ...loaded, ...covert });
export type CovertActivity = z.infer<typeof CovertActivity>;

export function covertAssignments(activity: CovertActivity): AssignmentPlan[] {
  return activity.pairs.map(({ inspector, inspected }) => ({
    assigneeUnit: inspector,
    targetUnit: inspected,
    ...daysOf(activity),
  }));
}

/**
 * The days of one visit: its own (YYYY-MM-DD) where that is settled, else the activity's. The report is due with the
 * activity, and with the visit where that comes last.
 */
export function daysOfVisit(
  activity: Pick<CovertActivity, 'dueOn' | 'reportOn'>,
  day: string | null,
): { dueOn: string; reportOn: string | null } {
  if (day === null) return daysOf(activity);
  const last = activity.reportOn ?? activity.dueOn;
  return { dueOn: day, reportOn: last > day ? last : null };
}

/** The workdays on which a visit may still be made, from tomorrow to the due day (JX-4.4: at random); today when it is the last. */
export function visitDays(today: string, dueOn: string, calendar: Calendar): string[] {
  const days: string[] = [];
  for (let day = addDays(today, 1); day <= dueOn && days.length < daysMax; day = addDays(day, 1))
    if (isWorkday(calendar, day)) days.push(day);
  return days.length === 0 && today <= dueOn ? [today] : days;
}

/** A unit on a day, as one member of a draw. */
export interface UnitOnDay {
  unit: string;
  /** YYYY-MM-DD. */
  day: string;
}

/** `window-unit-02@2026-07-01`: ids hold no such sign. */
export function slotId({ unit, day }: UnitOnDay): string {
  return `${unit}@${day}`;
}

/** Null for the id of a unit alone. */
export function readSlot(id: string): UnitOnDay | null {
  const [unit = '', day] = id.split('@');
  return day === undefined ? null : { unit, day };
}
