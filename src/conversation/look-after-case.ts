import { dateOf, quietOf } from '../campaign/instant.ts';
import { inWorkingTime } from '../campaign/rectification/working-time.ts';
import { channelOf } from '../channels/address.ts';
import type { Line } from '../flow/say.ts';
import type { Keys } from '../keys.ts';
import { type CaseStep, fullHour, nextStep, stepTaken, wakeOf } from '../satisfaction/case/clock.ts';
import type { RatingCase } from '../satisfaction/case/record.ts';
import { sealedContact } from '../store/contacts.ts';
import type { CampaignFacts } from '../store/library.ts';
import { type FoundCase, recordCaseEvent, saveCase } from '../store/rating-cases.ts';
import type { Reachable } from '../store/reach.ts';
import { type OutboxRow, priority, type Run, type Writes } from '../store/writes.ts';
import { aboutCase, casePeople, nextLines } from './case-post.ts';
import { caseEvent, caseSetting, caseTimes } from './cases.ts';
import { noticeRows } from './ledger-post.ts';
import { urnIn } from './receipts.ts';

/** One look at one case, in the transaction that has locked it. `isWorking`: people may be told something now. */
export interface CaseLook {
  run: Run;
  writes: Writes;
  /** ISO instant. */
  now: string;
  facts: CampaignFacts;
  isWorking: boolean;
  keys: Pick<Keys, 'open'>;
}

/** What one person is to hear of one case, together with all others. */
export interface Seen {
  person: Reachable;
  found: FoundCase;
  news: NonNullable<RatingCase['news']>;
  facts: CampaignFacts;
}

/** Cases named in one message. */
const namedMax = 20;

/** Takes every step of a case whose time has come. @returns the news for its owners, which are told in one message each */
export async function lookAfterCase(look: CaseLook, found: FoundCase): Promise<Seen[]> {
  const { run, now, facts, isWorking } = look;
  const times = caseTimes(facts);
  const setting = caseSetting(facts, found, now);
  const seen: Seen[] = [];
  let record = found.record;
  for (;;) {
    const next = nextStep(record, times);
    if (next === null || next.at > now) break;
    const { step } = next;
    // Of a campaign that is over nobody is told anything; what needs nobody still takes its course.
    if (step.kind !== 'silent' && !(isWorking && found.running)) break;
    const isTold = await take(look, { ...found, record }, step, seen);
    record = stepTaken(record, step, setting, isTold);
  }
  const wakeAt = found.running ? wakeOf(record, times) : null;
  const later = fullHour(inWorkingTime(now, times));
  await saveCase(run, found.id, record, wakeAt !== null && wakeAt <= now ? later : wakeAt);
  return seen;
}

/** @returns whether somebody is there to be told */
async function take(look: CaseLook, found: FoundCase, step: CaseStep, seen: Seen[]): Promise<boolean> {
  const { run, facts } = look;
  switch (step.kind) {
    case 'news': {
      const { news } = found.record;
      const people = await casePeople(run, found, facts, 'owner');
      if (news !== null) seen.push(...people.map((person) => ({ person, found, news, facts })));
      return people.length > 0;
    }
    case 'relay':
      await relay(look, found);
      return true;
    case 'remind':
      return remind(look, found, step);
    case 'chase':
      return escalate(look, found, step);
    case 'silent':
      await note(look, found, { kind: 'silent', data: {} });
      return true;
  }
}

/**
 * Tells the reply in the chat that the rater wrote from. On a full hour, together with others: at the instant at which
 * somebody replied, the platform's own record of its messages would tell whose rating it was. Kept nowhere once it was sent.
 */
async function relay({ run, writes, now, facts, keys }: CaseLook, { id, record }: FoundCase): Promise<void> {
  const sealed = await sealedContact(run, id);
  const address = sealed === null ? null : urnIn(keys.open(sealed));
  if (address === null || record.reply === null) return;
  const [person] = await run<{ id: string }>('SELECT contact_id::text AS id FROM urn WHERE urn = $1', [
    address,
  ]);
  const lines: Line[] = [
    { key: 'ratings:relayed', params: { reply: record.reply } },
    { key: 'ratings:relayed.again' },
  ];
  writes.outbox.push({
    channel: channelOf(address),
    address,
    ...(person === undefined ? {} : { contactId: person.id }),
    priority: priority.deadline,
    say: { lines },
    at: now,
    dueAt: now,
    ...quietOf(now, facts.rules.quiet, facts.zone),
    forget: true,
  });
}

