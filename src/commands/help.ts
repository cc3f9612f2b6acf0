import { type Command, hasRole } from './command.ts';
import { commands } from './registry.ts';

/** What this person can say here. */
export const help: Command = {
  name: 'help',
  words: { 'zh-CN': ['帮助', '说明', '？'], en: ['help', '?'] },
  takes: null,
  allowed: 'anyone',
  bare: false,
  help: 'commands:help.line',
  run: async (context) => {
    const mine = commands.filter(
      ({ allowed }) => allowed === 'anyone' || allowed.some((role) => hasRole(context, role)),
    );
    context.reply({ key: 'commands:help.title' }, ...mine.map(({ help: key }) => ({ key })));
  },
};
