import {
  aboutCase,
  casePeople,
  lastCaseLine,
  nextLines,
  owes,
  standLine,
  toldOf,
} from '../conversation/case-post.ts';
import { makeCaseMove } from '../conversation/cases.ts';
import { type Notice, noticeRows, tellAt } from '../conversation/ledger-post.ts';
import { replyRow } from '../conversation/outcome.ts';
import type { Line, Option } from '../flow/say.ts';
import { inLanguage, languages, type Text } from '../flow/text.ts';
import type { Again } from '../satisfaction/case/record.ts';
import type { CaseMove } from '../satisfaction/case.ts';
import { sealedContact } from '../store/contacts.ts';
import { type FoundCase, lastCaseEvents, readCases } from '../store/rating-cases.ts';
import type { MeantCase } from './case-meant.ts';
import { type CaseWords, readCaseWords } from './case-words.ts';
import type { CommandContext } from './command.ts';
import { dayAndWords } from './day-and-words.ts';
import { readSecondLook, type SecondLook } from './second-look-words.ts';
import { unitByName } from './unit-called.ts';

/** The longest measure, reply or reason, in letters; what stands in a message beside the rest. */
const wordsMax = 1000;

/** What is said behind the number of a case. */
export async function act(context: CommandContext, meant: MeantCase, said: string): Promise<void> {
  const second = readSecondLook(said);
  if (second !== null) return lookAgain(context, meant, second);
  const words = readCaseWords(said);
  const { number } = meant.found;
  const tell = (...lines: Line[]) => context.replyPrivately({ lines });
  switch (words.do) {
    case 'contact':
      return showContact(context, meant);
    case 'how':
      return tell({ key: `cases:how.${words.of}`, params: { number } });
    case 'doubt':
      return tell({
        key: 'cases:how.call.doubt',
        params: { number, words: [...words.said].slice(0, shownMax).join('') },
      });
    case 'show':
    case 'unknown':
      return tell(
        { key: 'cases:how.words', params: { number } },
        ...nextLines(meant.found, toldOf(meant.found, meant.who)),
      );
    case 'complex': {
      const move = await complexMove(context, meant, words);
      if (move !== null) await moveOrTell(context, meant, move);
      return;
    }
    case 'move':
      await moveOrTell(context, meant, words.move, words.heardAs);
  }
}

/** What a coordinator says to what the unit found or wrote, or to whom a case belongs. */
async function lookAgain(
  context: CommandContext,
  meant: MeantCase,
  { kind, words }: SecondLook,
): Promise<void> {
  const { number, campaignId } = meant.found;
  if (kind !== 'hand') return moveOrTell(context, meant, { kind, words });
  const unit = await unitByName(context, campaignId, words);
  if (unit !== undefined) return handTo(context, meant, unit);
  const name = [...words].slice(0, shownMax).join('');
  context.replyPrivately({ lines: [{ key: 'cases:how.hand', params: { number, name } }] });
}

/** The case as it lies with that unit: whose it is then is looked up anew, to tell them. */
async function handTo(
  context: CommandContext,
  meant: MeantCase,
  { id: unitId, name }: { id: string; name: Text },
): Promise<void> {
  const words = inLanguage(name, context.turn.contact.language ?? languages[0]);
  await moveOrTell(context, meant, { kind: 'hand', unitId, words });
}

/** Letters of somebody's words that are said back. */
const shownMax = 20;

/** 限期 7月15日 情况: without a day it is the last one that the campaign's clock allows. */
async function complexMove(
  context: CommandContext,
  { found }: MeantCase,
  { words }: Extract<CaseWords, { do: 'complex' }>,
): Promise<CaseMove | null> {
  const { zone } = await context.library.campaign(found.campaignId);
  const read = dayAndWords(words, { at: context.at, zone });
  if (read.candidates.length === 0)
    return { kind: 'verify', outcome: 'complex', words: read.words, dueOn: read.day };
  const days = read.candidates.map((date) => ({ date }));
  context.replyPrivately({
    lines: [{ key: 'cases:how.day', params: { number: found.number, days: { list: days } } }],
  });
  return null;
}

