import { refuseAsked } from '../conversation/asked.ts';
import { isAgreement, isRefusal } from '../conversation/courtesies.ts';
import { type RosterJob, rosterLater } from '../store/later.ts';
import { dropPending, dropSentTables, isReasonAsked, pendingCampaign } from '../store/rosters.ts';
import { type CampaignInQuestion, type Command, type CommandContext, hasRole } from './command.ts';
import { askWhichCampaign, coordinatedCampaigns } from './coordinated.ts';
import type { TypedCommand } from './read.ts';

const confirming = /^(?:确认|确认导入|confirm|yes)$/iu;
const cancelling = /^(?:取消|作废|不导入|cancel)$/iu;
const template = /^(?:模板|样表|空表|template)$/iu;
const because = /^(?:理由|原因|reason|because)[\s:：]*/iu;
const answering = /^answer (\w+) (\d+)$/u;
/** Bytes of a file that is not read in a moment. */
const slowBytes = 300_000;

/**
 * 导入: a roster that comes as a file, with the word or (in private) without it. What it would change is shown first; 确认 does it. What
 * waits to be confirmed is kept: it outlives a restart, and each coordinator has one of their own.
 */
export const importFile: Command = {
  name: 'import',
  words: { 'zh-CN': ['导入', '导入名单'], en: ['import'] },
  takes:
    /(?:确认导入|确认|取消|作废|不导入|模板|样表|空表|confirm|yes|cancel|template)|(?:理由|原因|reason|because)[\s:：]*\S.{0,200}|answer \w+ \d+/,
  bare: false,
  ofCampaign: true,
  help: 'roster:line',
  run: async (context, rest) => {
    const { run, turn } = context;
    const said = rest.trim();
    if (turn.attachments.some(({ status }) => status === 'roster')) return read(context);
    if (cancelling.test(said)) return cancel(context);
    const pending = await pendingCampaign(run, turn.contact.id);
    const meant = template.test(said) ? (pending ?? context.campaign?.id ?? null) : pending;
    if (meant === null) return context.replyPrivately({ lines: [{ key: 'roster:chat.how' }] });
    await later(context, meant, actIn(said));
  },
};

/** Longer words are no reason, and shorter ones say none. */
const reasonMax = 200;
const reasonMin = 4;

/**
 * What words mean that answer the demand for a reason, and nothing else: yes is told again what is missing, no gives it up, and a
 * sentence is the reason. Null where nothing of the kind was said to this person last, here.
 */
export async function reasonGiven({ run, turn, room }: CommandContext): Promise<TypedCommand | null> {
  const { body, contact, urn } = turn;
  const said = body.text.trim();
  if (room !== null || body.kind !== 'text' || body.press !== undefined || said === '') return null;
  if (!(await isReasonAsked(run, contact.id, urn))) return null;
  const given = (rest: string) => ({ command: importFile, word: importFile.name, rest });
  if (isRefusal(said) || cancelling.test(said)) return given('取消');
  if (isAgreement(said) || confirming.test(said)) return given('确认');
  const isReason = said.length >= reasonMin && said.length <= reasonMax && !/[?？]$/u.test(said);
  return isReason ? given(`理由：${said}`) : null;
}

function actIn(said: string): RosterJob['act'] {
  if (template.test(said)) return { kind: 'template' };
  const [, question, option] = answering.exec(said) ?? [];
  if (question !== undefined) return { kind: 'answer', question, option: Number(option) };
  if (because.test(said)) return { kind: 'reason', reason: said.replace(because, '').trim() };
  return { kind: confirming.test(said) ? 'apply' : 'show' };
}

async function read(context: CommandContext): Promise<void> {
  const { run, turn } = context;
  const campaign = await campaignMeant(context);
  if (campaign === null) return dropSentTables(run, turn.seq);
  const size = turn.attachments.reduce((sum, file) => sum + file.size, 0);
  if (size > slowBytes) context.replyPrivately({ lines: [{ key: 'roster:chat.reading' }] });
  await later(context, campaign.id, { kind: 'read', seq: turn.seq });
}

/** The campaign in question when this person coordinates it; else the only one that they do. */
async function campaignMeant(context: CommandContext): Promise<CampaignInQuestion | null> {
  const { campaign } = context;
  const all = await coordinatedCampaigns(context, ['draft', 'published']);
  if (campaign !== null && hasRole(context, 'coordinator') && all.some(({ id }) => id === campaign.id))
    return campaign;
  const [only, other] = all;
  if (only !== undefined && other === undefined) return only;
  if (other === undefined) context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
  else askWhichCampaign(context, { command: 'campaign', how: 'roster:chat.which' }, all);
  return null;
}

async function cancel({ run, turn, at, replyPrivately }: CommandContext): Promise<void> {
  await refuseAsked(run, turn, at, 'import');
  const wasThere = await dropPending(run, turn.contact.id);
  replyPrivately({ lines: [{ key: wasThere ? 'roster:chat.cancelled' : 'roster:chat.none' }] });
}

/** It is read and done in the background, and answered in private. */
async function later(
  { run, turn }: CommandContext,
  campaignId: string,
  act: RosterJob['act'],
): Promise<void> {
  const inRoom = turn.room !== null;
  const address = inRoom && !turn.body.slash ? (turn.contact.address ?? turn.urn) : (turn.room ?? turn.urn);
  await rosterLater(run, {
    key: `roster:${turn.seq}`,
    campaignId,
    act,
    to: { contactId: turn.contact.id, address, only: inRoom && turn.body.slash ? turn.urn : null },
  });
}
