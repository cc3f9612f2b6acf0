import { isKeptHome } from '../campaign/abroad.ts';
import { channelOf } from '../channels/address.ts';
import { begin } from '../conversation/begin.ts';
import { hasRatedEnough } from '../conversation/chat-device.ts';
import { type ClosedReason, closedFor } from '../conversation/closed-survey.ts';
import { replyRow } from '../conversation/outcome.ts';
import type { Line, SentenceKey } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { isSurveyCode, normaliseCode } from '../short-code.ts';
import { openSessionsOf } from '../store/forms.ts';
import { isBeingRated, surveysOf } from '../store/surveys.ts';
import type { Command, CommandContext } from './command.ts';
import { answer } from './receipt.ts';
import { surveyCodes } from './survey-codes.ts';
import { isAboutCodes } from './survey-codes-words.ts';
import { surveyedCampaigns, surveyFlow } from './survey-flow.ts';

/**
 * 评价: a citizen rates how they were served. Always in private, whoever may be listening in a room. Said by a coordinator with
 * `new`, `list`, `sheet`, `open` or `close` it is about the codes that lead citizens here (survey-codes.ts).
 */
export const survey: Command = {
  name: 'survey',
  words: { 'zh-CN': ['评价', '满意度评价', '我要评价'], en: ['survey', 'rate'] },
  takes:
    /[a-z0-9]+(?:-[a-z0-9]+)*|(?:new|list|sheet|open|close)\s[\s\S]*|(?:新建|列表|打印|开启|关闭)(?:\s[\s\S]*)?/,
  bare: true,
  namesCampaign: true,
  help: 'commands:survey.line',
  run: async (context, rest) => {
    if (isAboutCodes(rest) && context.roles.some(({ role }) => role === 'coordinator'))
      return surveyCodes.run(context, rest);
    const { turn, at, writes, library } = context;
    const scanned = await surveyScanned(context, rest);
    if (scanned?.closed !== undefined) {
      // Who sends the code of a case that was rated has mostly rated it: the message is forgotten with the answer.
      writes.handled.push({ seq: turn.seq, forget: true });
      return answer(context, { key: `ratings:closed.${scanned.closed}` });
    }
    const code = rest.trim().toLowerCase();
    const open = await surveyedCampaigns(context);
    const [campaign, second] =
      scanned !== null ? [scanned.campaign] : code === '' ? open : open.filter((one) => one.code === code);
    if (second !== undefined) return askWhichService(context, open);
    const flow = campaign === undefined ? null : await surveyFlow(context, campaign.code);
    // As codes are printed, though none that is ever given out.
    if (campaign === undefined && likeCode.test(rest.trim()))
      return answer(context, { key: 'ratings:closed.unknown' });
    if (campaign === undefined || flow === null) return context.reply({ key: 'commands:survey.closed' });
    const address = turn.room === null ? turn.urn : (turn.contact.address ?? turn.urn);
    if (isKeptHome(await library.campaign(campaign.id), flow.id, channelOf(address)))
      return context.reply({ key: 'commands:survey.kept-home' });
    const { anonymous } = await library.flow(flow.id, flow.version);
    // Who asked for it is known from this message, and when: it is forgotten with the rest.
    writes.handled.push({ seq: turn.seq, forget: anonymous });
    const inPrivate = (await openSessionsOf(context.run, turn.contact.id)).filter(({ room }) => room === '');
    const begun = inPrivate.find(({ flowId }) => flowId === flow.id);
    if (begun !== undefined)
      return replyWithin(
        context,
        begun.id,
        turn.room === null ? 'commands:survey.unfinished' : 'commands:survey.privately',
      );
    if (
      anonymous &&
      (await hasRatedEnough(context, await library.campaign(campaign.id), scanned?.unitId ?? null))
    )
      return answer(context, { key: 'ratings:limited' });
    const session = await begin(
      library,
      {
        flowId: flow.id,
        flowVersion: flow.version,
        campaignId: campaign.id,
        assignmentId: null,
        unitId: null,
        person: turn.contact,
        place: { urn: address, room: null },
        at,
        others: inPrivate,
        ...(scanned === null ? {} : { surveyCode: scanned.code, opening: aboutLines(scanned) }),
      },
      writes,
    );
    if (turn.room !== null) replyWithin(context, session, 'commands:survey.privately');
  },
};

/** Two groups of five, which a campaign's own code may look like too. */
const likeCode = /^[a-z0-9]{5}[-–\s]?[a-z0-9]{5}$/iu;

/** Who or what is being rated, as the page says it. */
function aboutLines({ unitName, matter }: { unitName: Text | null; matter: string | null }): Line[] {
  const list = [unitName, matter].filter((one) => one !== null);
  return list.length === 0 ? [] : [{ key: 'ratings:about', params: { place: { list } } }];
}

/** By the code of a unit, a window, a matter or a case, as it is printed; null when what was written is none. */
async function surveyScanned(
  { run, library, clock }: CommandContext,
  rest: string,
): Promise<
  | { closed: ClosedReason }
  | {
      closed?: never;
      code: string;
      unitId: string | null;
      unitName: Text | null;
      matter: string | null;
      campaign: { id: string; code: string };
    }
  | null
> {
  const code = normaliseCode(rest);
  if (!isSurveyCode(code)) return null;
  const [row] = await surveysOf(run, [code]);
  if (row === undefined) return { closed: 'unknown' };
  const { zone, code: campaign } = await library.campaign(row.campaignId);
  const closed = closedFor(row, clock.now(), zone) ?? ((await isBeingRated(run, row)) ? 'used' : null);
  return closed === null
    ? {
        ...{ code, unitId: row.unitId, unitName: row.unitName, matter: row.matter },
        campaign: { id: row.campaignId, code: campaign },
      }
    : { closed };
}

/** Several campaigns ask citizens: which one is meant is theirs to say. */
function askWhichService(context: CommandContext, open: { code: string; title: Text }[]): void {
  context.ask({
    lines: [{ key: 'commands:survey.which' }],
    ask: {
      target: 'command:survey',
      question: 'campaign',
      options: open.map(({ code, title }) => ({ id: code, label: title })),
      many: false,
      numbered: true,
    },
  });
}

/** A reply that belongs to the session, and goes when that is forgotten. */
function replyWithin({ turn, at, writes }: CommandContext, session: string, key: SentenceKey): void {
  const place = { urn: turn.urn, room: turn.room, only: turn.body.slash };
  writes.outbox.push(replyRow({ lines: [{ key }] }, place, turn.contact, at, session));
}
