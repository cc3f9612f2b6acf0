import { type Command, type CommandContext, wordOf } from '../commands/command.ts';
import type { Line } from '../flow/say.ts';
import { allowedTo, type Part, partsOf } from '../roles.ts';
import { courtesyLine } from './courtesies.ts';

/**
 * What somebody else's command is answered with: courtesy with courtesy, and whose it is and what to do to those who have a
 * part.
 */
export function refusal({ roles, turn, campaign }: CommandContext, command: Command): Line {
  const word = wordOf(command);
  if (roles.length === 0) return { key: 'conversation:refused', params: { word } };
  const courtesy = courtesyLine(turn.body.text);
  if (courtesy !== null) return courtesy;
  const allowed = allowedTo(command.name);
  const may: readonly Part[] = allowed === 'anyone' ? [] : allowed;
  const own = roles.flatMap((held) => partsOf(held, campaign?.id ?? null));
  if (own.includes('activity') && may.includes('coordinator'))
    return { key: 'conversation:refused.activity', params: { word } };
  // Who coordinates one mode is a coordinator to those who are none.
  const told = may.filter((part) => part !== 'activity' || !may.includes('coordinator'));
  const list = told.map((part) => ({ key: `commands:role.${part}` }) as const);
  return { key: 'conversation:refused.role', params: { word, roles: { list } } };
}
