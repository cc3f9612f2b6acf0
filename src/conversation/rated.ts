import { dateOf } from '../campaign/instant.ts';
import type { RatingRules } from '../campaign/rating-rules.ts';
import type { Flow } from '../flow/definition.ts';
import { valuesWithoutNumbers } from '../flow/personal-numbers.ts';
import type { Line } from '../flow/say.ts';
import type { Values } from '../flow/value.ts';
import type { Keys } from '../keys.ts';
import { comparable } from '../satisfaction/signals.ts';
import { newReceipt } from '../short-code.ts';
import { openingOf } from '../store/rating-cases.ts';
import type { ComparedWords } from '../store/ratings.ts';
import { ratedBySession } from '../store/surveys.ts';
import type { OpenSession } from '../store/turns.ts';
import type { RatedSession } from '../store/writes.ts';
import { chatMarks } from './chat-device.ts';
import type { Conversation } from './converse.ts';

/** What becomes of an anonymous session that is submitted, and what its citizen is told at the end. */
export interface Submitted {
  rated: Omit<RatedSession, 'sessionId'>;
  lines: Line[];
}

/** The rating of a citizen who has answered in a chat, with a receipt that nobody but them will know. */
export async function submittedRating(
  given: Conversation,
  flow: Flow,
  { id, campaignId, flowId, flowVersion }: Pick<OpenSession, 'id' | 'campaignId' | 'flowId' | 'flowVersion'>,
  values: Values,
): Promise<Submitted> {
  const { run, library, keys, publicUrl, at } = given;
  const facts = await library.campaign(campaignId);
  const code = newReceipt();
  const rated = ratedIn(flow, values);
  const place = await ratedBySession(run, id);
  const { marks, counted } = await chatMarks(given, facts, place.unitId);
  return {
    rated: {
      rating: {
        ...{ campaignId, flowId, flowVersion, ...place, source: 'chat', interviewFor: null },
        ...{ day: dateOf(at, facts.zone), ...rated, marks },
        receipt: keys.receipt(code).toString('hex'),
        words: wordsIn(flow, rated.answers, { keys, campaignId, rules: facts.ratings }),
        opening: rated.level <= 2 ? openingOf(facts, at, true) : null,
      },
      counted,
    },
    lines: [
      ...(rated.answers === values ? [] : [{ key: 'ratings:masked' } as const]),
      { key: 'ratings:receipt', params: { code, link: `${publicUrl()}/r` } },
      // Where nothing is looked into nobody calls.
      ...(rated.level <= 2 ? [{ key: 'ratings:receipt.call-back', params: { code } } as const] : []),
    ],
  };
}

/** The level and the answers, with no number by which somebody could be found. @throws when the level is missing, which every survey asks for */
export function ratedIn(flow: Flow, values: Values): { level: number; answers: Values } {
  const level = values[flow.questions.find(({ type }) => type === 'level')?.id ?? ''];
  if (typeof level !== 'number') throw new Error(`${flow.id} was submitted without a level`);
  // Phones and identity cards written into a comment are nobody's to read: this is where ratings come in, from all sides.
  return { level, answers: valuesWithoutNumbers(flow, values) };
}

/** What stands for the free words of a rating; null where there are too few to compare (signals.comments.letters). */
export function wordsIn(
  flow: Flow,
  values: Values,
  { keys, campaignId, rules }: { keys: Keys; campaignId: string; rules: RatingRules },
): ComparedWords | null {
  const said = flow.questions.flatMap(({ id, type }) => {
    const value = values[id];
    return type === 'text' && typeof value === 'string' ? [value] : [];
  });
  const words = comparable(said.join(' '), rules);
  if (words === null) return null;
  return { hash: keys.comment(campaignId, words).toString('hex'), from: rules.signals.comments.from };
}
