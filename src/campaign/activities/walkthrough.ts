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

/** Who is entrusted with matters at present: from whom, to whom. */
export interface Delegation {
  from: string;
  to: string;
}

/** Null when it may be, else why not, as a sentence. */
export type DelegationRefusal = {
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
): DelegationRefusal {
  const [flag] = matterFlags.filter((one) => matter.flags.includes(one));
  if (flag !== undefined)
    return {
      key: 'campaign:delegation.in-person',
      params: { matter: matter.name, why: { key: `campaign:delegation.${flag}` } },
    };
  if (from === to) return { key: 'campaign:delegation.self', params: {} };
  return isCircle({ from, to }, standing) ? { key: 'campaign:delegation.circle', params: {} } : null;
}

function isCircle({ from, to }: Delegation, standing: readonly Delegation[]): boolean {
  const next = new Map(standing.map((one) => [one.from, one.to]));
  const seen = new Set<string>();
  for (let at: string | undefined = to; at !== undefined && !seen.has(at); at = next.get(at)) {
    if (at === from) return true;
    seen.add(at);
  }
  return false;
}
