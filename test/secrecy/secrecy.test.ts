import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextReminder } from '../../src/campaign/reminder.ts';
import { exportOf } from '../../src/report/export.ts';
import { createLibrary } from '../../src/store/library.ts';
import { consoleDoors } from '../../src/web/console-doors.ts';
import { campaignWith, people, rooms } from './campaign.ts';
import { asInsider, type Difference, difference, type Step, script } from './script.ts';
import { openWorld, type Seen, type World } from './world.ts';

/** How long to look for leaks: runs of the law, each a campaign in two worlds. A night's worth: SECRECY_RUNS=500. */
const runs = Number(process.env.SECRECY_RUNS ?? 3);
const steps = Number(process.env.SECRECY_STEPS ?? 30);

test('nothing that an outsider can see changes when a covert visit is added, removed or moved (JX-4.4)', {
  timeout: 60_000 + runs * 30_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(difference, script(steps), async (differing, steps) => {
      const [one, other] = await twoWorlds(differing);
      try {
        await compare(one, other, differing, steps);
      } finally {
        await Promise.all([one.close(), other.close()]);
      }
    }),
    { numRuns: runs, endOnFailure: process.env.SECRECY_SHRINK === undefined },
  );
});

test('nor when one is sent and taken back', async () => {
  const others = [{ inspector: 'team-b', inspected: 'north' }];
  const visit = { inspector: 'team-a', inspected: 'west' };
  const differing: Difference = { kind: 'added', visit, elsewhere: 'south', others, swapped: false };
  const campaign = campaignWith(others);
  const [one, other] = await Promise.all([openWorld(campaign), openWorld(campaign)]);
  try {
    const nothing = says('console:office', '状态');
    const steps = people.flatMap((person) => [says(`console:${person.console}`, '任务')]);
    await compare(one, other, differing, steps, [
      [says('console:office', '派暗访 暗访一组 到 城西'), nothing],
      [
        { kind: 'waits', hours: 6 },
        { kind: 'waits', hours: 6 },
      ],
      [{ kind: 'recalls', who: 'console:office' }, nothing],
    ]);
    // It was sent and taken back.
    const { rows } = await one.database.pool.query(
      `SELECT kind FROM audit WHERE kind IN ('assignment.sent', 'assignment.recalled') ORDER BY seq`,
    );
    expect(rows).toEqual([{ kind: 'assignment.sent' }, { kind: 'assignment.recalled' }]);
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
});

/** What each thing that keeps the law would let out if it were not there. */
test.each([
  [
    'numbers in a row',
    `CREATE OR REPLACE FUNCTION number_by_chance(taken regclass) RETURNS integer LANGUAGE sql AS
       $$ SELECT nextval('assignment_number_seq')::integer $$`,
  ],
  [
    'messages that nobody knows to be secret',
    `CREATE FUNCTION forget_secret() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.secret := NULL; RETURN NEW; END $$;
     CREATE TRIGGER forget_secret BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION forget_secret()`,
  ],
  ['a hidden activity that is released', 'UPDATE activity SET released_at = now() WHERE secret'],
])('a leak is found: %s', async (_, sql) => {
  const visit = { inspector: 'team-a', inspected: 'west' };
  const others = [{ inspector: 'team-b', inspected: 'north' }];
  const differing: Difference = { kind: 'added', visit, elsewhere: 'south', others, swapped: false };
  const worlds = await twoWorlds(differing);
  try {
    await Promise.all(worlds.map(({ database }) => database.pool.query(sql)));
    await expect(compare(...worlds, differing, [])).rejects.toThrow('to deeply equal');
  } finally {
    await Promise.all(worlds.map((world) => world.close()));
  }
});

async function twoWorlds({ kind, visit, elsewhere, others, swapped }: Difference): Promise<[World, World]> {
  const without = kind === 'added' ? others : [visit, ...others];
  const withIt = kind === 'moved' ? [{ ...visit, inspected: elsewhere }, ...others] : [visit, ...others];
  const [one, other] = await Promise.all([without, withIt].map((visits) => openWorld(campaignWith(visits))));
  if (one === undefined || other === undefined) throw new Error('a world is missing');
  return swapped ? [other, one] : [one, other];
}

/** Both worlds hear the same, step by step, and must look the same; `apart`: but for what insiders do first, in each world. */
async function compare(
  one: World,
  other: World,
  differing: Difference,
  steps: Step[],
  apart: [Step, Step][] = [],
): Promise<void> {
  const canon = [canonical(), canonical()] as const;
  const all: (Step | [Step, Step])[] = [
    says('console:centre', '发布'),
    { kind: 'waits', hours: 1 },
    ...apart,
    ...steps,
    { kind: 'waits', hours: 96 },
    says('console:centre', '状态'),
    ...people.map((person) => says(`console:${person.console}`, '帮助')),
  ];
  const seen: [Seen, Seen][] = [];
  let insiders = await insidersOf(one, differing);
  let counts = true;
  for (const [index, step] of all.entries()) {
    if (index === 1 && differing.kind === 'later') await moveInTime(other, differing);
    if (Array.isArray(step)) {
      seen.push(await Promise.all([one.take(step[0]), other.take(step[1])]));
      counts = false;
      continue;
    }
    const taken = asInsider(step, insiders, hasOpenTasks);
    if (taken !== null && isPrivate(taken, insiders)) counts = false;
    if (taken !== null) seen.push(await Promise.all([one.take(taken), other.take(taken)]));
    // A code may make an insider of whoever sends it.
    if (step.kind === 'binds') insiders = await insidersOf(one, differing);
  }
  insiders = await insidersOf(one, differing);
  for (const [index, [mine, theirs]] of seen.entries())
    expect([index, outsiders(mine, insiders, canon[0])]).toEqual([
      index,
      outsiders(theirs, insiders, canon[1]),
    ]);
  for (const { console: id } of people.filter((person) => !insiders.has(`console:${person.console}`)))
    for (const room of [null, rooms.inspection, rooms.hall])
      expect([id, room, canon[0](await pageOf(one, id, room, counts))]).toEqual([
        id,
        room,
        canon[1](await pageOf(other, id, room, counts)),
      ]);
  expect(canon[0](await exported(one))).toEqual(canon[1](await exported(other)));
}

const says = (who: string, text: string): Step => ({
  kind: 'says',
  who,
  text,
  place: 'private',
  slash: false,
  addressed: true,
});

/** An insider's own talk with the service, the final call for help aside, to which everybody gets the same answer. */
function isPrivate(step: Step, insiders: ReadonlySet<string>): boolean {
  if (step.kind === 'recalls') return insiders.has(step.who);
  if (step.kind !== 'says' || !insiders.has(step.who) || step.text === '帮助') return false;
  return step.place === 'private' || step.slash;
}

function hasOpenTasks(who: string): boolean {
  return !['console:team-a', 'console:team-b', 'console:office'].includes(who);
}

/** The same visit, to be made another day, and reminded of at once. */
async function moveInTime({ database, clock }: World, { visit }: Difference): Promise<void> {
  const campaign = await database.prisma.campaign.findFirstOrThrow();
  const { rules, calendar } = await createLibrary(database).campaign(campaign.id);
  const now = clock.now().toISOString();
  const dueOn = '2026-06-23';
  const remindAt = nextReminder({ dueOn, publishedAt: now }, rules, calendar, now).at;
  const where = {
    activity: { secret: true },
    assignee: { code: visit.inspector },
    target: { code: visit.inspected },
  };
  const { count } = await database.prisma.assignment.updateMany({
    where,
    data: { dueOn, remindAt: new Date(remindAt) },
  });
  expect(count).toBe(1);
}

/** Addresses of those who may know: who carries it out, and its activity's coordinators. */
async function insidersOf({ database }: World, { visit }: Difference): Promise<Set<string>> {
  const rows = await database.prisma.urn.findMany({
    where: {
      contact: {
        memberships: {
          some: {
            OR: [
              { role: { in: ['inspector', 'leader'] }, unit: { code: visit.inspector } },
              { role: 'coordinator', unit: { code: 'office' } },
            ],
          },
        },
      },
    },
    select: { urn: true },
  });
  return new Set(rows.map(({ urn }) => urn));
}

/** What outsiders saw of a step: messages to them and to rooms, unless for an insider's eyes only; the log; the health page. */
function outsiders(
  { sent, health, log }: Seen,
  insiders: Set<string>,
  canon: (seen: unknown) => string,
): string {
  // Each sees the order of their own messages; numbers by chance may put those of different people in another.
  const theirs = sent
    .filter(({ to, only }) => !insiders.has(only ?? to))
    .sort((one, other) => (one.to < other.to ? -1 : one.to > other.to ? 1 : 0));
  return canon({ sent: theirs, health, log });
}

/** Ids, codes and the numbers of what is secret are by chance: each by the place where it first comes up. */
function canonical(): (seen: unknown) => string {
  const known = new Map<string, string>();
  const name = (word: string) => {
    const own = known.get(word) ?? `<${known.size}>`;
    known.set(word, own);
    return own;
  };
  const chance =
    /(?<=\/desk\/in\/)[\w-]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![A-Z0-9])[34679ACFHJKMNPRTVWXY]{6}(?![A-Z0-9])|(?<![\d.])[1-9]\d{7}(?![\d.])/g;
  // Places in the common count, where they are told: see pageOf.
  const place = /(?<=收|发|\b(?:in|out)|"id": "\d{1,9} )\d+(?:\.\d+)?/g;
  return (seen) => JSON.stringify(seen, null, 1).replace(place, 'N').replace(chance, name);
}

async function pageOf({ database, clock, log }: World, id: string, room: string | null, counts: boolean) {
  const doors = consoleDoors({ database, clock, rehearsal: false, log });
  const entries = await doors.history(`console:${id}`, room, null);
  // In which order those of one moment are served is by chance, and so are their places; how far the count has come in the
  // end, when all are served, is not, unless an insider was answered about a secret that the other world does not have.
  return entries.map((entry, index) => {
    const place =
      counts && room === null && index === entries.length - 1 ? {} : { id: '', position: index, cursor: '' };
    return { ...entry, ...place };
  });
}

function exported({ database, clock }: World): Promise<object | null> {
  return exportOf(database, 'mixed', clock.now().toISOString());
}
