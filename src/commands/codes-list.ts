import { placesCalled } from '../campaign/places.ts';
import { registerOf, type SurveyedCampaign } from '../conversation/survey-codes.ts';
import { codesIn, type SurveyCode } from '../store/survey-codes.ts';
import { addressNote, caseLines, codeLines } from './codes-lines.ts';
import { refusal } from './codes-make.ts';
import type { CommandContext } from './command.ts';

const isEverything = (place: string) => /^(?:全部|所有|都|all)?$/iu.test(place);

/** 评价码 列表 [单位]: codes in use with their links, and how many are not. */
export async function listCodes(
  context: CommandContext,
  campaign: SurveyedCampaign,
  place: string,
): Promise<void> {
  const codes = await codesAt(context, campaign, place);
  if (codes === null) return;
  if (codes.length === 0) return context.reply(noneAt(campaign, place));
  // A case's code that was used is neither open nor closed: counted here it would tell that it was.
  const posters = codes.filter(({ kind }) => kind !== 'case');
  const open = posters.filter(({ state }) => state === 'open');
  const count = (state: SurveyCode['state']) => posters.filter((one) => one.state === state).length;
  const { title } = campaign;
  const params = { title, open: open.length, closed: count('closed'), expired: count('expired') };
  context.reply(
    { key: 'codes:list', params },
    ...caseLines(codes, isEverything(place)),
    ...codeLines(open, context.publicUrl(), 'codes:list.more'),
    ...(open.length === 0 ? [] : addressNote(context.publicUrl())),
  );
}

/**
 * The codes in use at a place, or all, to be printed once more; null when that was answered. Those of single cases are printed
 * when they are made and never again: whichever are missing on a later sheet would be those that were used.
 */
export async function openAt(
  context: CommandContext,
  campaign: SurveyedCampaign,
  place: string,
): Promise<SurveyCode[] | null> {
  const codes = await codesAt(context, campaign, place);
  if (codes === null) return null;
  const open = postersOpen(codes);
  if (open.length > 0) return open;
  const hasCases = codes.some(({ kind }) => kind === 'case');
  context.reply(hasCases ? { key: 'codes:sheet.cases' } : noneAt(campaign, place));
  return null;
}

/** What can be printed at any time. */
export function postersOpen(codes: readonly SurveyCode[]): SurveyCode[] {
  return codes.filter(({ kind, state }) => kind !== 'case' && state === 'open');
}

/** All codes of a campaign, or of the places that are called by name; null when nobody is called so, which was answered. */
export async function codesAt(
  context: CommandContext,
  campaign: SurveyedCampaign,
  place: string,
): Promise<SurveyCode[] | null> {
  const query = { campaignId: campaign.id, at: context.at };
  if (isEverything(place)) return codesIn(context.run, query);
  const called = placesCalled(await registerOf(context.run, campaign.id), place);
  if (called.kind === 'places')
    return codesIn(context.run, { ...query, unitIds: called.places.map(({ unitId }) => unitId) });
  context.reply(refusal(called, campaign));
  return null;
}

function noneAt({ title }: SurveyedCampaign, place: string) {
  return isEverything(place)
    ? ({ key: 'codes:list.none', params: { title } } as const)
    : ({ key: 'codes:list.none.at', params: { title, words: place.slice(0, 40) } } as const);
}
