import { placesCalled } from '../campaign/places.ts';
import { registerOf, type SurveyedCampaign } from '../conversation/survey-codes.ts';
import { codesIn, type SurveyCode } from '../store/survey-codes.ts';
import { addressNote, codeLines } from './codes-lines.ts';
import { refusal } from './codes-make.ts';
import type { CommandContext } from './command.ts';

const everything = /^(?:全部|所有|都|all)?$/iu;

/** 评价码 列表 [单位]: codes in use with their links, and how many are not. */
export async function listCodes(
  context: CommandContext,
  campaign: SurveyedCampaign,
  place: string,
): Promise<void> {
  const codes = await codesAt(context, campaign, place);
  if (codes === null) return;
  const open = codes.filter(({ state }) => state === 'open');
  const posters = open.filter(({ kind }) => kind !== 'case');
  if (codes.length === 0) return context.reply(noneAt(campaign, place));
  const count = (state: SurveyCode['state']) => codes.filter((one) => one.state === state).length;
  context.reply(
    {
      key: 'codes:list',
      params: {
        title: campaign.title,
        open: posters.length,
        closed: count('closed'),
        expired: count('expired'),
        used: count('used'),
        unused: open.length - posters.length,
      },
    },
    ...codeLines(posters, context.publicUrl(), 'codes:list.more'),
    ...(posters.length === 0 ? [] : addressNote(context.publicUrl())),
  );
}

/** The codes in use at a place, or all; null when that was answered. */
export async function openAt(
  context: CommandContext,
  campaign: SurveyedCampaign,
  place: string,
): Promise<SurveyCode[] | null> {
  const codes = await codesAt(context, campaign, place);
  const open = codes?.filter(({ state }) => state === 'open') ?? null;
  if (open?.length !== 0) return open;
  context.reply(noneAt(campaign, place));
  return null;
}

/** All codes of a campaign, or of the places that are called by name; null when nobody is called so, which was answered. */
export async function codesAt(
  context: CommandContext,
  campaign: SurveyedCampaign,
  place: string,
): Promise<SurveyCode[] | null> {
  const query = { campaignId: campaign.id, at: context.at };
  if (everything.test(place)) return codesIn(context.run, query);
  const called = placesCalled(await registerOf(context.run, campaign.id), place);
  if (called.kind === 'places')
    return codesIn(context.run, { ...query, unitIds: called.places.map(({ unitId }) => unitId) });
  context.reply(refusal(called, campaign));
  return null;
}

function noneAt({ title }: SurveyedCampaign, place: string) {
  return everything.test(place)
    ? ({ key: 'codes:list.none', params: { title } } as const)
    : ({ key: 'codes:list.none.at', params: { title, words: place.slice(0, 40) } } as const);
}
