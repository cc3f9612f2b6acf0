import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addWorkdays, isWorkday, makeCalendar } from '../../src/campaign/calendar.ts';
import { addDays, dateOfDay, dayNumber } from '../../src/campaign/day.ts';
import { dateOf, instantOf, isQuiet } from '../../src/campaign/instant.ts';
import {
  digestAt,
  dueReminders,
  nextReminder,
  type Reminded,
  type ReminderRules,
  reminderPlan,
  remindersOf,
} from '../../src/campaign/reminder.ts';

const zone = 'Asia/Shanghai';
const calendar = makeCalendar();
const rules = remindersOf({
  reminders: { at: '09:00', before: [3, 1, 0], overdue: 'workdays' },
  quiet: { from: '21:00', to: '08:00' },
  zone,
});
const at = (day: string, time = '09:00') => instantOf(day, time, zone);

/** `step day time` in the campaign's zone, for tables. */
function told({ step, at: instant }: { step: string; at: string }): string {
  const there = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return `${step} ${there.slice(0, 10)} ${there.slice(11, 16)}`;
}

function assignment(dueOn: string, published: string, handledTo: string | null = null): Reminded {
  return { dueOn, publishedAt: published, handledTo };
}

describe('the plan', () => {
  test.each([
    [
      'Jiaxing',
      '2026-07-15',
      at('2026-06-22'),
      rules,
      ['before-3 2026-07-10', 'before-1 2026-07-14', 'before-0 2026-07-15', 'overdue-2026-07-16 2026-07-16'],
    ],
    [
      'over the Spring Festival',
      '2026-02-25',
      at('2026-02-02'),
      rules,
      ['before-3 2026-02-13', 'before-1 2026-02-24', 'before-0 2026-02-25', 'overdue-2026-02-26 2026-02-26'],
    ],
    [
      'due on a Sunday: reminded on that Sunday',
      '2026-07-19',
      at('2026-07-01'),
      rules,
      ['before-3 2026-07-15', 'before-1 2026-07-17', 'before-0 2026-07-19', 'overdue-2026-07-20 2026-07-20'],
    ],
    [
      'due before National Day, overdue by workdays',
      '2026-09-30',
      at('2026-09-01'),
      rules,
      ['before-3 2026-09-24', 'before-1 2026-09-29', 'before-0 2026-09-30', 'overdue-2026-10-08 2026-10-08'],
    ],
    [
      'the same, by days',
      '2026-09-30',
      at('2026-09-01'),
      { ...rules, overdue: 'days' as const },
      ['before-3 2026-09-24', 'before-1 2026-09-29', 'before-0 2026-09-30', 'overdue-2026-10-01 2026-10-01'],
    ],
    [
      'published two workdays before',
      '2026-07-15',
      at('2026-07-13'),
      rules,
      ['before-1 2026-07-14', 'before-0 2026-07-15', 'overdue-2026-07-16 2026-07-16'],
    ],
    [
      'published on the day, after nine',
      '2026-07-15',
      at('2026-07-15', '09:01'),
      rules,
      ['overdue-2026-07-16 2026-07-16'],
    ],
    [
      'published when already overdue',
      '2026-07-15',
      at('2026-08-03', '10:00'),
      rules,
      ['overdue-2026-08-04 2026-08-04'],
    ],
    [
      'other steps, in any order and doubled',
      '2026-07-15',
      at('2026-06-22'),
      { ...rules, before: [0, 5, 5] },
      ['before-5 2026-07-08', 'before-0 2026-07-15', 'overdue-2026-07-16 2026-07-16'],
    ],
  ])('%s', (_, dueOn, published, own, steps) => {
    expect(reminderPlan(assignment(dueOn, published), own, calendar).map(told)).toEqual(
      steps.map((step) => `${step} 09:00`),
    );
  });

  test('a time in the quiet hours waits for their end', () => {
    const early = { ...rules, at: '07:00' };
    expect(reminderPlan(assignment('2026-07-15', at('2026-06-22')), early, calendar).map(told)).toEqual([
      'before-3 2026-07-10 08:00',
      'before-1 2026-07-14 08:00',
      'before-0 2026-07-15 08:00',
      'overdue-2026-07-16 2026-07-16 08:00',
    ]);
  });

  test('it is nine where the campaign is', () => {
    const [first] = reminderPlan(
      assignment('2026-07-15', at('2026-06-22')),
      { ...rules, zone: 'Asia/Urumqi' },
      calendar,
    );
    expect(first).toEqual({ step: 'before-3', kind: 'before', at: '2026-07-10T03:00:00.000Z' });
  });
});

