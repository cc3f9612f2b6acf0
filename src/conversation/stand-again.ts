import type { Line } from '../flow/say.ts';
import { type LedgerFinding, readFindings, recordEvent } from '../store/ledger.ts';
import { foundAgain, free, mergedInto, takenBack } from '../store/ledger-again.ts';
import { ledgerCoordinators } from '../store/ledger-coordinators.ts';
import { type LedgerWork, logStep } from './ledger.ts';
import { about, noticeRows, tellAt } from './ledger-post.ts';

/**
 * What answers that are about to be written change of the ledger besides their own problems: what was merged into a problem
 * that they take back stands on its own again, and one whose order was called off and that they find again is to be ordered
 * anew. Both get a line in the history, and the coordinators hear. Comes just before `commitWrites`; asks the database nothing
 * where no answer opens a problem or takes one back.
 */
export async function standAgain(work: LedgerWork): Promise<void> {
  const { run, writes } = work;
  await freeMerged(work, await takenBack(run, writes.withdrawn));
  for (const finding of await readFindings(run, await foundAgain(run, writes.findings)))
    await toBeOrderedAnew(work, finding);
}

/**
 * What was merged into problems (ids, their rows locked) that are taken back stands on its own again, with no order: that of
 * the problem it went on under is called off. What its own inspection has taken back since goes with them.
 */
export async function freeMerged(work: LedgerWork, gone: string[]): Promise<void> {
  const { run, writes, at } = work;
  for (let parents = gone; parents.length > 0; ) {
    const merged = await mergedInto(run, parents);
    const lost: string[] = [];
    const ids = merged.map(({ id }) => id);
    for (const finding of await readFindings(run, ids)) {
      const isLost =
        merged.some(({ id, isGone }) => id === finding.id && isGone) ||
        writes.withdrawn.some((one) => isOf(finding, one));
      if (isLost) lost.push(finding.id);
      await free(run, finding, isLost ? 'withdrawn' : 'open', at);
      const other = finding.mergedInto ?? 0;
      await logStep(work, finding, { kind: isLost ? 'withdrawn' : 'freed', data: { from: other } }, null);
      const params = { ...about(finding), other };
      if (!isLost) await tellCoordinators(work, finding, { key: 'ledger:freed.told', params });
    }
    parents = lost;
  }
}

/** An order that was called off stays so: the coordinators hear that there is something to be ordered again. */
async function toBeOrderedAnew(work: LedgerWork, finding: LedgerFinding): Promise<void> {
  const { run, writes, at } = work;
  const event = { kind: 'found-again', data: {}, at, by: null, who: null };
  await recordEvent(run, { findingId: finding.id, ...event });
  // In the words of the answer that is being written.
  const now = writes.findings.find((one) => isOf(finding, one));
  const said = { ...finding, problem: now?.problem ?? finding.problem };
  await tellCoordinators(work, said, { key: 'ledger:found-again.told', params: about(said) });
}

function isOf(
  { foundIn, question }: LedgerFinding,
  answer: { sessionId: string | null; question: string | null },
): boolean {
  return foundIn !== null && foundIn === answer.sessionId && question === answer.question;
}

async function tellCoordinators(
  { run, library, writes, at }: LedgerWork,
  finding: LedgerFinding,
  line: Line,
): Promise<void> {
  if (!finding.running) return;
  const facts = await library.campaign(finding.campaignId);
  const notice = { key: `ledger:${finding.id}:again:${at}`, lines: [line] };
  const people = await ledgerCoordinators(run, finding);
  writes.outbox.push(...noticeRows(people, notice, facts, { at, dueAt: tellAt(facts, at) }));
}
