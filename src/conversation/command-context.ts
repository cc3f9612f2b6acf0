import { chooseCampaign } from '../commands/campaign.ts';
import { type CampaignInQuestion, type CommandContext, isAllowed } from '../commands/command.ts';
import type { TypedCommand } from '../commands/read.ts';
import { report } from '../commands/report.ts';
import { reportFile } from '../commands/report-file.ts';
import { unitCalled } from '../commands/unit-called.ts';
import type { Say } from '../flow/say.ts';
import { isQuiet } from './asked.ts';
import { campaignInQuestion, campaignsOf, rolesOf, roomOf } from './circumstances.ts';
import { replyRow } from './outcome.ts';
import { withParts } from './parts.ts';
import type { Understanding } from './understand.ts';

/** What was typed, and what is known about where and by whom; the code of an own campaign behind the words says which is meant. */
export async function commandIn(
  given: Understanding,
  typed: TypedCommand | null,
): Promise<{ typed: TypedCommand | null; context: CommandContext }> {
  const { turn, transaction } = given;
  const room = await roomOf(transaction, turn.room);
  const roles = await rolesOf(transaction, turn.contact.id);
  const own = await campaignsOf(transaction, roles);
  const named = typed === null ? null : campaignNamed(typed, own);
  const code = named?.code ?? null;
  const asked = { contactId: turn.contact.id, room, roles, own, code };
  const { campaign, isChosen } = await campaignInQuestion(transaction, asked);
  const parts = await withParts(given, roles);
  const context = contextOf(given, { room, roles: parts, campaign, campaigns: own, isChosen });
  if (code !== null) {
    // What is asked next, and confirmed, is about the same one.
    if (campaign?.code === code) await chooseCampaign(context, campaign.id);
    return { typed: reportMeant(context, named), context };
  }
  const meant = reportMeant(context, typed);
  return { typed: meant === null ? null : await withUnit(context, meant), context };
}

/**
 * 报告 and `report`: inspectors hand theirs in, and to whoever has none to hand in it is the Word report. Other words of 上报 mean
 * nothing else to anybody. Where a question waits, 报告 alone is an answer.
 */
function reportMeant(context: CommandContext, typed: TypedCommand | null): TypedCommand | null {
  const { body } = context.turn;
  const isSaid =
    /^\s*报告[。.!！~～\s]*$/u.test(body.text) && body.kind === 'text' && body.press === undefined;
  const said: TypedCommand | null =
    isSaid && typed?.command == null && body.addressed && isQuiet(context.turn)
      ? { command: report, word: '报告', rest: '' }
      : typed;
  if (said?.command?.name !== 'report' || !/^(?:report|报告)$/iu.test(said.word) || body.press !== undefined)
    return typed;
  return isAllowed(context, report) || !isAllowed(context, reportFile)
    ? said
    : { ...said, command: reportFile };
}

/** Words with something behind them that is neither a campaign of theirs nor a unit are no command. */
async function withUnit(context: CommandContext, typed: TypedCommand): Promise<TypedCommand | null> {
  const { code, unit, ...rest } = typed;
  const words = unit ?? code;
  if (words === undefined) return typed;
  if (typed.command?.namesUnit !== true || context.campaign === null) return null;
  const found = await unitCalled(context, context.campaign, words);
  return found.kind === 'unit' ? { ...rest, rest: words } : null;
}

/** The same command without the code of a campaign that ended it. */
function campaignNamed(typed: TypedCommand, own: CampaignInQuestion[]): TypedCommand | null {
  if (typed.command?.namesCampaign === true) return null;
  const code = typed.code ?? /(?:^|\s)(\S+)$/.exec(typed.rest)?.[1]?.toLowerCase();
  if (code === undefined || !own.some((one) => one.code === code)) return null;
  const rest = typed.code === undefined ? typed.rest.slice(0, -code.length).trim() : typed.rest;
  return { ...typed, rest, code };
}

function contextOf(
  given: Understanding,
  known: Pick<CommandContext, 'room' | 'roles' | 'campaign' | 'campaigns' | 'isChosen'>,
): CommandContext {
  const { turn, writes, at } = given;
  const place = { urn: turn.urn, room: turn.room };
  const put = (say: Say, only: boolean) =>
    writes.outbox.push(replyRow(say, { ...place, only }, turn.contact, at));
  return {
    ...given,
    ...known,
    concern: { campaignId: null },
    misread: { field: null },
    reply: (...lines) => put({ lines }, turn.body.slash),
    ask: (say) => put(say, turn.body.slash),
    replyPrivately: (say) => {
      if (turn.room === null || turn.body.slash) put(say, true);
      else privately(given, say);
    },
  };
}

/** In a room, what is private goes to the private chat, and the room sees one line that says so. */
function privately({ turn, writes, at }: Understanding, say: Say): void {
  const address = turn.contact.address ?? turn.urn;
  writes.outbox.push(replyRow(say, { urn: address, room: null }, turn.contact, at));
  const notice: Say = { lines: [{ key: 'conversation:answered.privately' }] };
  writes.outbox.push(replyRow(notice, { urn: turn.urn, room: turn.room }, turn.contact, at));
}
