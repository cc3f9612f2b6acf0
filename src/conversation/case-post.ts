import type { Line, Params, SentenceKey } from '../flow/say.ts';
import { chainOf } from '../satisfaction/case/clock.ts';
import type { ChaseLevel, RatingCase } from '../satisfaction/case/record.ts';
import type { CampaignFacts } from '../store/library.ts';
import { peopleOf, unitByCode } from '../store/movers.ts';
import type { FoundCase, PastCaseEvent } from '../store/rating-cases.ts';
import { coordinatorsOf, type Reachable } from '../store/reach.ts';
import type { Run } from '../store/writes.ts';
import { nameOf } from './ledger-post.ts';

/** Who stands at a level of the chain and can be written to. The coordinators own what lies with no liaison. */
export async function casePeople(
  run: Run,
  { campaignId, owner, head }: Pick<FoundCase, 'campaignId' | 'owner' | 'head'>,
  { ledger }: Pick<CampaignFacts, 'ledger'>,
  level: ChaseLevel,
): Promise<Reachable[]> {
  switch (level) {
    case 'owner':
      return owner === null ? coordinatorsOf(run, campaignId) : peopleOf(run, owner, ['liaison']);
    case 'head':
      return head === null ? [] : peopleOf(run, head, ['leader']);
    case 'coordinator':
      return coordinatorsOf(run, campaignId);
    case 'group': {
      const unit = await unitByCode(run, campaignId, ledger.leadingGroup);
      return unit === null ? [] : peopleOf(run, unit, ['leader']);
    }
  }
}

/** A case by its number, place and matter, for any sentence about it. Never with a citizen's words. */
export function aboutCase({
  number,
  unitName,
  matter,
}: Pick<FoundCase, 'number' | 'unitName' | 'matter'>): Params {
  const place: Params[string] = unitName ?? { key: 'cases:place.none' };
  return {
    number,
    place: matter === null ? place : { key: 'cases:place.matter', params: { unit: place, matter } },
  };
}

/** How a case stands, and its last day. */
export function standLine({ stage, dueOn, ended }: RatingCase): Line {
  if (dueOn !== null)
    return {
      key: 'cases:stands',
      params: { stage: { key: `cases:stage.${stage}` }, due: { date: dueOn } },
    };
  return { key: 'cases:stands.closed', params: { ended: { key: `cases:ended.${ended ?? 'silent'}` } } };
}

/** What is to be done next, and by which words. */
export function nextLine({ number, record }: Pick<FoundCase, 'number' | 'record'>): Line {
  const { stage, called, contact, chat } = record;
  if (stage !== 'calling-back') return { key: `cases:next.${stage}`, params: { number } };
  if (called !== null)
    return {
      key: 'cases:next.confirm',
      params: { number, result: { key: `cases:result.${called.result}` } },
    };
  const way = contact ? 'calling-back' : chat ? 'chat' : 'receipt';
  return { key: `cases:next.${way}`, params: { number } };
}

/** Who owes the next step: first of the chain, or nobody. */
export function owes(record: RatingCase): ChaseLevel | null {
  return chainOf(record)[0] ?? null;
}

/** Who did what to a case last, and when: what somebody whose move came too late wants to know. */
export function lastCaseLine(event: PastCaseEvent | undefined, zone: string): Line[] {
  if (event === undefined || event.who === null) return [];
  const at = { instant: event.at.toISOString(), zone };
  return [{ key: 'cases:last', params: { who: nameOf(event.who), at, did: { key: caseEventKey(event) } } }];
}

/** The words for one kind of step. */
export function caseEventKey({ kind, data }: Pick<PastCaseEvent, 'kind' | 'data'>): SentenceKey {
  if (kind === 'decide') return data.upheld === true ? 'cases:event.upheld' : 'cases:event.refused';
  if (kind === 'verify') return `cases:event.verify.${data.outcome}` as SentenceKey;
  return `cases:event.${kind}` as SentenceKey;
}
