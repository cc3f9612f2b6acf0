import type { Command } from './command.ts';
import { addNoted, callOff, confirmNoted, correctNoted } from './interview-draft.ts';
import { interviewIn } from './interview-survey.ts';
import { readSaid } from './interview-words.ts';
import { openTask } from './open-task.ts';

/**
 * 访谈: what citizens said who were asked at random on the spot, as ratings with their own source mark (JX-3.2 item 7; 现场访谈 of
 * JX-4.5). Whatever was told, one level or many lines (`满意 窗口3 等20分钟 无`), is shown as it was read and kept once it is confirmed. The messages are not kept, as they hold citizens' words; of the citizens nothing is asked.
 */
export const interview: Command = {
  name: 'interview',
  words: { 'zh-CN': ['访谈', '访问群众'], en: ['interview'] },
  takes: 'words',
  bare: true,
  help: 'modes:interview.line',
  run: async (context, rest) => {
    context.writes.handled.push({
      seq: context.turn.seq,
      forget: true,
      files: context.turn.attachments.length > 0,
    });
    const said = readSaid(rest);
    switch (said.do) {
      case 'nothing':
        return context.reply({ key: 'modes:interview.how' });
      case 'confirm':
        return confirmNoted(context, said.draft);
      case 'cancel':
        return callOff(context, said.draft);
      case 'correct':
        return correctNoted(context, said);
      case 'lines': {
        const task = await openTask(context, said.number, {
          none: 'modes:interview.no-task',
          which: 'modes:interview.which',
        });
        if (task === null) return;
        const survey = await interviewIn(context, task.campaignId);
        if ('key' in survey) return context.reply(survey);
        return addNoted(context, task, survey, said.lines);
      }
    }
  },
};
