import { codesEvent, type SurveyedCampaign } from '../conversation/survey-codes.ts';
import { isSurveyCode, normaliseCode } from '../short-code.ts';
import { closeCodes, codesNamed, openCodes } from '../store/survey-codes.ts';
import { printedCode } from '../survey-link.ts';
import { codesAt } from './codes-list.ts';
import type { CommandContext } from './command.ts';

/** 评价码 关闭|开启 编号|单位|全部: whoever scans a closed one is told that the survey is over. */
export async function closeOrOpen(
  context: CommandContext,
  campaign: SurveyedCampaign,
  does: 'open' | 'close',
  rest: string,
): Promise<void> {
  if (rest === '') return context.reply({ key: `codes:${does}.which` });
  const codes = await codesMeant(context, campaign, rest);
  if (codes === null) return;
  const { run, at, turn } = context;
  const moved = does === 'close' ? await closeCodes(run, codes, at) : await openCodes(run, codes, at);
  if (moved.length === 0) return context.reply({ key: `codes:${does}.none` });
  const what = does === 'close' ? 'closed' : 'opened';
  context.writes.audit.push(codesEvent(what, campaign.id, moved.length, turn.contact.id, at));
  context.reply({ key: `codes:${does}.done`, params: { count: moved.length } });
}

/** Codes that were written, or those of the place that was named; null when there are none such, which was answered. */
async function codesMeant(
  context: CommandContext,
  campaign: SurveyedCampaign,
  rest: string,
): Promise<string[] | null> {
  const written = writtenCodes(rest);
  const alike = written === null ? codesAlike(rest) : null;
  if (alike !== null) {
    context.reply({ key: 'codes:code.unknown', params: { codes: { list: alike } } });
    return null;
  }
  if (written === null) return (await codesAt(context, campaign, rest))?.map(({ code }) => code) ?? null;
  const known = await codesNamed(context.run, written, context.at);
  const own = new Set(known.filter(({ campaignId }) => campaignId === campaign.id).map(({ code }) => code));
  const strange = written.filter((code) => !own.has(code));
  if (strange.length === 0) return written;
  context.reply({ key: 'codes:code.unknown', params: { codes: { list: strange.map(printedCode) } } });
  return null;
}

/** Words that look like codes and can be none; null when anything else is among them. */
function codesAlike(said: string): string[] | null {
  const words = said.split(/[\s、，,;；]+/u).filter((word) => word !== '');
  const isAlike = words.length > 0 && words.every((word) => /^[a-z0-9]{5}-[a-z0-9]{5}$/iu.test(word));
  return isAlike ? words.map((word) => word.toUpperCase()) : null;
}

/** The codes in `ACFHJ-34679、…`; null when anything in it is none. */
export function writtenCodes(said: string): string[] | null {
  const codes = said
    .split(/[\s、，,;；]+/u)
    .filter((word) => word !== '')
    // Of a link the code is the end.
    .map((word) => normaliseCode(word.replace(/^.*\//u, '')));
  return codes.length > 0 && codes.every(isSurveyCode) ? codes : null;
}
