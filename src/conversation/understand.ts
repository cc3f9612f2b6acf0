import {
  type Command,
  type CommandContext,
  hasRole,
  isAllowed,
  isForAnyone,
  wordOf,
} from '../commands/command.ts';
import { finding } from '../commands/finding.ts';
import { reasonGiven } from '../commands/import.ts';
import { interview } from '../commands/interview.ts';
import { isAboutNoted } from '../commands/interview-words.ts';
import { nearestCommands } from '../commands/nearest.ts';
import { isAlsoAnswer, named, readCommand, type TypedCommand } from '../commands/read.ts';
import { readControl } from '../flow/control.ts';
import { readLevelTold } from '../flow/level-told.ts';
import type { Param, Say } from '../flow/say.ts';
import type { Language } from '../flow/text.ts';
import { holdsReceipt } from '../short-code.ts';
import { type CommandForm, commandFormOf } from '../store/command-forms.ts';
import type { Transaction } from '../store/database.ts';
import { openSessionsOf } from '../store/forms.ts';
import { isDraftAsked } from '../store/interview-drafts.ts';
import type { WaitingTurn } from '../store/turns.ts';
import type { OutboxRow, Run, Writes } from '../store/writes.ts';
import { beginForm, type FormHeard, hearForm, leaveForm, tellExpired } from './ask-fields.ts';
import { choiceAsked, confirmationAsked, isQuiet, missedChoice, refuseAsked } from './asked.ts';
import { befriend } from './befriend.ts';
import { releaseHeld } from './circumstances.ts';
import { commandIn } from './command-context.ts';
import { noteCommand, placeCommand } from './command-event.ts';
import { converse, stillOpen } from './converse.ts';
import { isAgreement, isRefusal } from './courtesies.ts';
import { asksFreely } from './free-question.ts';
import { isDeed, keepLastDeed } from './last-deed.ts';
import { nameCampaign } from './name-campaign.ts';
import { replyRow } from './outcome.ts';
import { refusal } from './refusal.ts';
import { hasRoster, sentRoster } from './sent-roster.ts';
import { takeUp } from './take-up.ts';
import type { TurnOptions } from './turn.ts';

export type Understanding = TurnOptions & {
  run: Run;
  transaction: Transaction;
  turn: WaitingTurn;
  at: string;
  writes: Writes;
};

/**
 * Makes sense of one message: a command, an answer, or neither. A room hears an answer only when it spoke to the bot,
 * or when the words are a command of the campaign that the room belongs to; all other talk is left alone.
 */
export async function understand(given: Understanding): Promise<void> {
  const { turn, writes, run, at } = given;
  learnAboutPerson(turn, writes);
  const released = turn.room === null ? await releaseHeld(run, turn.contact.id, turn.urn, at) : 0;
  const { typed, context } = await commandIn(given, readCommand(turn.body) ?? (await aboutNoted(given)));
  const asked = turn.asked ? await commandFormOf(run, turn.contact.id, turn.urn, at) : null;
  if (hasRoster(turn)) {
    const sent = await sentRoster(context, typed);
    if (sent !== null && asked !== null) await isLeft(context, asked, sent);
    if (sent !== null && (await obey(context, sent))) return finish(given);
  }
  const isFree = await asksFreely(given.library, turn);
  const overtakes = typed !== null && isFree && isOwnWord(context, typed);
  const isFirst = typed !== null && (overtakes || !comesAfterAnswers(context, typed));
  const form = asked === null || (await isLeft(context, asked, isFirst ? typed : null)) ? null : asked;
  // Whichever spoke last is answered; the other is not given what that one does not take, but for a form that waits.
  const formFirst = form !== null && (!form.overtaken || isQuiet(turn));
  if (formFirst && (await give(given, context, form))) return finish(given);
  if (isFirst && (await obey(context, typed))) {
    if (overtakes) await askStill(context, typed);
    return finish(given);
  }
  const picksFirst = typed === null && (isFree || isQuiet(turn));
  if (picksFirst && (await pick(context))) return finish(given);
  if (await converse(given)) return;
  if (form !== null && !formFirst && (await give(given, context, form))) return finish(given);
  if (typed === null && !picksFirst && (await pick(context))) return finish(given);
  if (!isFirst && typed !== null && (await obey(context, typed))) return finish(given);
  if (await takeUp(given)) return;
  if (typed === null && (await ratesAloud(given))) return;
  const reason = typed === null ? await reasonGiven(context) : null;
  if (reason !== null && (await obey(context, reason))) return finish(given);
  if (typed === null && ((await agree(context)) || (await decline(context)))) return finish(given);
  const loose = typed === null ? looseFinding(context) : null;
  if (loose !== null && (await obey(context, loose))) return finish(given);
  if (turn.body.press !== undefined && typed === null) notTheirs(given);
  else if (asked?.expired === true && typed === null) tellExpired(context, asked);
  // Who was asked to write anything at all, and did, has their answer.
  else if (turn.body.addressed && typed === null && released === 0) {
    const choices = await missedChoice(run, turn, at);
    if (choices === null) await befriend(context);
    else context.reply({ key: 'conversation:choice.range', params: { max: choices } });
  }
  return finish(given);
}

