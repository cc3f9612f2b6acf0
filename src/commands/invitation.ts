import type { AuditEvent } from '../store/audit.ts';

/** How long an invitation is good for. */
export const validDays = 14;

/**
 * What the audit log keeps of an invitation: never its code, which is a key.
 * @param madeBy who had invited the one who uses it, but for somebody at a terminal
 */
export function inviteEvent(
  what: 'made' | 'used',
  given: { role: string; campaignId: string | null; unitId: string | null; createdBy: string },
  at: string,
  madeBy?: string,
): AuditEvent {
  const { role, campaignId, unitId, createdBy: by } = given;
  const data = { role, unit: unitId, ...(madeBy === undefined ? {} : { madeBy }) };
  return { at, by, kind: `invite.${what}`, campaignId, about: `invite:${role}`, data };
}
