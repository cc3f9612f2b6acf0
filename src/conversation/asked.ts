import { readNumeral } from '../flow/reading/numeral.ts';
import type { Ask } from '../flow/say.ts';
import type { InboxBody, WaitingTurn } from '../store/turns.ts';
import type { Run } from '../store/writes.ts';

/** How long words still answer what a command asked, ms. */
const freshMs = 10 * 60_000;
/** How long a command that confirms by its own words still means what was shown, ms. */
const shownMs = 24 * 60 * 60_000;
/** Longer words are no number and no code (UTF-16 units). */
const wordMax = 60;

type Press = NonNullable<InboxBody['press']>;
type Asking = Pick<WaitingTurn, 'contact' | 'urn' | 'room'>;

/**
 * What a person would have tapped who says yes to what a command asked them last in this place: the option that confirms.
 * Null when nothing was asked lately, or nothing that yes is an answer to.
 */
export async function confirmationAsked(run: Run, turn: Asking, at: string): Promise<Press | null> {
  const asked = await lastAsked(run, turn, before(at, freshMs), null);
  return asked === null ? null : confirming(asked.ask);
}

/**
 * What somebody refuses who says no to what a command asked them to confirm last in this place: the command, and what they would
 * have tapped where there is an option for it. From now on a yes in words confirms nothing. Null as in {@link confirmationAsked}.
 * @param command whose question alone is meant, where the words name it
 */
export async function refuseAsked(
  run: Run,
  turn: Asking,
  at: string,
  command: string | null = null,
): Promise<{ command: string; press: Press | null } | null> {
  const asked = await lastAsked(run, turn, before(at, freshMs), command);
  if (asked === null || confirming(asked.ask) === null) return null;
  const { target, question, options } = asked.ask;
  await run(`UPDATE outbox SET say = jsonb_set(say, '{ask,options}', '[]') WHERE seq = $1::bigint`, [
    asked.seq,
  ]);
  const option = options.find(({ id }) => /(?:^| )(?:cancel|keep)\b/.test(id));
  const press = option === undefined ? null : { target, question, options: [option.id] };
  return { command: target.slice('command:'.length), press };
}

/** What this command showed them last in this place, to be confirmed; for words that name the command, and so need not be fresh. */
export async function confirmationOf(
  run: Run,
  turn: Asking,
  at: string,
  command: string,
): Promise<Press | null> {
  const asked = await lastAsked(run, turn, before(at, shownMs), command);
  return asked === null ? null : confirming(asked.ask);
}

/**
 * What a person would have tapped who types nothing but the number (or the code) that stands before one of the choices a
 * command gave them last in this place. Null when nothing was asked lately, no choice has that number, or a questionnaire
 * asked something since.
 */
export async function choiceAsked(
  run: Run,
  { body, ...turn }: Asking & Pick<WaitingTurn, 'body'>,
  at: string,
): Promise<Press | null> {
  const word = wordOf(body);
  const asked = word === null ? null : await lastAsked(run, turn, before(at, freshMs), null);
  if (word === null || asked === null) return null;
  const { ask, seq } = asked;
  const option = ask.options.find(({ id }, index) =>
    ask.numbered ? word === String(index + 1) : ask.typed === true && word === firstWord(id),
  );
  if (option === undefined || (await isAskedSince(run, turn, seq))) return null;
  return { target: ask.target, question: ask.question, options: [option.id] };
}

/**
 * How many choices a command gave them last in this place, where what they typed is a number and none of the choices bears it; null as in
 * {@link choiceAsked}.
 */
export async function missedChoice(
  run: Run,
  { body, ...turn }: Asking & Pick<WaitingTurn, 'body'>,
  at: string,
): Promise<number | null> {
  const word = wordOf(body);
  if (word === null || !/^\d+$/.test(word)) return null;
  const asked = await lastAsked(run, turn, before(at, freshMs), null);
  if (asked === null || !asked.ask.numbered || asked.ask.options.length < 2) return null;
  return (await isAskedSince(run, turn, asked.seq)) ? null : asked.ask.options.length;
}

/** Whether no form is waiting for an answer in this place. */
export function isQuiet({ sessions }: Pick<WaitingTurn, 'sessions'>): boolean {
  return sessions.every(({ state }) => state.status === 'paused');
}

/** Whether the words could be one of a command's choices: then it is worth a look whether one was given, before any form hears them. */
export function mayBeChoice({ body }: Pick<WaitingTurn, 'body'>): boolean {
  return wordOf(body) !== null;
}

function wordOf({ kind, text, slash, press }: InboxBody): string | null {
  return kind !== 'text' || slash || press !== undefined ? null : wordTyped(text);
}

/** `7`, `７`, `7号`, `第7项`, `#7`, `七号任务` as 7; `jiaxing-2014` as itself. */
function wordTyped(text: string): string | null {
  const said = text
    .trim()
    .toLowerCase()
    .replace(/[。.!！~～\s]+$/u, '');
  if (said === '' || said.length > wordMax) return null;
  if (/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(said)) return said;
  const [, digits = ''] = /^(?:#|＃|第|选)?\s*(\S{1,9}?)\s*(?:号|项|个)?\s*(?:任务|事项)?$/u.exec(said) ?? [];
  const number = digits === '' ? undefined : readNumeral(digits);
  return number !== undefined && Number.isInteger(number) && number > 0 ? String(number) : null;
}

function firstWord(id: string): string {
  return (id.split(' ', 1)[0] ?? '').toLowerCase();
}

function confirming({ target, question, options }: Pick<Ask, 'target' | 'question' | 'options'>) {
  const option = options.find(({ id }) => /(?:^| )confirm\b/.test(id));
  return option === undefined ? null : { target, question, options: [option.id] };
}

function before(at: string, ms: number): string {
  return new Date(Date.parse(at) - ms).toISOString();
}

/** What a command asked this person last in this place, not before `since`; null for `command` means any. */
async function lastAsked(
  run: Run,
  { contact, urn, room }: Asking,
  since: string,
  command: string | null,
): Promise<{ seq: string; ask: Ask } | null> {
  const [row] = await run<{ seq: string; ask: Ask }>(
    `SELECT seq::text, say -> 'ask' AS ask FROM outbox
     WHERE contact_id = $1::uuid AND address = $2 AND starts_with(say #>> '{ask,target}', 'command:')
       AND created_at >= $3::timestamptz AND ($4::text IS NULL OR say #>> '{ask,target}' = 'command:' || $4)
     ORDER BY outbox.seq DESC LIMIT 1`,
    [contact.id, room ?? urn, since, command],
  );
  return row ?? null;
}

/** Whether a questionnaire spoke to them after that: then a number is its answer. */
async function isAskedSince(run: Run, { contact, urn, room }: Asking, seq: string): Promise<boolean> {
  const rows = await run(
    `SELECT FROM outbox
     WHERE seq > $3::bigint AND contact_id = $1::uuid AND address = $2 AND session_id IS NOT NULL LIMIT 1`,
    [contact.id, room ?? urn, seq],
  );
  return rows.length > 0;
}
