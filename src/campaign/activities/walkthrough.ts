import { z } from 'zod';
import type { Params } from '../../flow/say.ts';
import { Text } from '../../flow/text.ts';
import type { CampaignSentence } from '../refusal.ts';
import { inFile, loaded, participants } from './common.ts';

/** Why the head must go in person (MDJ-1.2): 重要的, 涉及核心职能的, 群众反映强烈的. */
export const matterFlags = ['important', 'core', 'complained'] as const;
export type MatterFlag = (typeof matterFlags)[number];

/** A matter of a unit that is to be walked through. */
export const Matter = z.strictObject({
  unit: z.string().min(1),
  name: Text,
  flags: z.array(z.enum(matterFlags)).max(3).default([]),
});
export type Matter = z.infer<typeof Matter>;

const walkthrough = {
  mode: z.literal('walkthrough'),
  /** Units whose head walks their own matters through (MDJ-1.1, MDJ-1.3). */
  participants,
  /** Matters that are known beforehand; units list the rest in the chat (MDJ-1.3: list first, then walk). */
  matters: z.array(Matter).max(5000).default([]),
  secret: z.literal(false).default(false),
};

/** 走流程 as written in a campaign file: the head does a matter of the unit as an applicant would, stage by stage (MDJ). */
export const WalkthroughInFile = z.strictObject({ ...inFile, ...walkthrough });
export type WalkthroughInFile = z.infer<typeof WalkthroughInFile>;

export const WalkthroughActivity = z.strictObject({ ...loaded, ...walkthrough });
export type WalkthroughActivity = z.infer<typeof WalkthroughActivity>;

/** Who is entrusted with matters at present: from whom, to whom; people by their ids. */
export interface Delegation {
  from: string;
  to: string;
}

/** Why something may not be, as a sentence; null when it may. */
export type WalkRefusal = {
  key: `campaign:${CampaignSentence}`;
  params: Params;
} | null;

/**
 * Whether the head may entrust a deputy with a matter: with some when there are too many to finish in time, never with
 * one that is important, core or complained of (MDJ-1.2, quoted in the sentence), never in a circle or to oneself.
 */
export function checkDelegation(
  matter: Pick<Matter, 'name' | 'flags'>,
  { from, to }: Delegation,
  standing: readonly Delegation[],
): WalkRefusal {
  const flagged = checkDelegable(matter);
  if (flagged !== null) return flagged;
  if (from === to) return { key: 'campaign:delegation.self', params: {} };
  return isCircle({ from, to }, standing) ? { key: 'campaign:delegation.circle', params: {} } : null;
}

/** The same, whoever the deputy would be: what the head does in person is entrusted to nobody (MDJ-1.2). */
export function checkDelegable({ name, flags }: Pick<Matter, 'name' | 'flags'>): WalkRefusal {
  const why = inPerson(flags);
  return why === null ? null : { key: 'campaign:delegation.in-person', params: { matter: name, why } };
}

/**
 * Whether somebody may walk a matter through: the head always; a deputy what they are entrusted with, and never what the
 * head must do in person, however it came into their hands (MDJ-1.2).
 */
export function checkWalk(
  { name, flags }: Pick<Matter, 'name' | 'flags'>,
  who: { isHead: boolean; isEntrusted: boolean },
): WalkRefusal {
  if (who.isHead) return null;
  const why = inPerson(flags);
  if (why !== null) return { key: 'campaign:walk.in-person', params: { matter: name, why } };
  return who.isEntrusted ? null : { key: 'campaign:walk.not-entrusted', params: { matter: name } };
}

/**
 * Whether a listed matter is walked through, by its completed records: what the head must do in person only when the head
 * did it (MDJ-1.2). `visits_of` in the migration of the modes counts by the same rule.
 */
export function isWalked({
  flags,
  byHead,
  byDeputy,
}: Pick<Matter, 'flags'> & { byHead: number; byDeputy: number }): boolean {
  return byHead > 0 || (byDeputy > 0 && inPerson(flags) === null);
}

/** Somebody bound to a unit that takes part. `joinedAsDeputy`: by a code that the head gave, not the coordinator. */
export interface UnitPerson {
  id: string;
  leads: boolean;
  joinedAsDeputy: boolean;
}

/**
 * The heads (主要负责同志) among a unit's people: its leaders; where it has none, those whom the coordinator made its
 * inspectors, because the unit's task is the head's own (MDJ-1.1). Never who came as somebody's deputy.
 */
export function headsOf<One extends UnitPerson>(people: readonly One[]): One[] {
  const leaders = people.filter(({ leads }) => leads);
  return leaders.length > 0 ? leaders : people.filter(({ joinedAsDeputy }) => !joinedAsDeputy);
}

function inPerson(flags: readonly MatterFlag[]): { key: `campaign:${CampaignSentence}` } | null {
  const [flag] = matterFlags.filter((one) => flags.includes(one));
  return flag === undefined ? null : { key: `campaign:delegation.${flag}` };
}

function isCircle({ from, to }: Delegation, standing: readonly Delegation[]): boolean {
  const seen = new Set<string>();
  const next = [to];
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    if (at === from) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    next.push(...standing.filter((one) => one.from === at).map((one) => one.to));
  }
  return false;
}
