import { campaignsWithSurvey, type SurveyedCampaign } from '../conversation/survey-codes.ts';
import type { CommandContext } from './command.ts';
import { coordinatedCampaigns } from './coordinated.ts';

/**
 * The campaign whose codes are meant: the one whose code ends the words, else the one in question (the room's, or the one last
 * talked about) if it asks citizens, else the newest of this coordinator's that does. Null without any.
 */
export async function chosenCampaign(
  context: CommandContext,
  said: string,
): Promise<{ campaign: SurveyedCampaign; rest: string } | null> {
  const own = await coordinatedCampaigns(context, ['draft', 'published']);
  const asking = await campaignsWithSurvey(
    context.run,
    own.map(({ id }) => id),
  );
  const last = /(?:^|\s)(\S+)$/.exec(said)?.[1] ?? '';
  const named = asking.find(({ code }) => code === last.toLowerCase());
  if (named !== undefined) return { campaign: named, rest: said.slice(0, -last.length).trim() };
  const inQuestion = asking.find(({ id }) => id === context.campaign?.id);
  const campaign = inQuestion ?? asking[0];
  return campaign === undefined ? null : { campaign, rest: said };
}