/**
 * Whether the fields that a command asks for are no longer asked: they waited too long, another command was given, or the person
 * goes on with a questionnaire. What was given so far is dropped, and they are told.
 */
async function isLeft(
  context: CommandContext,
  asked: CommandForm,
  typed: TypedCommand | null,
): Promise<boolean> {
  const { turn } = context;
  const { press, kind, text } = turn.body;
  const goesOn =
    turn.sessions.length > 0 &&
    (press === undefined
      ? kind === 'text' && readControl(text, true)?.kind === 'resume'
      : press.target.startsWith('session:'));
  if (!asked.expired && typed === null && !goesOn) return false;
  const begunAnew = typed?.rest === '' && typed.command?.name === asked.command;
  // Whoever has given nothing yet has nothing to hear about.
  const isSilent = asked.expired || begunAnew || Object.keys(asked.values).length === 0;
  await leaveForm(context, asked, isSilent ? null : 'forms:left-for');
  return true;
}

/** Lets a command's form hear the message; what is complete is obeyed as if it had been typed. */
async function give({ library, turn, writes }: Understanding, context: CommandContext, form: CommandForm) {
  const heard: FormHeard = await hearForm(context, form);
  if (heard.kind !== 'given') return heard.kind === 'taken';
  const from = writes.outbox.length;
  const noted = writes.audit.length;
  await obey(context, heard.typed);
  const isOwn = ({ contactId, address }: OutboxRow) => contactId === turn.contact.id && address === turn.urn;
  const said = writes.outbox.slice(from);
  const own = said.filter(isOwn);
  const { field } = context.misread;
  if (field !== null) {
    // What was wrong with it stands above the question.
    writes.outbox.splice(from, said.length, ...said.filter((row) => !isOwn(row)));
    await heard.again(
      field,
      own.flatMap(({ say }) => say.lines),
    );
    return true;
  }
  const { word, rest } = heard.typed;
  const asksOn = own.some(({ say }) => say.ask !== undefined);
  if (asksOn || isDeed(context, { outbox: from, audit: noted }))
    own[0]?.say.lines.unshift({ key: 'forms:given', params: { words: `${word} ${rest}` } });
  own.at(-1)?.say.lines.push(...(await stillOpen(library, turn.sessions)));
  return true;
}

/** `确认` and `第2条 不满意` while interviews wait to be confirmed here, and no questionnaire has asked anything since. */
async function aboutNoted({ turn, run, at }: Understanding): Promise<TypedCommand | null> {
  const { body, room, urn, contact } = turn;
  if (body.kind !== 'text' || body.slash || !isAboutNoted(body.text)) return null;
  const place = { contactId: contact.id, room: room ?? '' };
  if (!(await isDraftAsked(run, place, room ?? urn, at))) return null;
  return { command: interview, word: interview.name, rest: body.text.trim() };
}

