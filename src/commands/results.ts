import { type Place, placesCalled } from '../campaign/places.ts';
import type { Text } from '../flow/text.ts';
import { findResults } from '../store/results.ts';
import { type CampaignInQuestion, type Command, type CommandContext, seesCampaign } from './command.ts';
import { resultLines } from './results-lines.ts';

/** Names that one message offers. */
const namesMax = 10;

interface KnownPlace extends Place {
  uuid: string;
}

/** What somebody asked about and may see of it. */
export interface Wanted {
  unit: KnownPlace | null;
  /** With its parts beside one another. */
  compares: boolean;
  /** The highest page that they may see and that the unit stands on; null for the campaign's. */
  highest: string | null;
}

/**
 * 结果: what citizens say. Coordinators see the campaign or any unit, the head of a unit that and what stands under it, its
 * liaison the unit's own figures. Always to the person alone: nobody is shown up in front of a group (DOMAIN 2.11).
 */
export const results: Command = {
  name: 'results',
  words: { 'zh-CN': ['结果', '满意度', '评价结果'], en: ['results', 'satisfaction'] },
  takes: /(?<=[\s:,，])\S.{0,80}/,
  bare: false,
  ofCampaign: true,
  help: 'results:line',
  run: async (context, rest) => {
    const { campaign, at } = context;
    if (campaign === null || campaign.status === 'draft')
      return context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
    const wanted = await wantedBy(context, campaign, rest.trim());
    if (wanted === null) return;
    const { id: campaignId, zone, title } = campaign;
    const unitId = wanted.unit?.uuid ?? null;
    const { highest } = wanted;
    const found = await findResults(context.run, { campaignId, unitId, zone, highest });
    const name = wanted.unit?.name ?? null;
    context.replyPrivately({ lines: resultLines(found, { title, name, at, zone, ...wanted }) });
  },
};

/** What is asked about and open to this person; null when they were told why it is none. */
export async function wantedBy(
  context: CommandContext,
  campaign: CampaignInQuestion,
  name: string,
): Promise<Wanted | null> {
  const isCoordinator = seesCampaign(context);
  if (isCoordinator && name === '') return { unit: null, compares: true, highest: null };
  const register = await placesOf(context, campaign.id);
  const own = ownPlaces(context, campaign, register);
  const unit =
    name === ''
      ? onlyOwn(context, own)
      : placeCalled(context, isCoordinator ? register : [...own.keys()], name);
  if (unit === null) return null;
  if (isCoordinator) return { unit, compares: true, highest: null };
  return { unit, compares: own.get(unit)?.compares === true, highest: highestOwn(register, own, unit) };
}

/** The highest of somebody's own units that a unit stands under, or itself: also where others stand between, who are not theirs. */
function highestOwn(register: readonly KnownPlace[], own: OwnPlaces, unit: KnownPlace): string {
  const byCode = new Map(register.map((place) => [place.id, place]));
  let highest = unit;
  let above: KnownPlace | undefined = unit;
  while (above !== undefined) {
    if (own.has(above)) highest = above;
    above = above.parent === null ? undefined : byCode.get(above.parent);
  }
  return highest.uuid;
}

/** The one place among those open to somebody that is called so; null when they were told why it is none. */
function placeCalled(context: CommandContext, open: readonly KnownPlace[], name: string): KnownPlace | null {
  const called = placesCalled(open, name);
  switch (called.kind) {
    case 'places': {
      const [unit, another] = called.places;
      if (unit !== undefined && another === undefined) return unit;
      return refuse(context, 'results:unit.one', { names: namesOf(called.places) });
    }
    case 'several':
      return refuse(context, 'results:unit.several', { names: namesOf(called.of) });
    case 'unknown': {
      if (!seesCampaign(context))
        return open.length === 0
          ? refuse(context, 'results:unit.none', {})
          : refuse(context, 'results:unit.not-own', { names: namesOf(open) });
      const said = called.words.slice(0, 40);
      if (called.near.length === 0) return refuse(context, 'results:unit.unknown', { name: said });
      return refuse(context, 'results:unit.near', {
        name: said,
        names: { list: called.near.slice(0, namesMax) },
      });
    }
  }
}

/** Without a name: the unit that they are of, when it is one. */
function onlyOwn(context: CommandContext, own: OwnPlaces): KnownPlace | null {
  const units = [...own].flatMap(([place, { isOwn }]) => (isOwn ? [place] : []));
  const [unit, another] = units;
  if (unit === undefined) return refuse(context, 'results:unit.none', {});
  return another === undefined ? unit : refuse(context, 'results:unit.which', { names: namesOf(units) });
}

/** What somebody who is no coordinator may ask about: their own units, and for heads those below, with a comparison. */
type OwnPlaces = Map<KnownPlace, { isOwn: boolean; compares: boolean }>;

/** The units of which this person is head or liaison in the campaign, and for heads all that stand under those. */
function ownPlaces(
  { roles }: CommandContext,
  { id }: CampaignInQuestion,
  register: readonly KnownPlace[],
): OwnPlaces {
  const unitsAs = (wanted: 'leader' | 'liaison') =>
    new Set(roles.flatMap((one) => (one.role === wanted && one.campaignId === id ? [one.unitId] : [])));
  const [led, liaised] = [unitsAs('leader'), unitsAs('liaison')];
  const byCode = new Map(register.map((place) => [place.id, place]));
  const own: OwnPlaces = new Map();
  for (const place of register) {
    let above: KnownPlace | undefined = place;
    while (above !== undefined && !led.has(above.uuid))
      above = above.parent === null ? undefined : byCode.get(above.parent);
    const isOwn = led.has(place.uuid) || liaised.has(place.uuid);
    if (above !== undefined || isOwn) own.set(place, { isOwn, compares: above !== undefined });
  }
  return own;
}

function placesOf({ run }: CommandContext, campaignId: string): Promise<KnownPlace[]> {
  return run<KnownPlace>(
    `SELECT u.id::text AS uuid, u.code AS id, u.name, u.aliases, u.kind, p.code AS parent
     FROM unit u LEFT JOIN unit p ON p.id = u.parent_id WHERE u.campaign_id = $1::uuid ORDER BY length(u.code), u.code`,
    [campaignId],
  );
}

function namesOf(places: readonly KnownPlace[]): { list: Text[] } {
  return { list: places.slice(0, namesMax).map(({ name }) => name) };
}

type Refusal = 'one' | 'several' | 'not-own' | 'unknown' | 'near' | 'none' | 'which';

function refuse(
  context: CommandContext,
  key: `results:unit.${Refusal}`,
  params: { name?: string; names?: { list: (Text | string)[] } },
): null {
  context.replyPrivately({ lines: [{ key, params }] });
  return null;
}