async function remind(
  look: CaseLook,
  found: FoundCase,
  { whom }: Extract<CaseStep, { kind: 'remind' }>,
): Promise<boolean> {
  const { run, writes, now, facts } = look;
  const { dueOn, since } = found.record;
  // After an outage the last day is over, and the next level hears of it instead.
  if (dueOn === null || dateOf(now, facts.zone) > dueOn) return false;
  const people = await casePeople(run, found, facts, whom);
  const lines: Line[] = [{ key: 'cases:remind', params: standing(found) }, ...nextLines(found)];
  const key = `case:${found.id}:remind:${since}:${dueOn}`;
  writes.outbox.push(...noticeRows(people, { key, lines }, facts, { at: now, dueAt: now }));
  await note(look, found, { kind: 'reminded', data: {} });
  return people.length > 0;
}

async function escalate(
  look: CaseLook,
  found: FoundCase,
  { level, whom }: Extract<CaseStep, { kind: 'chase' }>,
): Promise<boolean> {
  const { run, writes, now, facts } = look;
  const people = await casePeople(run, found, facts, whom);
  const late: Line = { key: 'cases:late', params: standing(found) };
  const key = `case:${found.id}:chase:${found.record.since}:${level}`;
  const how: Line = { key: 'cases:chase.how', params: { number: found.number } };
  const notice = { key, lines: [late, { key: `cases:chase.${whom}` } as const, how] };
  writes.outbox.push(...noticeRows(people, notice, facts, { at: now, dueAt: now }));
  // Those who owe it hear that it went up.
  const owners = whom === 'head' ? await casePeople(run, found, facts, 'owner') : [];
  const own = owners.filter((one) => people.every(({ contactId }) => contactId !== one.contactId));
  const told = { key: `${key}:owner`, lines: [late, ...nextLines(found)] };
  writes.outbox.push(...noticeRows(own, told, facts, { at: now, dueAt: now }));
  const data = { level: whom, people: people.length };
  await note(look, found, { kind: people.length > 0 ? 'escalated' : 'unmanned', data });
  writes.audit.push(caseEvent(found, { at: now, by: null, what: 'escalated', data }));
  return people.length > 0;
}

function standing(found: FoundCase) {
  const { stage, dueOn } = found.record;
  const due = dueOn === null ? {} : { due: { date: dueOn } };
  return { ...aboutCase(found), stage: { key: `cases:stage.${stage}` } as const, ...due };
}

function note(
  { run, now }: CaseLook,
  { id }: FoundCase,
  event: { kind: string; data: Record<string, unknown> },
): Promise<void> {
  return recordCaseEvent(run, { caseId: id, at: now, by: null, who: null, ...event });
}

/** One message a person and campaign, with all that is new. */
export function newsRows(seen: readonly Seen[], now: string): OutboxRow[] {
  const byPerson = new Map<string, Seen[]>();
  for (const one of seen) {
    const key = `${one.found.campaignId} ${one.person.contactId}`;
    byPerson.set(key, [...(byPerson.get(key) ?? []), one]);
  }
  return [...byPerson.values()].flatMap((own) => rowsOf(own, now));
}

function rowsOf(own: readonly Seen[], now: string): OutboxRow[] {
  const [first] = own;
  if (first === undefined) return [];
  const { person, facts, found, news } = first;
  const left = own.length - namedMax;
  const lines: Line[] = [
    { key: 'cases:news.title', params: { campaign: found.campaign, count: own.length } },
    ...own.slice(0, namedMax).map(newsLine),
    ...(left > 0 ? [{ key: 'cases:news.more', params: { left } } as const] : []),
    { key: 'cases:news.how' },
  ];
  // The hour, the first of them and what of it: said once, and later news of the same case still are.
  const key = `case:news:${now.slice(0, 'YYYY-MM-DDTHH'.length)}:${found.id}:${news}`;
  return noticeRows([person], { key, lines }, facts, { at: now, dueAt: now });
}

function newsLine({ found, news }: Seen): Line {
  const { dueOn, ended } = found.record;
  const about = aboutCase(found);
  if (news === 'over' || dueOn === null)
    return {
      key: 'cases:news.over',
      params: { ...about, ended: { key: `cases:ended.${ended ?? 'silent'}` } },
    };
  return { key: `cases:news.${news}`, params: { ...about, due: { date: dueOn } } };
}
