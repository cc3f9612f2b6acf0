import { allowedTo, type CommandName } from '../roles.ts';
import { isReceipt } from '../short-code.ts';
import type { InboxBody } from '../store/turns.ts';
import type { Command } from './command.ts';
import { commands } from './registry.ts';

/** A command as typed. `command` is null when `/duban` was followed by a word that we don't know. */
export interface TypedCommand {
  command: Command | null;
  word: string;
  rest: string;
  /** What stood behind the words of a command that takes nothing of the kind: the code of a campaign, if there is such a one. */
  code?: string;
  /** What stood behind a word that takes names of units: a name that only the campaign can tell from talk. */
  unit?: string;
}

/** Twelve letters in groups, however they are set apart. */
const receiptShape = '(?:[a-z0-9]{4}[-–\\s]?){2}[a-z0-9]{4}(?![a-z0-9])';

/** Longer messages are no commands, but for those that take a person's own sentence (UTF-16 units). */
const longestCommand = 200;
/** Behind `/duban` nothing is talk: what a dialog was filled in with is longer. */
const longestSlash = 1_000;

/**
 * The command in a message, if it is one: `/duban …` always is; otherwise the whole message must be the command's word,
 * with something behind it only where the command takes something. Said to us, `duban status` is `/duban status`.
 */
export function readCommand(
  body: Pick<InboxBody, 'kind' | 'text' | 'slash' | 'press'> & { addressed?: boolean },
): TypedCommand | null {
  if (body.press !== undefined) return readPress(body.press);
  if (body.slash) return numberMeant(readSlash(body.text));
  const { text } = body;
  return readSaid(text) ?? readCalled(body) ?? readReceipt(body);
}

function readSaid(text: string): TypedCommand | null {
  return readWith(patterns, text) ?? readWithCode(text) ?? readNumbered(text) ?? readWithUnit(text);
}

/** `状态 海盐`: words behind a command that takes units, if one goes by them: "进展 顺利" is an answer. */
function readWithUnit(text: string): TypedCommand | null {
  const [, words = '', unit = ''] = /^\s*([^\s:：,，]+)[\s:：,，]+(\S.{0,60})$/u.exec(plain(text)) ?? [];
  const found = words === '' ? null : readWith(patterns, words);
  return found?.command?.namesUnit === true && found.rest === '' ? { ...found, unit } : null;
}

/** How we are called, before a command. */
const called = /^\s*(?:duban|ｄｕｂａｎ|督办)[\s:：,，]+(?=\S)/iu;

/** Behind our name in Latin letters nothing is talk; 督办 is also a word of theirs, so there the usual rules hold. */
function readCalled({ text, addressed }: { text: string; addressed?: boolean }): TypedCommand | null {
  const name = addressed === true ? called.exec(text)?.[0] : undefined;
  if (name === undefined) return null;
  const own = text.slice(name.length);
  if (name.includes('督办')) return readSaid(own);
  return readWith(patterns, own) ?? numberMeant(readWith(slashes, own));
}

/** `finding 12` shows the problem of that number: a number alone describes none. */
function numberMeant(typed: TypedCommand | null): TypedCommand | null {
  if (typed?.command?.name !== 'finding') return typed;
  return readNumbered(`finding ${typed.rest}`) ?? typed;
}

