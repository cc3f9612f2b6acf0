import { dateOf } from '../campaign/instant.ts';
import { type Place, placesCalled } from '../campaign/places.ts';
import type { Text } from '../flow/text.ts';
import type { AuditEvent } from '../store/audit.ts';
import { type CodeTarget, makeCodes, type SurveyCode } from '../store/survey-codes.ts';
import type { Run } from '../store/writes.ts';

/** Codes that one request makes at most: some ninety pages. */
export const codesMax = 500;
/** Characters of a matter's name: what fits beside a code. */
export const matterMax = 60;

/** What codes are wanted for. `cases`: that many codes of single cases; 0 for posters. `until`: the last day, YYYY-MM-DD. */
export interface CodesWanted {
  places: string;
  matter: string | null;
  cases: number;
  until: string | null;
}

/** A place of the register as ratings know it. */
export interface RegisteredPlace extends Place {
  unitId: string;
  name: Text;
}

export type CodesMade =
  | { kind: 'made'; codes: SurveyCode[]; made: number; audit: AuditEvent[] }
  | { kind: 'unknown'; words: string; near: string[] }
  | { kind: 'several'; words: string; of: RegisteredPlace[] }
  | { kind: 'too-many'; count: number }
  | { kind: 'matter-long' }
  | { kind: 'past'; day: string };

/** Makes codes for places that are called by name, or gives those that are open already. */
export async function makeSurveyCodes(
  run: Run,
  campaign: { id: string; zone: string },
  wanted: CodesWanted,
  by: string | null,
  at: string,
): Promise<CodesMade> {
  if (wanted.until !== null && wanted.until < dateOf(at, campaign.zone))
    return { kind: 'past', day: wanted.until };
  if (wanted.matter !== null && [...wanted.matter].length > matterMax) return { kind: 'matter-long' };
  const called = placesCalled(await registerOf(run, campaign.id), wanted.places);
  if (called.kind !== 'places') return called;
  const targets = called.places.flatMap((place) => targetsOf(place, wanted));
  if (targets.length > codesMax || wanted.cases > codesMax)
    return { kind: 'too-many', count: Math.max(targets.length, wanted.cases * called.places.length) };
  const asked = { campaignId: campaign.id, targets, by, at, expiresOn: wanted.until };
  const { codes, made } = await makeCodes(run, asked);
  return { kind: 'made', codes, made, audit: [codesEvent('made', campaign.id, made, by, at)] };
}

function targetsOf(place: RegisteredPlace, { matter, cases }: CodesWanted): CodeTarget[] {
  const { unitId } = place;
  // One more than is allowed is enough to be refused.
  if (cases > 0)
    return Array.from({ length: Math.min(cases, codesMax + 1) }, () => ({ kind: 'case', unitId, matter }));
  if (matter !== null) return [{ kind: 'matter', unitId, matter }];
  return [{ kind: place.kind === 'window' ? 'window' : 'unit', unitId, matter: null }];
}

/** Of codes the log keeps how many: a case's own leads to when somebody was served. */
export function codesEvent(
  what: 'made' | 'closed' | 'opened',
  campaignId: string,
  count: number,
  by: string | null,
  at: string,
): AuditEvent {
  return {
    at,
    by,
    kind: `survey-codes.${what}`,
    campaignId,
    about: `campaign:${campaignId}`,
    data: { count },
  };
}

/** All units of a campaign, in the order of their codes. */
export function registerOf(run: Run, campaignId: string): Promise<RegisteredPlace[]> {
  return run<RegisteredPlace>(
    `SELECT u.id::text AS "unitId", u.code AS id, u.name, u.aliases, u.kind, p.code AS parent
     FROM unit u LEFT JOIN unit p ON p.id = u.parent_id WHERE u.campaign_id = $1::uuid ORDER BY u.code`,
    [campaignId],
  );
}

/** A campaign that asks citizens. */
export interface SurveyedCampaign {
  id: string;
  code: string;
  title: Text;
  zone: string;
  status: 'draft' | 'published' | 'closed';
}

/** Campaigns with a survey, those that are out first and the newest first; `among`: ids, null for all there are. */
export function campaignsWithSurvey(run: Run, among: readonly string[] | null): Promise<SurveyedCampaign[]> {
  return run<SurveyedCampaign>(
    `SELECT id::text, code, title, zone, status FROM campaign
     WHERE definition ? 'survey' AND status IN ('published', 'draft') AND ($1::text[] IS NULL OR id = ANY ($1::text[]::uuid[]))
     ORDER BY status = 'published' DESC, published_at DESC NULLS LAST, loaded_at DESC, code`,
    [among],
  );
}
