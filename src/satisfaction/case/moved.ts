import type cases from '../../../locales/zh-CN/cases.json';
import { addWorkdays, type Calendar } from '../../campaign/calendar.ts';
import { dateOf, type Quiet } from '../../campaign/instant.ts';
import type { RatingRules, StepTime } from '../../campaign/rating-rules.ts';
import type { Mover } from '../../campaign/rectification/mover.ts';
import { periodEnd } from '../../campaign/rectification/working-time.ts';
import type { Params } from '../../flow/say.ts';
import type { CaseEnding, CaseStage, RatingCase } from './record.ts';

/** A sentence of `locales/<language>/cases.json`, without its file's name. */
export type CaseSentence = keyof typeof cases;

/** What the rules know besides the record and the mover. `number` is what people call the case. */
export interface CaseSetting {
  /** ISO instant. */
  at: string;
  number: number;
  calendar: Calendar;
  zone: string;
  quiet: Quiet;
  steps: RatingRules['steps'];
  /** The unit that was rated; null where only the campaign is known. */
  unit: string | null;
  /** The nearest unit, itself or above, that has a liaison, and one that has a head; null without one. */
  owner: string | null;
  head: string | null;
  /** Whoever makes the move is of the owners: liaison of that unit, or coordinator where there is none. They alone see a contact. */
  isOwner: boolean;
}

/** Why something can't be done, and what to do instead. */
export interface CaseRefusal {
  kind: 'refused';
  sentence: { key: `cases:${CaseSentence}`; params: Params };
}

/** What a move gives: the record afterwards (the one before is left as it was), or a refusal, which changes nothing. */
export type CaseMoved = { kind: 'moved'; to: RatingCase } | CaseRefusal;

export function refuse(sentence: CaseSentence, params: Params): CaseRefusal {
  return { kind: 'refused', sentence: { key: `cases:${sentence}`, params } };
}

/** Not in this stage: says in which it is. */
export function outOfTurn(
  { stage }: RatingCase,
  { number }: CaseSetting,
  sentence: CaseSentence,
): CaseRefusal {
  return refuse(sentence, { number, stage: { key: `cases:stage.${stage}` } });
}

export function to(record: RatingCase, change: Partial<RatingCase>): CaseMoved {
  return { kind: 'moved', to: { ...record, ...change } };
}

/** Today in the campaign's zone. */
export function todayOf({ at, zone }: Pick<CaseSetting, 'at' | 'zone'>): string {
  return dateOf(at, zone);
}

/** The last day of a step that begins on a day, which is not counted (民法典 art. 201, 203; 行政许可法 art. 82). */
export function stepEnd(step: StepTime, from: string, calendar: Calendar): string {
  return 'workdays' in step
    ? addWorkdays(calendar, from, step.workdays)
    : periodEnd(from, step.days, calendar);
}

type OpenStage = Exclude<CaseStage, 'closed'>;

/** The last day of a stage that begins today. */
export function dueIn(
  stage: OpenStage,
  setting: Pick<CaseSetting, 'at' | 'zone' | 'calendar' | 'steps'>,
): string {
  const { steps, calendar } = setting;
  return stepEnd(stepOf(stage, steps), todayOf(setting), calendar);
}

function stepOf(stage: OpenStage, steps: RatingRules['steps']): StepTime {
  switch (stage) {
    case 'verifying':
      return steps.verify;
    case 'rectifying':
      return steps.rectify;
    case 'replying':
      return steps.reply;
    case 'calling-back':
      return steps.callBack;
    case 'appealed':
      return steps.appeal;
  }
}

/** Goes on to a stage, whose clock begins today. */
export function entered(
  record: RatingCase,
  stage: OpenStage,
  setting: CaseSetting,
  change: Partial<RatingCase> = {},
): RatingCase {
  const today = todayOf(setting);
  return {
    ...record,
    stage,
    since: today,
    dueOn: dueIn(stage, setting),
    late: isLate(record, today),
    called: null,
    proposed: null,
    relay: false,
    tries: [],
    news: null,
    reminded: false,
    chase: null,
    ...change,
  };
}

/** Ends the case. */
export function closed(
  record: RatingCase,
  ended: CaseEnding,
  setting: CaseSetting,
  change: Partial<RatingCase> = {},
): RatingCase {
  const today = todayOf(setting);
  const late = isLate(record, today);
  const rest = { called: null, proposed: null, relay: false, news: null, reminded: false, chase: null };
  return { ...record, ...rest, stage: 'closed', since: today, dueOn: null, late, ended, ...change };
}

/** Whether a stage was, or is on that day, past its last day. */
export function isLate({ late, dueOn }: Pick<RatingCase, 'late' | 'dueOn'>, today: string): boolean {
  return late || (dueOn !== null && today > dueOn);
}

/** Whether somebody speaks for the office that the case lies with: the rated unit's, its owner's or its head's. */
export function isOfOffice({ unit, owner, head }: CaseSetting, who: Pick<Mover, 'answersFor'>): boolean {
  return [unit, owner, head].some((one) => one !== null && who.answersFor.includes(one));
}

/** Of the rated unit or one below it, in whatever role, or one who answers for the office. */
export function isOfUnit(who: Mover, setting: CaseSetting): boolean {
  const { unit } = setting;
  return (unit !== null && who.belongsTo.includes(unit)) || isOfOffice(setting, who);
}

/** Who may take a step of the handling: the office, or a coordinator. */
export function unfit(who: Mover, setting: CaseSetting): CaseRefusal | null {
  if (who.coordinates || isOfOffice(setting, who)) return null;
  return refuse('refused.not-yours', { number: setting.number });
}

/** A list of people with one more. */
export function withPerson(people: readonly string[], id: string): string[] {
  return people.includes(id) ? [...people] : [...people, id];
}
