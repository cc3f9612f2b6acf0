import { isKeptHome } from '../campaign/abroad.ts';
import { channelOf } from '../channels/address.ts';
import { begin } from '../conversation/begin.ts';
import { replyRow } from '../conversation/outcome.ts';
import type { SentenceKey } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { openSessionsOf } from '../store/forms.ts';
import type { Command, CommandContext } from './command.ts';
import { surveyedCampaigns, surveyFlow } from './survey-flow.ts';

/** 评价: a citizen rates how they were served. Always in private, whoever may be listening in a room. */
export const survey: Command = {
  name: 'survey',
  words: { 'zh-CN': ['评价', '满意度评价', '我要评价'], en: ['survey', 'rate'] },
  takes: /[a-z0-9]+(?:-[a-z0-9]+)*/,
  allowed: 'anyone',
  bare: true,
  namesCampaign: true,
  help: 'commands:survey.line',
  run: async (context, rest) => {
    const { turn, at, writes, library } = context;
    const code = rest.trim().toLowerCase();
    const open = await surveyedCampaigns(context);
    const [campaign, second] = code === '' ? open : open.filter((one) => one.code === code);
    if (second !== undefined) return askWhichService(context, open);
    const flow = campaign === undefined ? null : await surveyFlow(context, campaign.code);
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
      },
      writes,
    );
    if (turn.room !== null) replyWithin(context, session, 'commands:survey.privately');
  },
};

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