describe('the next step', () => {
  test.each([
    [at('2026-06-22'), 'before-3 2026-07-10 09:00'],
    [at('2026-07-10', '08:59'), 'before-3 2026-07-10 09:00'],
    [at('2026-07-10'), 'before-1 2026-07-14 09:00'],
    [at('2026-07-15'), 'overdue-2026-07-16 2026-07-16 09:00'],
    [at('2026-07-17', '12:00'), 'overdue-2026-07-20 2026-07-20 09:00'], // Friday noon: Monday
    [at('2036-07-17', '12:00'), 'overdue-2036-07-18 2036-07-18 09:00'],
    [at('2020-01-01'), 'before-3 2026-07-10 09:00'], // before publication
  ])('after %s', (after, step) => {
    expect(told(nextReminder(assignment('2026-07-15', at('2026-06-22')), rules, calendar, after))).toBe(step);
  });

  test('ten years overdue costs no more than ten days: years are not walked through', () => {
    const days: string[] = [];
    const counting = new Proxy(calendar, {
      get: (target, name, receiver) => {
        if (name === 'years') days.push(name);
        return Reflect.get(target, name, receiver);
      },
    });
    nextReminder(assignment('2026-07-15', at('2026-06-22')), rules, counting, at('2026-07-29'));
    const soon = days.splice(0).length;
    nextReminder(assignment('2026-07-15', at('2026-06-22')), rules, counting, at('2036-07-29'));
    expect(soon).toBeGreaterThan(0);
    expect(days.length).toBeLessThanOrEqual(soon + 6);
  });
});

describe('what is due', () => {
  const due = (handledTo: string | null, now: string, dueOn = '2026-07-15') => {
    const result = dueReminders(assignment(dueOn, at('2026-06-22'), handledTo), rules, calendar, now);
    return {
      send: result.send ? told(result.send).slice(0, -6) : null,
      skipped: result.skipped.map(({ step }) => step),
      next: told({ step: 'at', at: result.nextAt }).slice(3),
    };
  };

  test.each([
    ['nothing yet', null, at('2026-07-01'), null, [], '2026-07-10 09:00'],
    ['the first', null, at('2026-07-10'), 'before-3 2026-07-10', [], '2026-07-14 09:00'],
    ['the first again', at('2026-07-10'), at('2026-07-10'), null, [], '2026-07-14 09:00'],
    ['late the same day', null, at('2026-07-10', '17:20'), 'before-3 2026-07-10', [], '2026-07-14 09:00'],
    ['back the next day', null, at('2026-07-11', '10:00'), 'before-3 2026-07-10', [], '2026-07-14 09:00'],
    [
      'down over two: the later only',
      null,
      at('2026-07-14', '09:30'),
      'before-1 2026-07-14',
      ['before-3'],
      '2026-07-15 09:00',
    ],
    [
      'down over three',
      null,
      at('2026-07-15', '20:00'),
      'before-0 2026-07-15',
      ['before-3', 'before-1'],
      '2026-07-16 09:00',
    ],
    ['night: wait for the morning', null, at('2026-07-15', '23:00'), null, [], '2026-07-16 08:00'],
    [
      'after the due day nothing says “due today”',
      null,
      at('2026-07-16', '08:00'),
      null,
      ['before-3', 'before-1', 'before-0'],
      '2026-07-16 09:00',
    ],
    ['overdue', at('2026-07-15'), at('2026-07-16'), 'overdue-2026-07-16 2026-07-16', [], '2026-07-17 09:00'],
    ['a weekend is left in peace', at('2026-07-17'), at('2026-07-19', '12:00'), null, [], '2026-07-20 09:00'],
    [
      'yesterday’s overdue is not sent today',
      at('2026-07-15'),
      at('2026-07-17', '08:30'),
      null,
      ['overdue-2026-07-16'],
      '2026-07-17 09:00',
    ],
    [
      'down for days of overdue',
      at('2026-07-15'),
      at('2026-07-21', '11:00'),
      'overdue-2026-07-21 2026-07-21',
      ['overdue-2026-07-16', 'overdue-2026-07-17', 'overdue-2026-07-20'],
      '2026-07-22 09:00',
    ],
  ])('%s', (_, handledTo, now, send, skipped, next) => {
    expect(due(handledTo, now)).toEqual({ send, skipped, next });
  });

  test('down for years: one is sent, the list of the missed is bounded', () => {
    const { send, skipped } = due(at('2026-07-15'), at('2036-07-15', '10:00'));
    expect(send).toBe('overdue-2036-07-15 2036-07-15');
    expect(skipped.length).toBeGreaterThan(30);
    expect(skipped.length).toBeLessThanOrEqual(60);
  });
});

