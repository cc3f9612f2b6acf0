import type { Mover } from '../campaign/rectification/mover.ts';
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

/** Who is told the next step: nobody is told words that are not theirs to say. Without one: whoever owes it. */
export interface Told {
  /** Of the leading group or a coordinator, outside the unit. */
  decides: boolean;
  /** Helped to put it right. */
  isFixer: boolean;
  /** Speaks for the office that was rated. */
  isOffice: boolean;
}

/** What the next step is to somebody who made a move or looks at the case. */
export function toldOf(
  { unitId, owner, head, record }: Pick<FoundCase, 'unitId' | 'owner' | 'head' | 'record'>,
  who: Mover,
): Told {
  const isOffice = [unitId, owner, head].some((one) => one !== null && who.answersFor.includes(one));
  const isOfUnit = isOffice || (unitId !== null && who.belongsTo.includes(unitId));
  return {
    decides: (who.coordinates || who.leads) && !isOfUnit,
    isFixer: record.fixers.includes(who.id),
    isOffice,
  };
}

/** What is to be done next, and by which words. */
export function nextLines(
  { number, record, unitId, owner }: Pick<FoundCase, 'number' | 'record' | 'unitId' | 'owner'>,
  told?: Told,
): Line[] {
  const { stage, called, contact, chat, proposed } = record;
  const params = { number };
  const mayDecide = told?.decides ?? true;
  if (stage === 'verifying' && proposed !== null)
    return [{ key: mayDecide ? 'cases:next.proposed' : 'cases:next.proposed.others', params }];
  if (stage === 'verifying') {
    const isOffice = told?.isOffice ?? owner !== null;
    return [
      { key: 'cases:next.verifying', params },
      ...(isOffice ? [{ key: 'cases:next.verifying.appeal', params } as const] : []),
      ...(unitId === null && mayDecide ? [{ key: 'cases:next.verifying.hand', params } as const] : []),
    ];
  }
  if (stage === 'appealed' && !mayDecide) return [{ key: 'cases:next.appealed.others', params }];
  if (stage !== 'calling-back') return [{ key: `cases:next.${stage}`, params }];
  if (called !== null) {
    const result = { key: `cases:result.${called.result}` } as const;
    const key = told?.isFixer === true ? 'cases:next.confirm.others' : 'cases:next.confirm';
    return [{ key, params: { number, result } }];
  }
  const way = contact ? 'calling-back' : chat ? 'chat' : 'receipt';
  return [{ key: `cases:next.${way}`, params }];
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
  if (kind === 'call') return `cases:event.call.${data.result}` as SentenceKey;
  if (kind === 'verify') return `cases:event.verify.${data.outcome}` as SentenceKey;
  return `cases:event.${kind}` as SentenceKey;
}
