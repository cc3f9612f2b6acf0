import { caseTimesIn, caseTimesOf } from '../store/case-times.ts';
import { type Command, type CommandContext, seesCampaign } from './command.ts';
import { indicatorLines } from './indicator-lines.ts';
import { ownAssignments } from './own-assignments.ts';
import { isOverheard } from './private.ts';
import { hiddenBySight } from './sight.ts';

/** 指标: the indicators computed from the times of cases (HZ-13): a coordinator's whole campaign, an inspector's own tasks. */
export const indicators: Command = {
  name: 'indicators',
  words: { 'zh-CN': ['指标', '时限指标'], en: ['indicators'] },
  takes: null,
  bare: true,
  ofCampaign: true,
  help: 'modes:indicators.line',
  run: async (context) => {
    const isWhole = seesCampaign(context);
    const cases = isWhole ? await ofCampaign(context) : await ofOwn(context);
    const title = isWhole ? 'modes:indicators.title' : 'modes:indicators.title.own';
    context.reply({ key: title }, ...indicatorLines(cases, isOverheard(context)));
  },
};

async function ofCampaign(context: CommandContext) {
  const { run, campaign } = context;
  if (campaign === null) return [];
  return caseTimesIn(run, campaign.id, (await hiddenBySight(context, campaign.id)).all);
}

async function ofOwn(context: CommandContext) {
  const own = await ownAssignments(context, 'inspector', 'leader');
  return caseTimesOf(
    context.run,
    own.map(({ id }) => id),
  );
}
