import { findingOf } from '../campaign/finding.ts';
import { titleOf } from '../commands/report-summary.ts';
import type { Condition } from '../flow/condition.ts';
import type { Flow } from '../flow/definition.ts';
import { describe } from '../flow/describe.ts';
import { isRelevant } from '../flow/route.ts';
import type { Param } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { Value, Values } from '../flow/value.ts';
import { asksCitizens } from '../satisfaction/citizens.ts';
import type { FoundIn } from '../store/ledger.ts';
import type { Library } from '../store/library.ts';

/** One answer behind a problem: what was asked, as reports call it, and what was answered. */
export interface Fact {
  label: Text;
  answer: Param;
}

/**
 * What was answered where a checklist found a problem, as it stands: the answer that shows it, and what was then said about it in
 * words (“不动产岗上午9点无人”). Whoever is told of the problem is told this with it, in chats, on pages and in files. Nothing of what
 * citizens said: one answer is fewer than five (DOMAIN 2.9). Nothing where the answer shows no problem any more.
 */
export function factsOf(flow: Flow, id: string, values: Values): Fact[] {
  const shows = flow.questions.find((question) => question.id === id);
  const value = values[id];
  if (shows === undefined || shows.type === 'note' || value === undefined || asksCitizens(shows)) return [];
  if (findingOf(flow, shows, value, values) === null) return [];
  const said = flow.questions.flatMap((question): [typeof question, Value][] => {
    const words = values[question.id];
    if (question.type !== 'text' || words === undefined || !asksAbout(question.relevant, id)) return [];
    return isRelevant(question, values) ? [[question, words]] : [];
  });
  return [[shows, value] as const, ...said].map(([question, answer]) => ({
    label: titleOf(question),
    answer: describe(question, answer),
  }));
}

/** The same with the questionnaire looked up; none for what somebody told in their own words. */
export async function readFacts(
  { flow }: Pick<Library, 'flow'>,
  found: FoundIn | null,
): Promise<{ key: 'ledger:fact'; params: { label: Text; answer: Param } }[]> {
  if (found === null) return [];
  const facts = factsOf(await flow(found.flowId, found.flowVersion), found.question, found.values);
  return facts.map((params) => ({ key: 'ledger:fact', params: { ...params } }));
}

/** Whether a question is asked because of the answer to another one. */
function asksAbout(condition: Condition | undefined, id: string): boolean {
  if (condition === undefined) return false;
  if ('all' in condition) return condition.all.some((part) => asksAbout(part, id));
  if ('any' in condition) return condition.any.some((part) => asksAbout(part, id));
  if ('not' in condition) return asksAbout(condition.not, id);
  return condition.question === id;
}
