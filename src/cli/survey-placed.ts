import { placesCalled } from '../campaign/places.ts';
import { refusal } from '../commands/codes-make.ts';
import { registerOf, type SurveyedCampaign } from '../conversation/survey-codes.ts';
import { runOn } from '../store/database.ts';
import { codesIn, type SurveyCode } from '../store/survey-codes.ts';
import { type Terminal, tell } from './terminal.ts';

/** The codes of the units and windows that the options name, or of all; null when there are none of that name, which was told. */
export async function codesPlaced(
  { database, clock, options: { unit, window } }: Terminal,
  campaign: SurveyedCampaign,
): Promise<SurveyCode[] | null> {
  const run = runOn(database.pool);
  const query = { campaignId: campaign.id, at: clock.now().toISOString() };
  const places = [unit, window].filter((one) => one !== undefined).join(' ');
  if (places === '') return codesIn(run, query);
  const called = placesCalled(await registerOf(run, campaign.id), places);
  if (called.kind === 'places')
    return codesIn(run, { ...query, unitIds: called.places.map(({ unitId }) => unitId) });
  const line = refusal(called, campaign);
  if ('key' in line) tell(process.stderr, line.key, line.params);
  return null;
}
