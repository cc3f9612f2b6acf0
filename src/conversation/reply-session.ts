import type { Rectification } from '../campaign/rectification/record.ts';
import { progressQuestions, replyFlow, replyFlowId } from '../campaign/rectification/reply-flow.ts';
import { reopen } from '../flow/reopen.ts';
import type { Line } from '../flow/say.ts';
import { SessionState } from '../flow/session.ts';
import { writeFlow } from '../store/campaigns.ts';
import type { LedgerFinding } from '../store/ledger.ts';
import type { OpenSession, Person } from '../store/turns.ts';
import type { Run } from '../store/writes.ts';
import { begin } from './begin.ts';
import type { LedgerWork } from './ledger.ts';
import { type ReplyPlace, recordStep, sessionRow } from './outcome.ts';

/** Who replies, and where the questions go: always in private. */
export interface Replying {
  person: Person;
  place: ReplyPlace;
  opening: Line[];
}

/**
 * Opens the questionnaire of a reply: anew, where it was left, or for what is to be said again alone: the one answer that
 * was sent back, or how far it is by now.
 * @returns the id of the session
 */
export async function openReply(
  work: LedgerWork,
  finding: LedgerFinding & { record: Rectification },
  { person, place, opening }: Replying,
): Promise<string> {
  const { run, library, at, writes } = work;
  const row = finding.sessionId === null ? undefined : await sessionOf(work, finding.sessionId);
  if (row === undefined) {
    const flowId = replyFlowId(finding.campaignCode);
    const flowVersion = await versionOf(work, finding);
    const { campaignId } = finding;
    const about = { flowId, flowVersion, campaignId, assignmentId: null, unitId: finding.record.unit };
    return begin(library, { ...about, person, place, at, opening }, writes);
  }
  const { status, contactId, ...session } = row;
  const flow = await library.flow(session.flowId, session.flowVersion);
  const { zone } = await library.campaign(session.campaignId);
  const again = status === 'completed' ? askedAgain(finding.record) : [];
  const taken = reopen(flow, session.state, again, { at, zone });
  // A colleague may go on with what another one began: who said what stands in the history.
  if (contactId !== person.id)
    await run('UPDATE session SET contact_id = $2::uuid WHERE id = $1::uuid', [session.id, person.id]);
  recordStep(writes, taken, { flow, session, person, place, at, opening });
  writes.moved.push(sessionRow(taken, session.id, place.urn, at));
  return session.id;
}

/** What a reply that was complete is asked again. */
function askedAgain({ state, returned }: Rectification): readonly string[] {
  if (returned !== null) return [returned.question];
  // A problem that came back needs another measure than the one that did not hold.
  return state === 'reopened' ? ['measure', ...progressQuestions] : progressQuestions;
}

type SessionRow = OpenSession & { status: SessionState['status']; contactId: string | null };

async function sessionOf({ run }: LedgerWork, id: string): Promise<SessionRow | undefined> {
  const [row] = await run<Omit<SessionRow, 'state'> & { state: unknown }>(
    `SELECT id::text, campaign_id::text AS "campaignId", NULL AS "assignmentId", flow_id AS "flowId",
       flow_version AS "flowVersion", state, room, address, NULL AS "unitId", NULL AS secret, part, status,
       contact_id::text AS "contactId"
     FROM session WHERE id = $1::uuid FOR NO KEY UPDATE`,
    [id],
  );
  return row === undefined ? undefined : { ...row, state: SessionState.parse(row.state) };
}

/** The newest version of the campaign's reply questionnaire, which is kept from its first order on. */
async function versionOf({ run }: LedgerWork, { campaignCode }: LedgerFinding): Promise<number> {
  const version = await newestVersion(run, replyFlowId(campaignCode));
  if (version === null) throw new Error(`there is no questionnaire for replies to ${campaignCode}`);
  return version;
}

/** Keeps the questionnaire in which a campaign's orders are replied to, if it is not there yet. */
export async function ensureReplyFlow({ run, library }: LedgerWork, finding: LedgerFinding): Promise<void> {
  const { campaignCode, campaignId } = finding;
  if ((await newestVersion(run, replyFlowId(campaignCode))) !== null) return;
  // Two first orders at once: the second one waits here, and finds what the first has kept.
  await run('SELECT 1 FROM campaign WHERE id = $1::uuid FOR NO KEY UPDATE', [campaignId]);
  if ((await newestVersion(run, replyFlowId(campaignCode))) !== null) return;
  await writeFlow(run, replyFlow(campaignCode, (await library.campaign(campaignId)).ledger));
}

async function newestVersion(run: Run, flowId: string): Promise<number | null> {
  const [row] = await run<{ version: number | null }>(
    'SELECT max(version) AS version FROM flow WHERE id = $1',
    [flowId],
  );
  return row?.version ?? null;
}