/** An answer to a rating, said in a room: it belongs into the private chat, and what was said here is not kept. */
async function ratesAloud({ turn, run, library, at, writes }: Understanding): Promise<boolean> {
  const { room, urn, contact, body } = turn;
  if (room === null || body.kind !== 'text' || body.text.length > ratingMax) return false;
  if (!body.addressed && readLevelTold(body.text)?.kind !== 'level') return false;
  const own = (await openSessionsOf(run, contact.id)).filter((one) => one.room === '');
  const flows = await Promise.all(own.map(({ flowId, flowVersion }) => library.flow(flowId, flowVersion)));
  if (!flows.some(({ anonymous }) => anonymous)) return false;
  const say: Say = { lines: [{ key: 'ratings:aloud' }] };
  writes.outbox.push(replyRow(say, { urn, room, only: body.slash }, contact, at));
  writes.handled.push({ seq: turn.seq, forget: true });
  return true;
}

/** Longer words are talk (UTF-16 units). */
const ratingMax = 40;

/** An option of a question that is over, or was asked of somebody else: a matter between us and whoever tapped it. */
function notTheirs({ turn, writes, at }: Understanding): void {
  const say: Say = { lines: [{ key: 'conversation:press.gone' }] };
  writes.outbox.push(replyRow(say, { urn: turn.urn, room: turn.room, only: true }, turn.contact, at));
}

/** `发现问题窗口没有叫号` without a blank: in a room that may be talk, an inspector in private means the command. */
function looseFinding(context: CommandContext): TypedCommand | null {
  const { body, room } = context.turn;
  if (room !== null || body.kind !== 'text' || !hasRole(context, 'inspector')) return null;
  const said = /^\s*((?:发现|登记)问题)[，,、；;\s]*(\S[\s\S]*)$/u.exec(body.text);
  return said === null ? null : { command: finding, word: said[1] ?? '', rest: (said[2] ?? '').trim() };
}

/** A number alone is the choice that a command printed it before, unless a form is listening. */
async function pick(context: CommandContext): Promise<boolean> {
  const { turn, run, at } = context;
  const press = await choiceAsked(run, turn, at);
  if (press === null) return false;
  const typed = readCommand({ ...turn.body, press });
  return (
    typed !== null &&
    obey({ ...context, turn: { ...turn, body: { ...turn.body, press, addressed: true } } }, typed)
  );
}

/** Yes to what a command asked is the option that confirms it. */
async function agree(context: CommandContext): Promise<boolean> {
  const { turn, run, at } = context;
  if (!turn.body.addressed || turn.body.kind !== 'text' || !isAgreement(turn.body.text)) return false;
  const press = await confirmationAsked(run, turn, at);
  const typed = press === null ? null : readCommand({ ...turn.body, press });
  return typed !== null && obey(context, typed);
}

/** No to what a command asked is the option that calls it off; where there is none, that nothing was done is said. */
async function decline(context: CommandContext): Promise<boolean> {
  const { turn, run, at } = context;
  if (!turn.body.addressed || turn.body.kind !== 'text' || !isRefusal(turn.body.text)) return false;
  const refused = await refuseAsked(run, turn, at);
  if (refused === null) return false;
  const typed = refused.press === null ? null : readCommand({ ...turn.body, press: refused.press });
  if (typed !== null) return obey(context, typed);
  const command = named(refused.command);
  const word = command === null ? refused.command : wordOf(command);
  context.replyPrivately({ lines: [{ key: 'desk:declined', params: { word } }] });
  return true;
}

/** A command may have said by itself what is kept of the message. */
function finish({ turn, writes }: Understanding): void {
  if (writes.handled.some(({ seq }) => seq === turn.seq)) return;
  // A receipt that came with the wrong word, too, must not be found next to an address.
  writes.handled.push({ seq: turn.seq, forget: holdsReceipt(turn.body.text) });
}

/**
 * What may be meant as an answer: a command's word alone that also is one, and a command that is not this person's to give,
 * unless it came with a problem's number (销号 3), which is no answer to anything.
 */
function comesAfterAnswers(context: CommandContext, typed: TypedCommand): boolean {
  const { body } = context.turn;
  const { command, rest } = typed;
  if (command === null || body.slash || body.press !== undefined) return false;
  if (isAlsoAnswer(typed, body)) return true;
  return !isAllowed(context, command) && !(command.takes === 'numbered' && rest !== '');
}

/**
 * The word alone of a command of theirs, said to a question that takes any words: nobody's answer. Where an option bears the
 * word, the question does not take any words, and comes first.
 */
