/**
 * SQL for whether a questionnaire that is still open has asked somebody something at an address since then. By their sessions: the
 * outbox has no index by person, and one would cost every message (of 400,000 questions 1.9 s were spent looking).
 * @param contact, address, since expressions of the statement around it
 */
export function askedSince(contact: string, address: string, since: string): string {
  return `EXISTS (
    SELECT FROM session asking JOIN outbox asked ON asked.session_id = asking.id
    WHERE asking.contact_id = ${contact} AND asking.ended_at IS NULL
      AND asked.address = ${address} AND asked.created_at > ${since})`;
}
