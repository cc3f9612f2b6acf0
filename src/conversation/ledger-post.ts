import { quietOf } from '../campaign/instant.ts';
import { inWorkingTime } from '../campaign/rectification/working-time.ts';
import { channelOf } from '../channels/address.ts';
import type { Line, Option, Params, Say, SentenceKey } from '../flow/say.ts';
import type { LedgerFinding, Named, PastEvent } from '../store/ledger.ts';
import type { CampaignFacts } from '../store/library.ts';
import type { Reachable } from '../store/reach.ts';
import { type OutboxRow, priority } from '../store/writes.ts';

/** A message to people about a problem, besides the answer to whoever moved it. */
export interface Notice {
  /** Said once to each: the key of the messages but for the person. */
  key: string;
  lines: Line[];
  /** What can be tapped, and the command that it gives. */
  tap?: { command: string; options: Option[] };
  attachments?: string[];
  /** Not to be told: whoever made the move knows. */
  except?: string;
}

/** Messages of the ledger go out in working time: on workdays, outside quiet hours. */
export function tellAt({ calendar, zone, rules }: CampaignFacts, at: string): string {
  return inWorkingTime(at, { calendar, zone, quiet: rules.quiet });
}

/** One private message a person. */
export function noticeRows(
  people: readonly Reachable[],
  notice: Notice,
  { rules, zone }: Pick<CampaignFacts, 'rules' | 'zone'>,
  { at, dueAt }: { at: string; dueAt: string },
): OutboxRow[] {
  const { key, lines, tap, attachments = [], except } = notice;
  const say: Say = { lines };
  if (tap !== undefined)
    say.ask = {
      target: `command:${tap.command}`,
      question: 'finding',
      options: tap.options,
      many: false,
      numbered: false,
    };
  if (attachments.length > 0) say.attachments = attachments;
  return people
    .filter(({ contactId }) => contactId !== except)
    .map(({ contactId, address }) => ({
      key: `${key}:${contactId}`,
      channel: channelOf(address),
      address,
      contactId,
      priority: priority.deadline,
      say,
      at,
      dueAt,
      ...quietOf(dueAt, rules.quiet, zone),
    }));
}

/** A problem by its number, unit and words, for any sentence about it. */
export function about({
  number,
  unitName,
  problem,
}: Pick<LedgerFinding, 'number' | 'unitName' | 'problem'>): Params {
  return { number, unit: unitName ?? '—', problem };
}

/** How somebody is called: their title, else the part they play. */
export function nameOf(who: Named | null): Params[string] {
  if (who === null) return { key: 'ledger:who.time' };
  if (who.title !== null) return who.title;
  const role = roleKeys[who.role ?? ''] ?? 'ledger:who.somebody';
  return who.unit === null
    ? { key: role }
    : { key: 'ledger:who.of-unit', params: { unit: who.unit, role: { key: role } } };
}

const roleKeys: Record<string, SentenceKey> = {
  coordinator: 'commands:role.coordinator',
  inspector: 'commands:role.inspector',
  liaison: 'commands:role.liaison',
  leader: 'commands:role.leader',
};

/** Who did what to a problem last, and when: what somebody whose move came too late wants to know. */
export function lastLine(event: PastEvent | undefined, zone: string): Line[] {
  if (event === undefined || event.who === null) return [];
  const at = { instant: event.at.toISOString(), zone };
  const did = didOf(event);
  return [{ key: 'ledger:last', params: { who: nameOf(event.who), at, did } }];
}

/** A step in words, with the numbers of the other problems that it was about. */
export function didOf({ kind, data }: Pick<PastEvent, 'kind' | 'data'>): {
  key: SentenceKey;
  params: Params;
} {
  const named = [data.into ?? data.from].flat();
  const numbers = { list: named.filter((number) => typeof number === 'number') };
  return { key: `ledger:event.${kind}` as SentenceKey, params: { numbers } };
}

/** Who may see a problem: until an inspection is released nobody but its own people, whatever holds afterwards (JX-4.4). */
export function seenByKey({ secret, seenBy }: Pick<LedgerFinding, 'secret' | 'seenBy'>): SentenceKey {
  return secret === null ? `ledger:seen-by.${seenBy}` : 'audit:seen-by.hidden';
}
