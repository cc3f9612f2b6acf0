import { z } from 'zod';
import { isWorkday, makeCalendar } from '../campaign/calendar.ts';
import { Campaign } from '../campaign/definition.ts';
import type { Line } from '../flow/say.ts';
import { readPublishable } from '../store/publication.ts';
import type { Run } from '../store/writes.ts';

/** Days in one message. */
const daysMax = 20;

const Dated = z.object({ calendar: Campaign.shape.calendar, activities: Campaign.shape.activities });

/**
 * The deadlines of a draft that fall on rest days, one line each: they are not moved, but whoever publishes is asked (issue 3;
 * MDJ: a Sunday). Those of hidden activities are left out, as in all that is said of a publication (JX-4.4). None when it is
 * no draft.
 */
export async function restDayDeadlines(run: Run, campaignId: string): Promise<Line[]> {
  const row = await readPublishable(run, campaignId);
  if (row?.status !== 'draft') return [];
  const { calendar: given, activities } = Dated.parse(row.definition);
  const calendar = makeCalendar(given);
  const days = activities
    .filter(({ secret }) => !secret)
    .flatMap(({ title, dueOn, reportOn }) =>
      [...new Set([dueOn, ...(reportOn === undefined ? [] : [reportOn])])].map((day) => ({ title, day })),
    );
  return days
    .filter(({ day }) => !isWorkday(calendar, day))
    .slice(0, daysMax)
    .map(({ title, day }): Line => ({ key: 'files:publish.rest', params: { title, day: { date: day } } }));
}
