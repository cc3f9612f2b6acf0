import { readNumeral } from '../flow/reading/numeral.ts';
import type { Line } from '../flow/say.ts';
import { correctableSession, nthCompleted, touchSession } from '../store/forms.ts';
import type { SessionPart } from '../store/writes.ts';
import { type Conversation, hand } from './converse.ts';
import { replyRow } from './outcome.ts';
import { windowOf } from './review.ts';

const numeral = '([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})';
const chinese = new RegExp(
  `^\\s*(?:请|我要|我想)?(?:改|更正|修改)\\s*(?:第\\s*${numeral}\\s*(?:个窗口|件事项|份自查表|[个件天处份])|(报告))(?:的?检查表|部分)?[，,：:\\s]*([\\s\\S]*)$`,
  'u',
);
const english =
  /^\s*(?:change|edit)\s+(?:(?:the\s+)?(?:visit|window|matter|day|place)\s*#?(\d{1,3})|(?:the\s+)?(report))\b[,:\s]*([\s\S]*)$/i;

/** Which of the forms of a task is meant, and what is to be changed there. */
interface Which {
  part: SessionPart;
  number: number;
  rest: string;
}

/** Reads `改第2个窗口`, `改 第二件 4 85`, `改 报告`, `change visit 2`; "改 2" is a question's number and not read here. */
function readWhich(text: string): Which | null {
  const match = chinese.exec(text) ?? english.exec(text);
  if (match === null) return null;
  const [, number, report, rest = ''] = match;
  if (report !== undefined) return { part: 'report', number: 1, rest: rest.trim() };
  const read = readNumeral(number ?? '');
  return read === undefined || read < 1 ? null : { part: 'visit', number: read, rest: rest.trim() };
}

/** Takes up the form that was named, of the task this person worked on last; its corrections go there from then on. */
export async function correctNamed(given: Conversation): Promise<boolean> {
  const { run, library, turn, at } = given;
  const which = turn.room === null && turn.body.kind === 'text' ? readWhich(turn.body.text) : null;
  if (which === null) return false;
  const last = await correctableSession(run, turn.contact.id, turn.room, null);
  if (last === null || last.assignmentId === null) return false;
  const session = await nthCompleted(run, last.assignmentId, turn.contact.id, which);
  if (session === null) {
    const none: Line =
      which.part === 'report'
        ? { key: 'conversation:correct.which.report' }
        : { key: 'conversation:correct.which.none', params: { number: which.number } };
    return answer(given, none);
  }
  await touchSession(run, session.id, at);
  if (which.rest === '') {
    const flow = await library.flow(session.flowId, session.flowVersion);
    return answer(given, {
      key: which.part === 'report' ? 'conversation:correct.which.report.how' : 'conversation:correct.which',
      params: { window: windowOf(flow, session.state) },
    });
  }
  const said = { ...turn, body: { ...turn.body, text: `改 ${which.rest}` } };
  return hand({ ...given, turn: said }, session);
}

function answer({ turn, at, writes }: Conversation, line: Line): true {
  writes.outbox.push(replyRow({ lines: [line] }, turn, turn.contact, at));
  writes.handled.push({ seq: turn.seq, forget: false });
  return true;
}
