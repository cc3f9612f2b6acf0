import type { Line } from '../flow/say.ts';
import {
  concernedPeople,
  pauseCampaign,
  pausedSince,
  resumeCampaign,
  roomsOf,
} from '../store/campaign-state.ts';
import { answerWords, auditAct, campaignAct } from './campaign-act.ts';
import type { CampaignInQuestion, Command, CommandContext } from './command.ts';
import { keepUndo, tellOfDeed, untilTold } from './deeds.ts';
import { notRunning } from './not-running.ts';
import { withdrawNudges } from './nudge.ts';

/** 暂停活动: nobody is reminded of anything until it is resumed; reports and answers are taken as before. */
export const pause: Command = {
  name: 'pause',
  words: { 'zh-CN': ['暂停活动', '活动暂停'], en: ['pause campaign'] },
  takes: answerWords,
  bare: false,
  ofCampaign: true,
  help: 'desk:pause.line',
  run: (context, rest) =>
    campaignAct(context, rest, {
      command: pause,
      refused: async (campaign) => {
        const { title } = campaign;
        if (campaign.status !== 'published') return notRunning(campaign);
        const since = await pausedSince(context.run, campaign.id);
        if (since === null) return null;
        const at = { instant: since, zone: campaign.zone };
        return { key: 'desk:pause.already', params: { title, at } };
      },
      plan: (params) => [{ key: 'desk:pause.plan', params }],
      act: pauseNow,
    }),
};

async function pauseNow(campaign: CampaignInQuestion, context: CommandContext): Promise<void> {
  const { id: campaignId, title } = campaign;
  if (!(await pauseCampaign(context.run, campaignId, context.at))) return;
  await withdrawNudges(context.run, campaignId);
  await keepUndo(context, 'pause', { kind: 'pause', campaignId });
  auditAct(context, campaign, 'paused');
  const told = await tellConcerned(context, campaign, { key: 'desk:pause.told', params: { title } });
  context.replyPrivately({ lines: [{ key: 'desk:pause.done', params: { title } }, told] });
}

/** 恢复活动: reminders go on from now; those of the meantime are not sent afterwards. */
export const resume: Command = {
  name: 'resume',
  words: { 'zh-CN': ['恢复活动', '活动恢复'], en: ['resume campaign'] },
  takes: answerWords,
  bare: false,
  ofCampaign: true,
  help: 'desk:resume.line',
  run: (context, rest) =>
    campaignAct(context, rest, {
      command: resume,
      refused: async ({ id, title }) =>
        (await pausedSince(context.run, id)) === null ? { key: 'desk:resume.not', params: { title } } : null,
      plan: (params) => [{ key: 'desk:resume.plan', params }],
      act: resumeNow,
    }),
};

async function resumeNow(campaign: CampaignInQuestion, context: CommandContext): Promise<void> {
  const { id: campaignId, title } = campaign;
  const pausedAt = await resumeCampaign(context.run, campaignId, context.at);
  if (pausedAt === null) return;
  await keepUndo(context, 'resume', { kind: 'resume', campaignId, pausedAt });
  auditAct(context, campaign, 'resumed');
  const told = await tellConcerned(context, campaign, { key: 'desk:resume.told', params: { title } });
  context.replyPrivately({ lines: [{ key: 'desk:resume.done', params: { title } }, told] });
}

/** The groups of the inspectors and everybody concerned, but for whoever did it. */
async function tellConcerned(context: CommandContext, { id }: CampaignInQuestion, line: Line): Promise<Line> {
  const { run, library, turn } = context;
  const facts = await library.campaign(id);
  const all = await concernedPeople(run, id);
  const people = all.filter(({ contactId }) => contactId !== turn.contact.id);
  const rooms = (await roomsOf(run, id)).filter(({ purpose }) => purpose === 'inspection');
  const to = [...rooms.map(({ urn }) => ({ room: urn })), ...people];
  tellOfDeed(context, facts, to, { lines: [line] });
  return untilTold(context, facts, people.length);
}
