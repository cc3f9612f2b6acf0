import { ledBy } from '../commands/ledger-finding.ts';
import type { HeldRole } from '../roles.ts';
import type { Library } from '../store/library.ts';
import type { Run } from '../store/writes.ts';

/**
 * Notes of a person's roles what the table of roles (roles.ts) must know of the campaign: which leaders are of the leading
 * group, and which coordinators have others beside them for other modes of the campaign (JX-5.1).
 */
export async function withParts<Role extends HeldRole>(
  { run, library }: { run: Run; library: Library },
  roles: Role[],
): Promise<Role[]> {
  const led = await ledBy({ run, library, roles });
  const units = roles.flatMap(({ role, unitId }) => (role === 'coordinator' ? (unitId ?? []) : []));
  const partly = units.length === 0 ? new Set() : await coordinatingSome(run, units);
  return roles.map((one) => {
    const leads = one.role === 'leader' && one.campaignId !== null && led.includes(one.campaignId);
    const isPartly = one.role === 'coordinator' && partly.has(one.unitId);
    return leads || isPartly ? { ...one, leads, partly: isPartly } : one;
  });
}

/** Of these units those in whose campaign some activity is coordinated by another unit. */
async function coordinatingSome(run: Run, units: string[]): Promise<Set<string | null>> {
  const rows = await run<{ id: string }>(
    `SELECT u.id::text FROM unit u WHERE u.id = ANY ($1::text[]::uuid[]) AND EXISTS (
       SELECT 1 FROM activity v WHERE v.campaign_id = u.campaign_id AND v.coordinator_unit_id <> u.id)`,
    [units],
  );
  return new Set(rows.map(({ id }) => id));
}
