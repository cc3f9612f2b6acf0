import { acknowledgeAll } from '../commands/acknowledge.ts';
import type { CommandContext } from '../commands/command.ts';
import { languageNamed, speak } from '../commands/language.ts';
import { commandBegun, nearestCommands } from '../commands/nearest.ts';
import { readControl } from '../flow/control.ts';
import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { courtesyLine, isAssent, isYesOrNo } from './courtesies.ts';
import { kindHint } from './hints.ts';

/** Longer sentences are like no command (UTF-16 units). */
const likeCommandMax = 30;

/** A word of assent to a task that nobody has confirmed yet is its confirmation; the name of a language asks for it. */
export async function befriend(context: CommandContext): Promise<void> {
  const { text } = context.turn.body;
  const wanted = languageNamed(text);
  if (wanted !== null) return speak(context, wanted);
  if (context.room === null && isAssent(text) && (await acknowledgeAll(context))) return;
  const rested = context.turn.sessions.find(({ state }) => state.status === 'paused');
  const title = rested && (await context.library.flow(rested.flowId, rested.flowVersion)).title;
  context.reply(...friendly(context, title));
}

/** Citizens are not sent to what is not theirs. */
function forCitizens(hint: Line): Line {
  const isUnasked = 'key' in hint && hint.key === 'conversation:file.unasked';
  return isUnasked ? { key: 'conversation:file.unasked.citizen' } : hint;
}

/** Not an answer, not a command: one hint for what can't be read, one friendly answer for all else. */
function friendly(context: CommandContext, rested: Text | undefined): Line[] {
  const { turn, roles } = context;
  const { text } = turn.body;
  const hint = kindHint(turn.body.kind, turn.attachments);
  if (hint !== null) return [roles.length > 0 ? hint : forCitizens(hint)];
  const unknown: Line = { key: 'conversation:friendly.unknown' };
  const courtesy = courtesyLine(text);
  if (courtesy !== null) return [roles.length > 0 ? courtesy : unknown];
  if (rested !== undefined) return [{ key: 'conversation:paused', params: { title: rested } }];
  if (readControl(text, true) !== null) return [{ key: 'conversation:nothing-open' }];
  if (roles.length > 0 && isYesOrNo(text)) return [{ key: 'conversation:nothing-asked' }];
  const begun = commandBegun(context, text);
  if (begun !== null) return [{ key: 'conversation:friendly.usage', params: { usage: { key: begun.help } } }];
  const near =
    text.length > likeCommandMax ? [] : nearestCommands(context, text, turn.contact.language ?? 'zh-CN');
  if (near.length > 0)
    return [{ key: 'conversation:friendly.nearest', params: { candidates: { list: near } } }];
  return [roles.length > 0 ? { key: 'conversation:friendly.known' } : unknown];
}
