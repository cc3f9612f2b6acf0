import type { Line } from '../flow/say.ts';
import { allowedTo, type Part, parts, partsOf } from '../roles.ts';
import { type Command, type CommandContext, isForAnyone } from './command.ts';

/**
 * 帮助: what this person can say here, by the parts they play; what everybody can say comes last.
 * @param all every command, help included, so that it is asked for only when somebody wants help
 */
export const helpOn = (all: () => Command[]): Command => ({
  name: 'help',
  words: { 'zh-CN': ['帮助', '说明', '？'], en: ['help', '?'] },
  takes: null,
  bare: false,
  help: 'commands:help.line',
  run: async (context) => {
    const lines: Line[] = [{ key: 'commands:help.title' }];
    const commands = all();
    const told = new Set<Command>();
    const own = new Set(context.roles.flatMap((held) => partsOf(held, context.campaign?.id ?? null)));
    for (const part of parts.filter((one) => own.has(one))) lines.push(...groupLines(commands, part, told));
    const rest = commands.filter(isForAnyone);
    if (told.size > 0) lines.push({ key: 'commands:help.anyone' });
    context.reply(...lines, ...rest.map(({ help: key }) => ({ key })), ...nextLine(context));
  },
});

function groupLines(commands: Command[], part: Part, told: Set<Command>): Line[] {
  const own = commands.filter((one) => isOf(one, part) && !told.has(one));
  if (own.length === 0) return [];
  for (const one of own) told.add(one);
  return [{ key: `commands:help.${part}` }, ...own.map(({ help: key }) => ({ key }))];
}

function isOf({ name }: Command, part: Part): boolean {
  const allowed = allowedTo(name);
  return allowed !== 'anyone' && allowed.includes(part);
}

/** Who has a checklist open is told the words for it too. */
function nextLine({ turn }: CommandContext): Line[] {
  return turn.sessions.length === 0 ? [] : [{ key: 'commands:help.session' }];
}