describe('the coordinator’s digest', () => {
  test.each([
    [at('2026-07-16', '08:00'), '2026-07-16 09:00'],
    [at('2026-07-16'), '2026-07-17 09:00'],
    [at('2026-07-17'), '2026-07-20 09:00'],
    [at('2026-09-30'), '2026-10-08 09:00'],
  ])('after %s', (after, next) =>
    expect(told({ step: 'at', at: digestAt(rules, calendar, after) }).slice(3)).toBe(next),
  );

  test('one that waited for the end of the quiet hours is not lost past midnight', () => {
    const late = { ...rules, at: '22:00' };
    expect(digestAt(late, calendar, at('2026-07-15', '03:00'))).toBe(at('2026-07-15', '08:00'));
  });
});

describe('laws', () => {
  const clock = fc
    .integer({ min: 0, max: 95 })
    .map((q) => `${String(Math.floor(q / 4)).padStart(2, '0')}:${String((q % 4) * 15).padStart(2, '0')}`);
  const anyRules: fc.Arbitrary<ReminderRules> = fc.record({
    at: clock,
    before: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4 }),
    overdue: fc.constantFrom('workdays', 'days'),
    quiet: fc.record({ from: clock, to: clock }),
    zone: fc.constantFrom(zone, 'America/New_York'),
  });
  const hour = fc.integer({ min: 0, max: 24 * 120 });
  const start = Date.parse('2026-01-20T00:00:00Z');
  const instant = (hours: number) => new Date(start + hours * 3_600_000).toISOString();
  const dueDay = fc.integer({ min: dayNumber('2026-01-20'), max: dayNumber('2026-05-20') }).map(dateOfDay);

  test('however the service runs: never in quiet hours, no step twice, one send a call, none before publication', () => {
    fc.assert(
      fc.property(
        anyRules,
        dueDay,
        hour,
        fc.array(hour, { minLength: 1, maxLength: 40 }),
        (own, dueOn, published, looks) => {
          const seen = new Set<string>();
          let handledTo: string | null = null;
          for (const now of looks.map(instant).sort()) {
            const owed = { dueOn, publishedAt: instant(published), handledTo };
            const result = dueReminders(owed, own, calendar, now);
            for (const { step } of [...result.skipped, ...(result.send ? [result.send] : [])]) {
              expect(seen.has(step)).toBe(false);
              seen.add(step);
            }
            if (result.send) {
              expect(isQuiet(now, own.quiet, own.zone)).toBe(false);
              expect(now > owed.publishedAt).toBe(true);
              const today = dateOf(now, own.zone);
              expect(result.send.kind === 'before' ? today <= dueOn : today > dueOn).toBe(true);
            }
            expect(result.nextAt > now).toBe(true);
            expect(isQuiet(result.nextAt, own.quiet, own.zone)).toBe(false);
            expect(result.handledTo === null || result.handledTo <= now).toBe(true);
            handledTo = result.handledTo;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('woken at every `nextAt`, nothing is skipped and every day that owes a reminder gets it', () => {
    fc.assert(
      fc.property(
        dueDay,
        hour,
        fc.constantFrom('workdays' as const, 'days' as const),
        (dueOn, published, overdue) => {
          const own = { ...rules, overdue };
          const sent: string[] = [];
          let owed: Reminded = assignment(dueOn, instant(published));
          let now = owed.publishedAt;
          const end = at(addDays(dueOn, 14), '12:00');
          while (now <= end) {
            const result = dueReminders(owed, own, calendar, now);
            expect(result.skipped).toEqual([]);
            if (result.send) sent.push(result.send.step);
            owed = { ...owed, handledTo: result.handledTo };
            now = result.nextAt;
          }
          const days = Array.from({ length: 14 }, (_, index) => addDays(dueOn, index + 1));
          const expected = [
            ...[3, 1, 0].map((n) => ({ step: `before-${n}`, day: addWorkdays(calendar, dueOn, -n) })),
            ...days
              .filter((day) => overdue === 'days' || isWorkday(calendar, day))
              .map((day) => ({ step: `overdue-${day}`, day })),
          ];
          expect(sent).toEqual(
            expected.filter(({ day }) => at(day) > owed.publishedAt).map(({ step }) => step),
          );
        },
      ),
    );
  });
});
