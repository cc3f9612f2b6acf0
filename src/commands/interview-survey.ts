import { isKeptHome } from '../campaign/abroad.ts';
import type { Flow } from '../flow/definition.ts';
import type { SentenceKey } from '../flow/say.ts';
import type { CampaignFacts } from '../store/library.ts';
import type { CommandContext } from './command.ts';
import { surveyFlow } from './survey-flow.ts';

/** The survey that interviews of a campaign are kept in. */
export interface InterviewSurvey {
  campaign: CampaignFacts;
  flow: Flow;
  /** Its question for the level. */
  level: string;
}

/** The survey of a campaign, or why nothing can be noted here. */
export async function interviewIn(
  context: CommandContext,
  campaignId: string,
): Promise<InterviewSurvey | { key: SentenceKey }> {
  const { library, turn } = context;
  const campaign = await library.campaign(campaignId);
  const survey = await surveyFlow(context, campaign.code);
  if (survey === null) return { key: 'modes:interview.no-survey' };
  if (isKeptHome(campaign, survey.id, turn.channel)) return { key: 'modes:interview.kept-home' };
  const flow = await library.flow(survey.id, survey.version);
  const level = flow.questions.find(({ type }) => type === 'level')?.id;
  return level === undefined ? { key: 'modes:interview.no-survey' } : { campaign, flow, level };
}
