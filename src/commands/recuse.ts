import type { Line, Param } from '../flow/say.ts';
import {
  type DeclaredReason,
  declareRecusal,
  recusalsOf,
  type StandingRecusal,
  withdrawRecusal,
} from '../store/recusals.ts';
import { type CampaignInQuestion, type Command, type CommandContext, hasRole } from './command.ts';
import { unitCalled } from './unit-called.ts';

/** Recusals in one message. */
const shownMax = 50;

const undo = /^(?:撤回|取消|undo)\s*#?(\d{1,4})\s*$/i;
const former = /(?:^|[\s,，、（(])(?:原单位|曾任职|former(?: unit)?)[)）]?\s*$/i;

/**
 * 回避: an inspector says what they must not inspect, having worked there or having an interest; a coordinator notes it for a
 * whole unit. Draws keep to it (依法回避, DOMAIN 2.8); own unit and own area need not be said.
 */
export const recuse: Command = {
  name: 'recuse',
  words: { 'zh-CN': ['回避', '申请回避'], en: ['recuse'] },
  takes: 'words',
  bare: false,
  ofCampaign: true,
  help: 'draw:recuse.line',
  run: async (context, rest) => {
    const { campaign } = context;
    if (campaign === null) return context.reply({ key: 'commands:campaign.none' });
    const said = rest.normalize('NFKC').trim();
    if (said === '') return list(context, campaign);
    const number = undo.exec(said)?.[1];
    if (number !== undefined) return takeBack(context, campaign, Number(number));
    const reason: DeclaredReason = former.test(said) ? 'former-unit' : 'interest';
    await declare(context, campaign, said.replace(former, '').trim(), reason);
  },
};

async function declare(
  context: CommandContext,
  campaign: CampaignInQuestion,
  said: string,
  reason: DeclaredReason,
): Promise<void> {
  const why: Param = { key: `draw:reason.${reason}` };
  const two = hasRole(context, 'coordinator') ? await twoUnits(context, campaign, said) : null;
  if (two !== null) {
    await note(context, campaign, { inspectorUnitId: two.inspector.id, unitId: two.unit.id, reason });
    const params = { inspector: two.inspector.name, unit: two.unit.name, reason: why };
    return tell(context, { key: 'draw:recuse.done.units', params });
  }
  if (!hasRole(context, 'inspector')) return tell(context, { key: 'draw:recuse.how.coordinator' });
  const found = await unitCalled(context, campaign, said);
  if (found.kind === 'unknown' || found.campaign.id !== campaign.id) {
    const name = said.slice(0, 40);
    const near = found.kind === 'unknown' ? found.near.map((unit) => unit.name) : [];
    return tell(
      context,
      near.length === 0
        ? { key: 'draw:unit-unknown', params: { name } }
        : { key: 'draw:unit-near', params: { name, candidates: { list: near } } },
    );
  }
  await note(context, campaign, { inspectorUnitId: null, unitId: found.unit.id, reason });
  tell(context, { key: 'draw:recuse.done', params: { unit: found.unit.name, reason: why } });
}

/** “南湖区 海盐县”: wherever the words can be parted into the names of two units. */
async function twoUnits(context: CommandContext, campaign: CampaignInQuestion, said: string) {
  const parts = said.split(/\s*[,，、;；]\s*|\s+/u).filter((part) => part !== '');
  for (let cut = 1; cut < Math.min(parts.length, 12); cut += 1) {
    const inspector = await unitCalled(context, campaign, parts.slice(0, cut).join(' '));
    if (inspector.kind === 'unknown' || inspector.campaign.id !== campaign.id) continue;
    const unit = await unitCalled(context, campaign, parts.slice(cut).join(' '));
    if (unit.kind === 'unit' && unit.campaign.id === campaign.id)
      return { inspector: inspector.unit, unit: unit.unit };
  }
  return null;
}

async function note(
  context: CommandContext,
  { id: campaignId }: CampaignInQuestion,
  given: { inspectorUnitId: string | null; unitId: string; reason: DeclaredReason },
): Promise<void> {
  const { run, turn, at } = context;
  const by = turn.contact.id;
  const contactId = given.inspectorUnitId === null ? by : null;
  await declareRecusal(run, { campaignId, contactId, ...given, by, at });
  audit(context, campaignId, 'declared', { ...given });
}

async function list(context: CommandContext, campaign: CampaignInQuestion): Promise<void> {
  const { own, others } = await visible(context, campaign);
  const lines: Line[] = [
    ...own.map(
      (one, index): Line => ({
        key: 'draw:recuse.one',
        params: { number: index + 1, ...paramsOf(context, one) },
      }),
    ),
    ...others.map((one): Line => ({ key: 'draw:recuse.other', params: paramsOf(context, one) })),
  ];
  const shown: Line[] =
    lines.length === 0
      ? [{ key: 'draw:recuse.none' }]
      : [{ key: 'draw:recuse.title' }, ...lines.slice(0, shownMax)];
  const hows: Line[] = [
    ...(hasRole(context, 'inspector') ? [{ key: 'draw:recuse.how' } as const] : []),
    ...(hasRole(context, 'coordinator') ? [{ key: 'draw:recuse.how.coordinator' } as const] : []),
  ];
  context.replyPrivately({ lines: [...shown, ...hows] });
}

async function takeBack(
  context: CommandContext,
  campaign: CampaignInQuestion,
  number: number,
): Promise<void> {
  const { own } = await visible(context, campaign);
  const found = own[number - 1];
  if (found === undefined) return tell(context, { key: 'draw:recuse.no-number', params: { number } });
  await withdrawRecusal(context.run, found.id, context.at);
  audit(context, campaign.id, 'withdrawn', { recusal: found.id });
  const { who, unit } = paramsOf(context, found);
  tell(context, { key: 'draw:recuse.undone', params: { who, unit } });
}

/**
 * `own` can be taken back by this person: an inspector's own, and for a coordinator those of units. What somebody else has
 * declared a coordinator sees, and only they take it back.
 */
async function visible(
  context: CommandContext,
  { id }: CampaignInQuestion,
): Promise<{ own: StandingRecusal[]; others: StandingRecusal[] }> {
  const all = await recusalsOf(context.run, id);
  const coordinates = hasRole(context, 'coordinator');
  const isOwn = ({ contactId }: StandingRecusal) =>
    contactId === null ? coordinates : contactId === context.turn.contact.id;
  return { own: all.filter(isOwn), others: coordinates ? all.filter((one) => !isOwn(one)) : [] };
}

function paramsOf({ turn }: CommandContext, { contactId, who, unit, reason }: StandingRecusal) {
  const isSelf = contactId !== null && contactId === turn.contact.id;
  const name: Param = isSelf || who === null ? { key: 'draw:recuse.you' } : who;
  return { who: name, unit, reason: { key: `draw:reason.${reason}` } as const };
}

function tell(context: CommandContext, line: Line): void {
  context.replyPrivately({ lines: [line] });
}

function audit(
  { writes, turn, at }: CommandContext,
  campaignId: string,
  what: 'declared' | 'withdrawn',
  data: { [name: string]: string | null },
): void {
  const about = `contact:${turn.contact.id}`;
  writes.audit.push({ at, by: turn.contact.id, kind: `recusal.${what}`, campaignId, about, data });
}
