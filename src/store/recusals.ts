import type { Text } from '../flow/text.ts';
import type { Run } from './writes.ts';

/** Reasons that somebody gives; the others follow from the tree of units. */
export type DeclaredReason = 'former-unit' | 'interest';

/** A recusal that stands: of a person, or of everybody of a unit. */
export interface StandingRecusal {
  id: string;
  contactId: string | null;
  /** What the person or the unit is called. */
  who: Text | null;
  unit: Text;
  reason: DeclaredReason;
}

export interface NewRecusal {
  campaignId: string;
  contactId: string | null;
  inspectorUnitId: string | null;
  unitId: string;
  reason: DeclaredReason;
  by: string;
  /** ISO instant. */
  at: string;
}

/** Notes a recusal; one that stands already gets the new reason. */
export async function declareRecusal(run: Run, given: NewRecusal): Promise<void> {
  const { campaignId, contactId, inspectorUnitId, unitId, reason, by, at } = given;
  await run(
    `INSERT INTO recusal (campaign_id, contact_id, inspector_unit_id, unit_id, reason, declared_by, declared_at)
     VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6::uuid, $7::timestamptz)
     ON CONFLICT (campaign_id, contact_id, inspector_unit_id, unit_id) WHERE withdrawn_at IS NULL
     DO UPDATE SET reason = excluded.reason`,
    [campaignId, contactId, inspectorUnitId, unitId, reason, by, at],
  );
}

/** A campaign's recusals in the order declared. */
export async function recusalsOf(run: Run, campaignId: string): Promise<StandingRecusal[]> {
  return run<StandingRecusal>(
    `SELECT r.id::text, r.contact_id::text AS "contactId", coalesce(i.name, c.title, (
       SELECT m.name FROM membership s JOIN unit m ON m.id = s.unit_id
       WHERE s.contact_id = r.contact_id AND s.campaign_id = r.campaign_id AND s.role = 'inspector' ORDER BY m.code LIMIT 1
     )) AS who, u.name AS unit, r.reason
     FROM recusal r JOIN unit u ON u.id = r.unit_id
     LEFT JOIN unit i ON i.id = r.inspector_unit_id LEFT JOIN contact c ON c.id = r.contact_id
     WHERE r.campaign_id = $1::uuid AND r.withdrawn_at IS NULL ORDER BY r.declared_at, r.id`,
    [campaignId],
  );
}

export async function withdrawRecusal(run: Run, id: string, at: string): Promise<void> {
  await run(
    'UPDATE recusal SET withdrawn_at = $2::timestamptz WHERE id = $1::uuid AND withdrawn_at IS NULL',
    [id, at],
  );
}
