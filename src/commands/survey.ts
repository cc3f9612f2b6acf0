import { begin } from '../conversation/begin.ts';
import type { Command } from './command.ts';
import { surveyFlow } from './survey-flow.ts';

/** 评价: a citizen rates how they were served. Always in private, whoever may be listening in a room. */
export const survey: Command = {
  name: 'survey',
  words: { 'zh-CN': ['评价', '满意度评价', '我要评价'], en: ['survey', 'rate'] },
  takes: null,
  allowed: 'anyone',
  bare: true,
  help: 'commands:survey.line',
  run: async (context) => {
    const { campaign, transaction, turn, at, writes, library } = context;
    const code = campaign?.status === 'published' ? campaign.code : null;
    const flow = code === null ? null : await surveyFlow(context, code);
    if (campaign === null || flow === null) return context.reply({ key: 'commands:survey.closed' });
    const open = await transaction.session.findFirst({
      where: { contactId: turn.contact.id, room: '', flowId: flow.id, endedAt: null },
      select: { id: true },
    });
    if (open !== null)
      return context.reply({
        key: turn.room === null ? 'commands:survey.unfinished' : 'commands:survey.privately',
      });
    const address = turn.room === null ? turn.urn : (turn.contact.address ?? turn.urn);
    if (turn.room !== null) context.reply({ key: 'commands:survey.privately' });
    await begin(
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
      },
      writes,
    );
  },
};