function readNumbered(text: string): TypedCommand | null {
  const number = /^\s*(?:finding|problem)\s+(#?\s*\d{1,9})\s*\??$/iu.exec(plain(text))?.[1];
  return number === undefined ? null : { command: named('show'), word: 'show', rest: number };
}

/** A receipt and nothing else: whoever sends it wants to know what became of their rating. */
function readReceipt({ kind, text }: Pick<InboxBody, 'kind' | 'text'>): TypedCommand | null {
  const said = text.trim().replace(/[。.]$/, '');
  const isOne = kind === 'text' && receiptAlone.test(said) && isReceipt(said);
  return isOne ? { command: named('receipt'), word: 'receipt', rest: said } : null;
}

/** In groups, or in one word that is no number: a phone's digits are none. */
const receiptAlone = /^(?:[a-z0-9]{4}[-–\s][a-z0-9]{4}[-–\s][a-z0-9]{4}|(?=.*[a-z])[a-z0-9]{12})$/iu;

/** `状态 jiaxing-2014`: the code of a campaign behind a command of one, if there is such a campaign: "status quo" is talk. */
function readWithCode(text: string): TypedCommand | null {
  const [, words = '', code = ''] = /^\s*(\S.*?)\s+([a-z0-9]+(?:-[a-z0-9]+)*)\s*$/iu.exec(plain(text)) ?? [];
  const found = words === '' || words.length > longestCommand ? null : readWith(patterns, words);
  if (found?.command?.ofCampaign !== true || isSentence(found.command)) return null;
  return { ...found, code: code.toLowerCase() };
}

/** Messages may carry buttons that give a command: their target is `command:<name>`, the option its argument. */
function readPress(press: NonNullable<InboxBody['press']>): TypedCommand | null {
  if (!press.target.startsWith('command:')) return null;
  const name = press.target.slice('command:'.length);
  return { command: named(name), word: name, rest: press.options.join(' ') };
}

function readSlash(text: string): TypedCommand {
  const typed = plain(text);
  if (typed === '') return { command: named('help'), word: 'help', rest: '' };
  const found = readWith(slashes, text);
  if (found !== null) return found;
  const [word = ''] = typed.split(/[\s:，,]/u, 1);
  return { command: null, word, rest: typed.slice(word.length).trim() };
}

/** The command of that name. */
export function named(name: string): Command | null {
  return commands.find((one) => one.name === name) ?? null;
}

interface Pattern {
  command: Command;
  word: string;
  pattern: RegExp;
}

/** Patterns by the letter they begin with, the longest word first: every message goes through here. */
type Patterns = Map<string, Pattern[]>;

const patterns = build(false);
const slashes = build(true);

function readWith(known: Patterns, text: string): TypedCommand | null {
  const lead = text.length - text.trimStart().length;
  const own = known.get(plain(text.slice(lead, lead + 1)).toLowerCase());
  if (own === undefined) return null;
  const typed = plain(text);
  for (const { command, word, pattern } of own) {
    if (typed.length > (known === slashes ? longestSlash : longestCommand) && !isSentence(command)) continue;
    const match = pattern.exec(typed);
    if (match === null) continue;
    const rest = match[1] ?? '';
    // What is somebody's own sentence is kept as typed; all letters keep their places in `plain`.
    const from = lead + typed.length - rest.length;
    return {
      command,
      word,
      rest: (isSentence(command) && rest !== '' ? text.slice(from) : rest).trim(),
    };
  }
  return null;
}

/** Whether what stands behind the word is a person's own sentence. */
function isSentence({ takes }: Command): boolean {
  return takes === 'words' || takes === 'numbered' || takes === 'receipt';
}

/**
 * Whether an open question comes before a command: its word was said alone, and may be the answer. Not where the word alone is
 * how those who coordinate begin to give it.
 */
export function isAlsoAnswer(
  { command, rest }: TypedCommand,
  { slash, press }: Pick<InboxBody, 'slash' | 'press'>,
): boolean {
  if (command?.takes !== 'numbered' || rest !== '' || slash || press !== undefined) return false;
  return command.form === undefined || !isForCoordinators(command.name);
}

function isForCoordinators(name: CommandName): boolean {
  const allowed = allowedTo(name);
  return allowed !== 'anyone' && allowed.every((part) => part === 'coordinator' || part === 'activity');
}

/** Full-width letters and digits as half-width, the closing full stops dropped, blanks trimmed. */
function plain(text: string): string {
  return text
    .trim()
    .replace(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/(?<=[^。.!~\s])[。.!~\s]+$/u, '');
}

function build(slash: boolean): Patterns {
  const all = commands
    .flatMap((command) => {
      const words = [...command.words['zh-CN'], ...command.words.en, ...(slash ? [command.name] : [])];
      return [...new Set(words.map(plain))].map((word) => ({
        command,
        word,
        pattern: patternOf(command, word, slash),
      }));
    })
    .sort((one, other) => other.word.length - one.word.length);
  const byLetter: Patterns = new Map();
  for (const pattern of all) {
    const letter = pattern.word.slice(0, 1).toLowerCase();
    byLetter.set(letter, [...(byLetter.get(letter) ?? []), pattern]);
  }
  return byLetter;
}

function patternOf({ takes, ofCampaign }: Command, word: string, slash: boolean): RegExp {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[\\s-]*');
  const latin = /^[\x20-\x7e]+$/.test(word);
  // Chinese words need no blank before what follows: 绑定ABC346.
  const gap = latin ? '[\\s:,，]+' : '[\\s:,，]*';
  if (slash && (takes === 'words' || takes === 'numbered' || takes === 'receipt'))
    return new RegExp(`^${escaped}(?:${gap}([\\s\\S]+))?$`, 'iu');
  if (slash) return new RegExp(`^${escaped}(?:${gap}([\\s\\S]+?))?\\s*\\??$`, 'iu');
  // "状态？" asks for the same; "收到？" is a question to somebody else.
  if (takes === null) return new RegExp(`^${escaped}\\s*\\??$`, 'iu');
  // "发现问题要及时整改" and "problem is, it's closed" are talk; "发现问题 …" and "problem: …" are not.
  const apart = latin ? '\\s*[:\\n]' : '[\\s:]';
  if (takes === 'words') return new RegExp(`^${escaped}(?:${apart}\\s*([\\s\\S]+))?$`, 'iu');
  // "call me ACFH-3467-KMNP", and "call me: …"; but "call me later" is talk.
  if (takes === 'receipt')
    return new RegExp(`^${escaped}(?:(?:${apart}\\s*|${gap}(?=${receiptShape}))([\\s\\S]+))?$`, 'iu');
  // "核实 12", "退回12号，照片不清楚"; but "核实3号楼的情况" and "整改3处" are talk.
  if (takes === 'numbered')
    return new RegExp(
      `^${escaped}(?:${gap}(#?\\d{1,9}\\s*(?:号(?:问题)?)?(?:[\\s:,，、;；]+[\\s\\S]+)?))?$`,
      'iu',
    );
  const asked = ofCampaign === true ? '\\s*\\??' : '';
  return new RegExp(`^${escaped}(?:${gap}(${takes.source}))?${asked}$`, 'iu');
}
