import { z } from 'zod';
import { Flow } from '../flow/definition.ts';
import { Text } from '../flow/text.ts';
import { Activity, ActivityInFile } from './activities/activity.ts';
import { isDate } from './day.ts';
import { Desk } from './desk.ts';
import { ExtendsInFile, Registers } from './files.ts';
import { CalendarAdditions } from './holidays.ts';
import { Clock, Quiet, Zone } from './instant.ts';
import { RatingRules } from './rating-rules.ts';
import { LedgerRules } from './rectification/rules.ts';
import { refusal } from './refusal.ts';
import { Id, Unit } from './unit.ts';

/** The document that orders the campaign. `mandate` names the authority behind it (政府督查工作条例 art. 7). */
export const Notice = z.strictObject({
  issuer: Text,
  title: Text,
  number: z.string().min(1).optional(),
  date: z.string().refine(isDate, refusal('fault.no-such-day')),
  mandate: Text.optional(),
});
export type Notice = z.infer<typeof Notice>;

/**
 * When people are reminded: at `at` on the days `before` (workdays before the due day, 0 the day itself), then each
 * workday or each day while it is overdue.
 */
export const Reminders = z.strictObject({
  at: Clock.default('09:00'),
  before: z.array(z.int().min(0).max(60)).max(10).default([3, 1, 0]),
  overdue: z.enum(['workdays', 'days']).default('workdays'),
});
export type Reminders = z.infer<typeof Reminders>;

export const roles = [
  'coordinator',
  'inspector',
  'liaison',
  'leader',
  'auditor',
  'operator',
  'citizen',
] as const;
export type Role = (typeof roles)[number];

/**
 * A part somebody plays: a role, never a name; a leader without a unit is of the leading group (邀请 领导小组).
 * `console` makes it a persona of the console page, `console:<that>`.
 */
export const Person = z.strictObject({
  role: z.enum(roles),
  unit: z.string().min(1).optional(),
  title: Text,
  console: Id.optional(),
});
export type Person = z.infer<typeof Person>;

/** A group chat the campaign needs. `console` makes it one of the console page's rooms. */
export const RoomPlan = z.strictObject({
  id: Id,
  title: Text,
  purpose: z.enum(['inspection', 'hall', 'leaders']),
  console: z.boolean().default(false),
});
export type RoomPlan = z.infer<typeof RoomPlan>;

const common = {
  id: Id,
  title: Text,
  zone: Zone.default('Asia/Shanghai'),
  notice: Notice,
  quiet: Quiet.prefault({}),
  calendar: CalendarAdditions.default({}),
  reminders: Reminders.prefault({}),
  /** What the coordinators' office and the leaders are sent. */
  desk: Desk.prefault({}),
  /** How problems are kept and put right. */
  ledger: LedgerRules.prefault({}),
  /** Held in mainland China, so that PIPL art. 36 binds it: citizens' answers stay off foreign channels (abroad.ts). */
  prc: z.boolean().default(true),
  /** More than fit into the file come from a register (`registers.units`). */
  units: z.array(Unit).min(1).max(200_000),
  people: z.array(Person).max(500).default([]),
  rooms: z.array(RoomPlan).max(50).default([]),
  /** The flow citizens answer. */
  survey: z.string().min(1).optional(),
  /** How their ratings are collected, and the negative ones looked into. */
  ratings: RatingRules.prefault({}),
};

/** A flow in a file goes by a short id; faults between its questions are told by the loader, with their lines. */
const FlowInFile = z.strictObject({ ...Flow.shape, id: Id });

/**
 * A campaign as its author writes it. The start day is not in it: the same file runs again in another year, and the
 * year of a notice's “6月20日” is never guessed (JX-0.1).
 */
export const CampaignFile = z.strictObject({
  duban: z.literal(1),
  extends: ExtendsInFile.optional(),
  registers: Registers.optional(),
  ...common,
  activities: z.array(ActivityInFile).min(1).max(100),
  flows: z.array(FlowInFile).min(1).max(200),
});
export type CampaignFile = z.infer<typeof CampaignFile>;

/**
 * A loaded campaign, plain JSON: what `CampaignFile` says, with a start day, deadlines as days (`dueOn`), units by id
 * wherever one is meant, and flows under `<campaign id>/<flow id>`.
 */
export const Campaign = z.strictObject({
  ...common,
  start: z.iso.date(),
  activities: z.array(Activity).min(1),
  flows: z.array(Flow).min(1),
});
export type Campaign = z.infer<typeof Campaign>;
