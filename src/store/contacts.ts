import deleteSql from './sql/delete-contacts.sql';
import type { Run } from './writes.ts';

/** Keeps the sealed contact (`Keys.seal`) that a rater left for a call-back. */
export async function keepContact(run: Run, caseId: string, sealed: Uint8Array): Promise<void> {
  await run(`UPDATE rating_case SET contact = decode($2, 'hex') WHERE id = $1::uuid`, [
    caseId,
    Buffer.from(sealed).toString('hex'),
  ]);
}

/** Deletes the contact of a case: whoever left it wants to be called no more. */
export async function dropContact(run: Run, caseId: string): Promise<void> {
  await run('UPDATE rating_case SET contact = NULL WHERE id = $1::uuid', [caseId]);
}

/** The sealed contact of a case; null when none was left or it was deleted. Who looks at it is to be kept in the audit log. */
export async function sealedContact(run: Run, caseId: string): Promise<Uint8Array | null> {
  const [row] = await run<{ contact: string | null }>(
    `SELECT encode(contact, 'hex') AS contact FROM rating_case WHERE id = $1::uuid`,
    [caseId],
  );
  return row?.contact == null ? null : Buffer.from(row.contact, 'hex');
}

/** Campaigns of which contacts are kept. */
export async function campaignsWithContacts(run: Run): Promise<string[]> {
  const rows = await run<{ id: string }>(
    'SELECT DISTINCT campaign_id::text AS id FROM rating_case WHERE contact IS NOT NULL',
    [],
  );
  return rows.map(({ id }) => id);
}

/** Deletes those of cases that were closed by a day, YYYY-MM-DD. @returns how many */
export async function deleteContacts(run: Run, campaignId: string, closedBy: string): Promise<number> {
  return (await run(deleteSql, [campaignId, closedBy])).length;
}
