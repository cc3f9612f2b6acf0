import type { Control } from './control.ts';
import { brief } from './describe.ts';
import type { Question } from './questions/question.ts';
import { read } from './questions/reader.ts';
import { readYesNo } from './reading/yesNo.ts';
import type { Reply } from './reply.ts';
import { isFree, isTalk } from './room.ts';
import { isStray } from './stray.ts';
import { type Step, say, type Turn, unheard } from './turn.ts';
import type { Value } from './value.ts';

/**
 * What is said to a paused session. A tap, the photo it waits for and words that take it up wake it; one that was set aside
 * for another hears no more than that. Said to the bot, what reads as an answer wakes it too: whoever was not understood
 * three times and then is must not be ignored. Free words could be meant otherwise, so these are asked about, unless the
 * pause was not the person's own wish.
 * @returns `wake` when the reply is to be taken as if there were no pause
 */
export function hearPaused(
  turn: Turn,
  question: Question,
  control: Control | null,
  reply: Reply,
): Step | 'wake' {
  const { state } = turn;
  const { press, addressed, attachments } = reply;
  if (press !== undefined) return 'wake';
  const isAside = state.rest === 'aside';
  if (control !== null)
    return !isAside || control.kind === 'resume' || control.kind === 'leave' ? 'wake' : unheard(turn);
  if (isAside || !addressed) return unheard(turn);
  if (question.type === 'photo' && attachments.length > 0) return 'wake';
  if (state.doubt !== null) return hearVerdict(turn, question, reply);
  return hearWords(turn, question, reply);
}

/** The reply to "is that your answer?". */
function hearVerdict(turn: Turn, question: Question, reply: Reply): Step | 'wake' {
  const reading = readYesNo(reply.text);
  const verdict = reading.kind === 'value' && reading.exact ? reading.value : undefined;
  if (verdict === 'yes') return 'wake';
  turn.state.doubt = null;
  return verdict === 'no' ? say(turn, [{ key: 'flow:paused' }]) : hearWords(turn, question, reply);
}

function hearWords(turn: Turn, question: Question, reply: Reply): Step | 'wake' {
  if (isTalk(reply.text) || isStray(reply.text)) return unheard(turn);
  const reading = read(question, reply, turn);
  if (reading.kind === 'unread') return unheard(turn);
  if (reading.kind === 'value' && isFree(question) && turn.state.rest === 'wish')
    return askWhether(turn, question, reading.value);
  turn.lines.push({ key: 'flow:resumed', params: { title: turn.flow.title } });
  return 'wake';
}

function askWhether(turn: Turn, question: Question, value: Value): Step {
  const { flow, state } = turn;
  state.doubt = value;
  const params = { title: flow.title, label: question.label, value: brief(question, value) };
  return say(turn, [{ key: 'flow:paused.answer', params }]);
}
