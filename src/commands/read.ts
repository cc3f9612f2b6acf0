import type { InboxBody } from '../store/turns.ts';
import type { Command } from './command.ts';
import { commands } from './registry.ts';

/** A command as typed. `command` is null when `/duban` was followed by a word that we don't know. */
export interface TypedCommand {
  command: Command | null;
  word: string;
  rest: string;
}

const longestCommand = 4000;

/**
 * The command in a message, if it is one: `/duban …` always is; otherwise the whole message must be the command's word,
 * with something behind it only where the command takes something.
 */
export function readCommand(body: Pick<InboxBody, 'kind' | 'text' | 'slash' | 'press'>): TypedCommand | null {
  if (body.press !== undefined) return readPress(body.press);
  if (body.slash) return readSlash(body.text);
  if (body.text.length > longestCommand || body.text === '') return null;
  const text = plain(body.text);
  for (const { command, word, pattern } of patterns) {
    const match = pattern.exec(text);
    if (match) return { command, word, rest: (match[1] ?? '').trim() };
  }
  return null;
}

/** Messages may carry buttons that give a command: their target is `command:<name>`, the option its argument. */
function readPress(press: NonNullable<InboxBody['press']>): TypedCommand | null {
  if (!press.target.startsWith('command:')) return null;
  const name = press.target.slice('command:'.length);
  return { command: commands.find((one) => one.name === name) ?? null, word: name, rest: press.options.join(' ') };
}

function readSlash(text: string): TypedCommand {
  const trimmed = plain(text);
  if (trimmed === '') return { command: commands.find((one) => one.name === 'help') ?? null, word: 'help', rest: '' };
  const found = slashes.flatMap(({ command, word, pattern }) => {
    const match = pattern.exec(trimmed);
    return match ? [{ command, word, rest: (match[1] ?? '').trim() }] : [];
  });
  const [word = ''] = trimmed.split(/[\s:：，,]/u, 1);
  return found[0] ?? { command: null, word, rest: trimmed.slice(word.length).trim() };
}

/** Full-width letters and digits as half-width, a closing full stop dropped, blanks trimmed. */
function plain(text: string): string {
  return text
    .replace(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000]+$/u, '')
    .replace(/^[\s\u3000]+/u, '')
    .replace(/[。.!~～]$/u, '');
}

interface Pattern {
  command: Command;
  word: string;
  pattern: RegExp;
}

const patterns = build(false);
const slashes = build(true);

function build(slash: boolean): Pattern[] {
  return commands
    .flatMap((command) => {
      const words = [...command.words['zh-CN'], ...command.words.en, ...(slash ? [command.name] : [])];
      return words.map((word) => ({ command, word, pattern: patternOf(command, word, slash) }));
    })
    .sort((one, other) => other.word.length - one.word.length);
}

function patternOf(command: Command, word: string, slash: boolean): RegExp {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[\\s-]*');
  // Chinese words need no blank before what follows: 绑定ABC234.
  const gap = /^[\x20-\x7e]+$/.test(word) ? '[\\s:：,，]+' : '[\\s:：,，]*';
  if (slash) return new RegExp(`^${escaped}(?:${gap}([\\s\\S]+))?$`, 'iu');
  if (command.takes === null) return new RegExp(`^${escaped}$`, 'iu');
  return new RegExp(`^${escaped}(?:${gap}(${command.takes.source}))?$`, 'iu');
}
