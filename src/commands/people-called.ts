import { plain } from '../campaign/nearest.ts';
import type { Line } from '../flow/say.ts';
import { inLanguage, languages, type Text } from '../flow/text.ts';
import { type CampaignPerson, peopleOfCampaign } from '../store/campaign-people.ts';
import type { CampaignInQuestion, CommandContext } from './command.ts';
import { unitCalled } from './unit-called.ts';

/** Who was meant: a unit, a person, or neither, with what is most like it. */
export type Called =
  | { kind: 'unit'; id: string; name: Text }
  | { kind: 'person'; person: CampaignPerson }
  | { kind: 'several'; people: CampaignPerson[] }
  | { kind: 'unknown'; near: Text[] };

/** `南湖区 2`, `南湖区2号`: the second of a unit's people, as 谁 numbers them. */
const numbered = /^(.+?)[\s#＃/]*第?(\d{1,2})(?:号|位|名)?$/u;

/**
 * The unit or person that goes by these words: a mention (`@…`, also Slack's id), a title, a unit's name or alias, or a unit
 * and the number that 谁 gives somebody there.
 */
export async function called(
  context: CommandContext,
  campaign: CampaignInQuestion,
  words: string,
): Promise<Called> {
  const said = words.trim().replace(/^<@([^|>]+).*>$/u, '@$1');
  const people = await peopleOfCampaign(context.run, campaign.id);
  if (said.startsWith('@')) return named(people, said.slice(1), context.turn.urn) ?? none;
  const unit = await unitCalled(context, campaign, said);
  if (unit.kind === 'unit' && unit.campaign.id === campaign.id)
    return { kind: 'unit', id: unit.unit.id, name: unit.unit.name };
  const [, place = '', digits = ''] = numbered.exec(said) ?? [];
  const at = place === '' ? null : await unitCalled(context, campaign, place);
  if (at?.kind === 'unit') {
    const person = people.filter(({ units }) => units.includes(at.unit.id))[Number(digits) - 1];
    if (person !== undefined) return { kind: 'person', person };
  }
  const titled = named(people, said, context.turn.urn);
  if (titled !== null) return titled;
  return { kind: 'unknown', near: unit.kind === 'unknown' ? unit.near.map(({ name }) => name) : [] };
}

const none: Called = { kind: 'unknown', near: [] };

/** By an id of the same Slack workspace, or by the title. */
function named(people: CampaignPerson[], words: string, from: string): Called | null {
  const account = from.split('/')[0];
  const byId = people.find(({ urns }) => urns.some((urn) => urn === `${account}/${words}` || urn === words));
  if (byId !== undefined) return { kind: 'person', person: byId };
  const wanted = plain(words);
  if (wanted === '') return null;
  const has = (fits: (title: string) => boolean) =>
    people.filter(
      ({ title }) => title !== null && languages.some((one) => fits(plain(inLanguage(title, one)))),
    );
  const exact = has((title) => title === wanted);
  const found = exact.length > 0 ? exact : has((title) => title.includes(wanted));
  const [person, another] = found;
  if (person === undefined) return null;
  return another === undefined ? { kind: 'person', person } : { kind: 'several', people: found };
}

/** Tells that nobody, or more than one, goes by these words. */
export function tellUncalled(
  context: CommandContext,
  words: string,
  found: Extract<Called, { kind: 'unknown' | 'several' }>,
): void {
  const name = words.trim().slice(0, 40);
  const near = found.kind === 'several' ? [] : found.near.slice(0, 5);
  const line: Line =
    found.kind === 'several'
      ? { key: 'desk:who.several', params: { name } }
      : near.length === 0
        ? { key: 'desk:who.unknown', params: { name } }
        : { key: 'desk:who.near', params: { name, near: { list: near } } };
  context.replyPrivately({ lines: [line] });
}
