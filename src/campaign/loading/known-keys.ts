import { Flow } from '../../flow/definition.ts';
import { ChoiceOption } from '../../flow/questions/base.ts';
import { CountsAsked } from '../../flow/questions/number.ts';
import { Question } from '../../flow/questions/question.ts';
import { ActivityInFile } from '../activities/activity.ts';
import { Service } from '../activities/experience.ts';
import { Matter } from '../activities/walkthrough.ts';
import { CampaignFile, Notice, Person, Reminders, RoomPlan } from '../definition.ts';
import { Quiet } from '../instant.ts';
import { Pair } from '../matrix.ts';
import { Lamp } from '../rectification/lamp.ts';
import { LedgerRules } from '../rectification/rules.ts';
import { Route } from '../routing.ts';
import { Unit } from '../unit.ts';

/** Every key a campaign file may have anywhere, to offer in place of a mistyped one. */
export function knownKeys(): string[] {
  const objects = [
    CampaignFile,
    Notice,
    Quiet,
    Reminders,
    LedgerRules,
    Lamp,
    Unit,
    Person,
    RoomPlan,
    ...ActivityInFile.options,
    Service,
    Matter,
    Route,
    Pair,
    Flow,
    ChoiceOption,
    CountsAsked,
  ];
  const inConditions = [
    'all',
    'any',
    'not',
    'question',
    'answered',
    'is',
    'in',
    'includes',
    'atLeast',
    'atMost',
  ];
  return [
    ...new Set([
      ...[...objects, ...Question.options].flatMap((object) => Object.keys(object.shape)),
      ...inConditions,
      ...['workdays', 'days', 'off', 'work', 'nudgeAfter', 'expireAfter'],
    ]),
  ];
}
