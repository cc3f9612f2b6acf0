import { numberIn } from './choose-assignment.ts';
import type { Command } from './command.ts';
import { endStanding } from './entrusted.ts';
import { matterCalled, needsHead, numberedMatter, ownMatters } from './own-matters.ts';

/** 收回委托: the head does the matter in person after all, or entrusts somebody else. */
export const takeBack: Command = {
  name: 'take-back',
  words: { 'zh-CN': ['收回委托', '取消委托'], en: ['take back'] },
  takes: numberedMatter,
  bare: false,
  help: 'modes:take-back.line',
  run: async (context, rest) => {
    const own = await ownMatters(context, takeBack, rest);
    if (own === null || !needsHead(context, own)) return;
    const number = numberIn(own.rest);
    if (number === null) return context.reply({ key: 'modes:take-back.how' });
    const matter = matterCalled(context, own, number);
    if (matter === null) return;
    const { name } = matter;
    const deputy = await endStanding(context, own, matter);
    if (deputy === null) context.reply({ key: 'modes:take-back.nobody', params: { number, name } });
    else context.reply({ key: 'modes:take-back.done', params: { number, name, deputy } });
  },
};
