import { addWorkdays, isWorkday } from '../campaign/calendar.ts';
import { dateOf } from '../campaign/instant.ts';
import type { Ask, Line } from '../flow/say.ts';
import type { CommandContext } from './command.ts';
import { carrying } from './said-before.ts';

/** Behind a day that was tapped: a rest day, and meant. */
const sure = /(?:^|\s)confirm$/;

/** Splits off what a tap on the rest day says. */
export function withoutSure(words: string): { words: string; isSure: boolean } {
  return { words: words.replace(sure, ''), isSure: sure.test(words) };
}

/** What is asked of somebody who sets a day for a problem. */
interface Asked {
  lines: Line[];
  ask: Ask;
}

/**
 * A fixed date on a rest day is not moved, but asked about: that day, or the workday before it (issue 3). Null for a workday,
 * and for a day that is over, which is refused anyway.
 * @param command whose words these are; the tapped option gives it `<number> <day>` with what was said besides
 */
export async function restDayAsk(
  context: CommandContext,
  command: 'rectify' | 'reopen' | 'change-day',
  { number, campaignId }: { number: number; campaignId: string },
  day: string,
): Promise<Asked | null> {
  const { calendar, zone } = await context.library.campaign(campaignId);
  const today = dateOf(context.at, zone);
  if (isWorkday(calendar, day) || day < today) return null;
  const before = addWorkdays(calendar, day, -1);
  const other = before < today ? addWorkdays(calendar, day, 1) : before;
  const options: Ask['options'] = [
    {
      id: carrying(context, `${number} ${day} confirm`),
      label: { key: 'ledger:tap.rest.that', params: { day: { date: day } } },
    },
    {
      id: carrying(context, `${number} ${other}`),
      label: {
        key: other < day ? 'ledger:tap.rest.before' : 'ledger:tap.rest.after',
        params: { day: { date: other } },
      },
    },
  ];
  return {
    lines: [
      { key: 'ledger:rest-day', params: { number, day: { date: day } } },
      {
        key: other < day ? 'ledger:rest-day.before' : 'ledger:rest-day.after',
        params: { day: { date: other } },
      },
    ],
    ask: { target: `command:${command}`, question: 'finding', options, many: false, numbered: false },
  };
}
