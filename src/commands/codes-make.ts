import { dateOf } from '../campaign/instant.ts';
import {
  type CodesMade,
  codesMax,
  makeSurveyCodes,
  matterMax,
  type SurveyedCampaign,
} from '../conversation/survey-codes.ts';
import { readDate } from '../flow/reading/date.ts';
import type { Line } from '../flow/say.ts';
import type { SurveyCode } from '../store/survey-codes.ts';
import { addressNote, codeLines } from './codes-lines.ts';
import type { CommandContext } from './command.ts';
import type { CodesWords } from './survey-codes-words.ts';

type NewWords = Extract<CodesWords, { do: 'new' }>;

/** Makes what was asked for and answers with it. @returns the codes, or null when it was refused */
export async function makeAsked(
  context: CommandContext,
  campaign: SurveyedCampaign,
  words: NewWords,
): Promise<SurveyCode[] | null> {
  const { at, turn, run } = context;
  const refuse = (line: Line) => {
    context.reply(line);
    return null;
  };
  if (words.places === '') return refuse({ key: 'codes:how' });
  const until = words.until === null ? null : dayIn(words.until, campaign.zone, at);
  if (words.until !== null && until === null)
    return refuse({ key: 'codes:day', params: { words: words.until.slice(0, 40) } });
  const result = await makeSurveyCodes(run, campaign, { ...words, until }, turn.contact.id, at);
  if (result.kind !== 'made') return refuse(refusal(result, campaign));
  context.writes.audit.push(...result.audit);
  const { codes, made } = result;
  const [first] = codes;
  const kept = codes.length - made;
  const { title, status } = campaign;
  context.reply(
    first?.kind === 'case'
      ? { key: 'codes:made.cases', params: { title, count: codes.length } }
      : { key: 'codes:made', params: { title, count: codes.length, made, kept } },
    ...(status === 'published' ? [] : [{ key: 'codes:not-begun' } as const]),
    ...codeLines(codes, context.publicUrl(), 'codes:more'),
    ...addressNote(context.publicUrl()),
    { key: 'codes:sheet.coming' },
  );
  return codes;
}

function dayIn(words: string, zone: string, at: string): string | null {
  const reading = readDate(words, { at, zone });
  if (reading.kind === 'value') return reading.value;
  // 7月31日 said in August is next year's; a day that may be several is asked about by its refusal.
  const ahead =
    reading.kind === 'ambiguous' ? reading.candidates.filter((day) => day >= dateOf(at, zone)) : [];
  return ahead.length === 1 ? (ahead[0] ?? null) : null;
}

/** Why no code was made, and what to do about it. */
export function refusal(
  result: Exclude<CodesMade, { kind: 'made' }>,
  { title }: Pick<SurveyedCampaign, 'title'>,
): Line {
  switch (result.kind) {
    case 'unknown': {
      const near =
        result.near.length === 0
          ? ''
          : ({ key: 'codes:unknown.near', params: { names: { list: result.near } } } as const);
      return { key: 'codes:unknown', params: { title, words: result.words.slice(0, 40), near } };
    }
    case 'several': {
      const names = result.of.map(({ name }) => name);
      const list = names.slice(0, 6);
      return {
        key: 'codes:several',
        params: { words: result.words, count: names.length, names: { list }, name: list[0] ?? '' },
      };
    }
    case 'too-many':
      return { key: 'codes:too-many', params: { max: codesMax, count: result.count } };
    case 'matter-long':
      return { key: 'codes:matter-long', params: { max: matterMax } };
    case 'past':
      return { key: 'codes:past', params: { day: { date: result.day } } };
  }
}