async function moveOrTell(
  context: CommandContext,
  meant: MeantCase,
  move: CaseMove,
  heardAs?: Again,
): Promise<void> {
  const { found, who } = meant;
  if ([...move.words].length > wordsMax)
    return context.replyPrivately({ lines: [{ key: 'cases:too-long', params: { max: wordsMax } }] });
  const moved = await makeCaseMove(context, found, move, who);
  if (moved.kind === 'refused') {
    const { zone } = await context.library.campaign(found.campaignId);
    const [last] = await lastCaseEvents(context.run, found.id, 1);
    const isOther = last !== undefined && last.by !== context.turn.contact.id;
    const lines = [moved.sentence, ...(isOther ? lastCaseLine(last, zone) : [])];
    return context.replyPrivately({ lines });
  }
  const after = move.kind === 'hand' ? await asItIs(context, found) : { ...found, record: moved.to };
  context.replyPrivately({
    lines: [
      { key: `cases:done.${move.kind}`, params: aboutCase(after) },
      ...(heardAs === undefined
        ? []
        : [
            {
              key: 'cases:done.call.as',
              params: { level: { key: `ratings:fix.level.${heardAs}` } },
            } as const,
          ]),
      standLine(after.record),
      ...nextLines(after, toldOf(after, who)),
    ],
  });
  await tellNext(context, after, move);
}

async function asItIs({ run }: CommandContext, { id }: FoundCase): Promise<FoundCase> {
  const [found] = await readCases(run, [id]);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

/** Whoever owes the next step hears of it in working time; of a decision the office does, too. */
async function tellNext(context: CommandContext, after: FoundCase, move: CaseMove): Promise<void> {
  const { run, at, turn, writes, library } = context;
  const facts = await library.campaign(after.campaignId);
  const next = owes(after.record);
  const level = next ?? (move.kind === 'decide' ? 'owner' : null);
  if (level === null) return;
  const people = await casePeople(run, after, facts, level);
  // Whose turn it was and is heard nothing new: they did it themselves, or one of them did.
  if (people.some(({ contactId }) => contactId === turn.contact.id) && level === 'owner') return;
  const notice: Notice = {
    key: `case:${after.id}:${move.kind}:${turn.seq}`,
    lines: [
      { key: `cases:told.${move.kind}`, params: aboutCase(after) },
      ...(saysWhy(move) ? [{ key: 'cases:reason', params: { words: move.words } } as const] : []),
      standLine(after.record),
      ...nextLines(after),
    ],
    except: turn.contact.id,
    ...confirmTap(after),
  };
  writes.outbox.push(...noticeRows(people, notice, facts, { at, dueAt: tellAt(facts, at) }));
}

/** Whether who is told next must know why. */
function saysWhy({ kind, ...move }: CaseMove): boolean {
  const isProposal = kind === 'verify' && 'outcome' in move && move.outcome === 'no-basis';
  return kind === 'appeal' || kind === 'return' || isProposal;
}

/** What somebody else heard can be confirmed by a tap. */
function confirmTap({ number, record }: FoundCase): Pick<Notice, 'tap'> {
  if (record.called === null) return {};
  const { result } = record.called;
  const word = { 3: 'satisfied', 2: 'fairly', 1: 'dissatisfied', unreachable: 'unreachable' }[result];
  const option: Option = { id: `${number} call ${word}`, label: { key: 'cases:tap.confirm' } };
  return { tap: { command: 'case', options: [option] } };
}

/**
 * The contact that the rater left, for the owners alone and while the case is open. Every look is kept in the audit log; the
 * message itself is kept nowhere once it was sent.
 */
async function showContact(context: CommandContext, { found, who }: MeantCase): Promise<void> {
  const { run, keys, turn, at, writes } = context;
  const { number, record, id } = found;
  const tell = (line: Line) => context.replyPrivately({ lines: [line] });
  if (!who.isOwner) return tell({ key: 'cases:contact.owner', params: { number } });
  if (record.stage === 'closed') return tell({ key: 'cases:contact.closed', params: { number } });
  if (record.chat) return tell({ key: 'cases:contact.chat', params: { number } });
  const sealed = await sealedContact(run, id);
  if (sealed === null) return tell({ key: 'cases:contact.none', params: { number } });
  const lines: Line[] = [
    { key: 'cases:contact', params: { number, contact: keys.open(sealed) } },
    { key: 'cases:contact.care' },
  ];
  const isHere = turn.room === null || turn.body.slash;
  const place = isHere
    ? { urn: turn.urn, room: turn.room, only: turn.body.slash }
    : { urn: turn.contact.address ?? turn.urn, room: null };
  writes.outbox.push({ ...replyRow({ lines }, place, turn.contact, at), forget: true });
  if (!isHere) context.reply({ key: 'conversation:answered.privately' });
  writes.audit.push({
    ...{ at, by: turn.contact.id, kind: 'contact.shown', campaignId: found.campaignId },
    ...{ about: `case:${number}`, data: {} },
  });
}