function isOwnWord(context: CommandContext, typed: TypedCommand): boolean {
  const { turn, room } = context;
  if (typed.command === null || !isAlsoAnswer(typed, turn.body)) return false;
  return room === null && isAllowed(context, typed.command);
}

/** The question that a command's word was said to still waits, and how the word itself is answered. */
async function askStill({ library, turn, reply }: CommandContext, { word }: TypedCommand): Promise<void> {
  const [head] = turn.sessions;
  if (head === undefined) return;
  const { title } = await library.flow(head.flowId, head.flowVersion);
  reply({ key: 'conversation:still-asking', params: { title, word } });
}

/** @returns false when the words were not meant for us after all */
async function obey(context: CommandContext, { command, word, rest }: TypedCommand): Promise<boolean> {
  const { turn, writes } = context;
  if (command === null) {
    const near = nearestCommands(context, word, languageOf(turn));
    const candidates: Param =
      near.length === 0
        ? ''
        : { key: 'conversation:unknown.nearest', params: { candidates: { list: near } } };
    context.reply({ key: 'conversation:unknown', params: { word: word.slice(0, 40), candidates } });
    return true;
  }
  const allowed = isAllowed(context, command);
  // In a room the words are also said to others, by those above all whom the command does not concern.
  if (!turn.body.addressed && !(allowed && isOurRoom(context, command))) return false;
  const elsewhere = isForOtherEyes(context, command);
  const event = noteCommand(context, command, rest, allowed && !elsewhere);
  if (!allowed) context.reply(refusal(context, command));
  else if (elsewhere) context.reply({ key: 'conversation:refused.hall', params: { word: wordOf(command) } });
  else {
    const before = writes.outbox.length;
    const noted = writes.audit.length;
    if (rest !== '' || turn.body.press !== undefined || !(await beginForm(context, command)))
      await command.run(context, rest);
    if (event !== null) await placeCommand(context, event, rest, noted);
    await keepLastDeed(context, command, { outbox: before, audit: noted });
    if (command.ofCampaign === true) await nameCampaign(context, command, before);
  }
  return true;
}

/** The hall is where citizens read along: what inspectors do belongs elsewhere. Tying the room anew is for the room. */
function isForOtherEyes({ room, turn }: CommandContext, command: Command): boolean {
  return room?.purpose === 'hall' && !turn.body.slash && !isForAnyone(command) && command.name !== 'room';
}

/** Bare words work in a campaign's room, for people of the campaign and for what everyone may do. */
function isOurRoom(context: CommandContext, command: Command): boolean {
  if (command.bare === 'everywhere') return true;
  if (!command.bare || context.room === null || context.room.campaignId === null) return false;
  if (context.room.purpose === 'hall' && !isForAnyone(command)) return false;
  return context.roles.length > 0 || isForAnyone(command);
}

/** The first words of a person decide the language, until they choose one; where they write in private, they are written to. */
export function learnAboutPerson(turn: WaitingTurn, writes: Writes): void {
  const { contact, body, room, urn } = turn;
  const known: Writes['contacts'][number] = { id: contact.id };
  if (contact.language === null && body.text !== '') {
    const guess = guessLanguage(body.text);
    if (guess !== null) {
      known.language = guess;
      contact.language = guess;
    }
  }
  if (room === null && contact.address !== urn) known.address = urn;
  if (known.language !== undefined || known.address !== undefined) writes.contacts.push(known);
}

/** What people who write Chinese say in Latin letters too: it tells nothing. */
const anybodys = /\b(?:ok|okay|hi|hello|hey|yes|no|bye|thx|thanks|thank you|vip|app|id|qq|wifi)\b/giu;

/** Receipts and codes are in no language. */
const codes = /\b(?=[a-z0-9-–]*\d)[a-z0-9]{4,5}(?:[-–][a-z0-9]{4,5}){1,2}(?=\s|$)/giu;

function guessLanguage(text: string): Language | null {
  if (/[\u3400-\u9fff]/u.test(text)) return 'zh-CN';
  return /[a-z]{2}/i.test(text.replace(codes, '').replace(anybodys, '')) ? 'en' : null;
}

function languageOf(turn: WaitingTurn): Language {
  return turn.contact.language ?? 'zh-CN';
}
