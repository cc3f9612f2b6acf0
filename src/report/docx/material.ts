import type { Mode } from '../../campaign/activities/activity.ts';
import type { Notice } from '../../campaign/definition.ts';
import type { RectificationState, Task } from '../../campaign/rectification/record.ts';
import type { Fact } from '../../conversation/found-facts.ts';
import type { Flow } from '../../flow/definition.ts';
import type { Text } from '../../flow/text.ts';
import type { Values } from '../../flow/value.ts';

/** All that a report is written from: one task, or all tasks of an activity. Nothing in it was typed for the report alone but its parts. */
export interface Material {
  /** Of one task, or of the whole activity. */
  scope: 'task' | 'activity';
  campaign: { id: string; title: Text; zone: string; notice: Notice };
  activity: { code: string; mode: Mode; title: Text; hidden: boolean };
  /** The unit that coordinates the activity; null where the file names none that is there. */
  coordinator: Text | null;
  /** What the units are called to which a task's report goes. */
  receivers: Text[];
  /** The day of the figures, YYYY-MM-DD in the campaign's zone. */
  day: string;
  tasks: TaskMaterial[];
  problems: Problem[];
  /** Photos as they are stored, by the ids of their attachments. */
  photos: ReadonlyMap<string, Photo>;
}

export interface TaskMaterial {
  id: string;
  number: number;
  assignee: Text;
  target: Text;
  /** YYYY-MM-DD; null while it is not handed in. */
  reportedOn: string | null;
  /** Why it was handed in though not all listed matters were walked through. */
  openReason: string | null;
  /** Completed checklists, in the order in which they were begun. */
  visits: VisitMaterial[];
  /** What was given for the report alone: 原因, 分析, 建议 …; null while nothing was. */
  part: FilledIn | null;
  /** Matters listed and not walked through (MDJ-1.1); none for other modes. */
  left: { name: Text; inPerson: boolean }[];
}

export interface FilledIn {
  flow: Flow;
  values: Values;
}

export interface VisitMaterial extends FilledIn {
  /** The matter, or the claimed one with its place; null where the answers themselves name the place. */
  name: Text | null;
  place: string | null;
  /** YYYY-MM-DD. */
  day: string;
  byDeputy: boolean;
  /** Whether it is one of the visits that the notice asks for (MDJ-1.2). */
  counts: boolean;
}

/** A problem that was found, with what was ordered for it. */
export interface Problem {
  number: number;
  taskId: string;
  unit: Text;
  problem: Text;
  severity: 'minor' | 'serious' | 'grave';
  isClosed: boolean;
  /** The number under which it goes on. */
  mergedInto: number | null;
  /** The window or place that the checklist asked for. */
  place: string | null;
  /** What was answered where it was found. */
  facts: Fact[];
  /** Ids of attachments: of the problem, and of its putting-right. */
  photos: string[];
  fixed: string[];
  order: Order | null;
}

/** Those that are counted, as the ledger counts them: what goes on under another number is one problem with that. */
export function counted(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ mergedInto }) => mergedInto === null);
}

export interface Order {
  state: RectificationState;
  task: Task;
  requirement: string | null;
  measure: string | null;
  owner: string | null;
}

export interface Photo {
  id: string;
  name: string | null;
  mime: string;
  bytes: Uint8Array;
}
