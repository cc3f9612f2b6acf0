import type { Line } from '../flow/say.ts';
import { type Command, type CommandContext, hasRole, type Role, roles } from './command.ts';

/**
 * 帮助: what this person can say here, by the parts they play; what everybody can say comes last.
 * @param all every command, help included, so that it is asked for only when somebody wants help
 */
export const helpOn = (all: () => Command[]): Command => ({
  name: 'help',
  words: { 'zh-CN': ['帮助', '说明', '？'], en: ['help', '?'] },
  takes: null,
  allowed: 'anyone',
  bare: false,
  help: 'commands:help.line',
  run: async (context) => {
    const lines: Line[] = [{ key: 'commands:help.title' }];
    const commands = all();
    const told = new Set<Command>();
    for (const role of roles.filter((own) => hasRole(context, own)))
      lines.push(...groupLines(commands, role, told));
    const rest = commands.filter(({ allowed }) => allowed === 'anyone');
    if (told.size > 0) lines.push({ key: 'commands:help.anyone' });
    context.reply(...lines, ...rest.map(({ help: key }) => ({ key })), ...nextLine(context));
  },
});

function groupLines(commands: Command[], role: Role, told: Set<Command>): Line[] {
  const own = commands.filter(
    (one) => one.allowed !== 'anyone' && one.allowed.includes(role) && !told.has(one),
  );
  if (own.length === 0) return [];
  for (const one of own) told.add(one);
  return [{ key: `commands:help.${role}` }, ...own.map(({ help: key }) => ({ key }))];
}

/** Who has a checklist open is told the words for it too. */
function nextLine({ turn }: CommandContext): Line[] {
  return turn.sessions.length === 0 ? [] : [{ key: 'commands:help.session' }];
}
