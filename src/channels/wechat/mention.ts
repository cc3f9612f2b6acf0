/** A mention ends in U+2005 when it was picked from the list, in a space or at the end when it was typed. */
const gaps = '\\u2005\\u0020\\u00a0\\u2000-\\u200a\\u3000';

/**
 * A text without the mention of the bot.
 * @param names what the bot is called: its own name and the one it has in this room
 * @param mentioned the puppet's list of the people mentioned, in order, where it gives one
 */
export function takeMention(
  text: string,
  names: readonly string[],
  mentioned: readonly string[],
  self: string,
): { text: string; found: boolean } {
  const named = byName(text, names);
  if (named !== undefined) return { text: named, found: true };
  // "Everybody" is said to people: several puppets then list each member, the bot too.
  if (!mentioned.includes(self) || /[@＠](所有人|全体成员|all)(?![\p{L}\p{N}])/iu.test(text))
    return { text, found: false };
  return { text: byPosition(text, mentioned, self), found: true };
}

function byName(text: string, names: readonly string[]): string | undefined {
  const known = names.filter((name) => name.trim() !== '').sort((a, b) => b.length - a.length);
  if (known.length === 0) return undefined;
  const any = known.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const pattern = new RegExp(
    `[@＠](?:${any})(?=[${gaps}\\n\\t,，:：、。！？]|[.!?](?![\\p{L}\\p{N}])|$)[${gaps}]?[,，:：]?`,
    'gu',
  );
  const rest = text.replace(pattern, '');
  return rest === text ? undefined : tidy(rest);
}

/** The bot goes by a name that is not known here; the list says which of the mentions is it. */
function byPosition(text: string, mentioned: readonly string[], self: string): string {
  const marks = [...text.matchAll(/[@＠][^@＠\u2005\n]{1,64}\u2005/gu)];
  const mark = marks.length === mentioned.length ? marks[mentioned.indexOf(self)] : undefined;
  if (mark !== undefined) return tidy(text.slice(0, mark.index) + text.slice(mark.index + mark[0].length));
  if (mentioned.length > 1) return text;
  return tidy(text.replace(new RegExp(`^\\s*[@＠][^${gaps}\\s]{1,64}(?:[${gaps}]|$)`, 'u'), ''));
}

function tidy(text: string): string {
  return text.replace(new RegExp(`^[${gaps}\\s]+|[${gaps}\\s]+$`, 'gu'), '');
}
