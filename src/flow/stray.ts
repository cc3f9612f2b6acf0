import { leave } from './moves.ts';
import { prompt } from './prompt.ts';
import type { Question } from './questions/question.ts';
import { read } from './questions/reader.ts';
import { normalise, trimMarks } from './reading/normalise.ts';
import { inEvery } from './reading/options.ts';
import type { Reply } from './reply.ts';
import { isFree } from './room.ts';
import type { Line } from './say.ts';
import { type Step, say, type Turn, unheard } from './turn.ts';

/**
 * Words that answer something else than a questionnaire's question: what a command asked (确认, 取消, 不要), taking something
 * back (撤回…), and of a citizen who rates that they want to stop, were never there or want a human. They are never stored:
 * what they can do here is said, and the question asked again.
 * @returns null for anything else, and where the question itself asks for such words
 */
export function hearStray(turn: Turn, question: Question, reply: Reply): Step | null {
  const kind = strayIn(reply.text, turn.flow.anonymous);
  if (kind === null || reply.kind !== 'text' || turn.state.doubt !== null) return null;
  if (isWanted(question, reply.text) || read(question, reply, turn).kind === 'skip') return null;
  if (!reply.addressed) return unheard(turn);
  switch (kind) {
    case 'other':
      return tell(turn, question, { key: 'flow:stray', params: { words: reply.text.trim().slice(0, 20) } });
    case 'people':
      return tell(turn, question, { key: 'flow:stray.people' });
    case 'stop':
      return isFree(question) ? tell(turn, question, { key: 'flow:stray.leave' }) : stop(turn);
    case 'vague': {
      const isBegun = Object.keys(turn.state.values).length > 0;
      return isBegun ? tell(turn, question, { key: 'flow:stray.leave' }) : stop(turn);
    }
  }
}

/** Whether words without a question around them are an answer to none. */
export function isStray(text: string): boolean {
  return strayIn(text, false) !== null;
}

type Stray = 'other' | 'stop' | 'vague' | 'people';

/** Longer words say more than these (UTF-16 units). */
const strayMax = 40;

function strayIn(text: string, isRating: boolean): Stray | null {
  if (text.length > strayMax) return null;
  const said = trimMarks(normalise(text));
  if (other.test(said)) return 'other';
  if (!isRating) return null;
  if (people.test(said)) return 'people';
  if (stopped.test(said)) return 'stop';
  return vague.test(said) ? 'vague' : null;
}

const other =
  /^(?:确认(?:无误|登记|提交)?|确定|取消|作废|不登记了?|不要了?|不用了?|撤[回销].{0,12}|confirm|cancel|withdraw(?: .{0,20})?|undo)$/u;
const people =
  /^(?:请?(?:帮我)?(?:转|找|要|接)(?:一下|个)?(?:人工|真人|客服)(?:客服|服务|坐席)?|我?要?(?:人工|真人)(?:客服|服务)?|(?:talk|speak) to (?:a )?(?:human|person|agent).*|(?:a )?(?:human|real person|agent)(?: please)?)$/u;
const stopped =
  /^(?:我?(?:不想|不要|不愿|懒得|不)(?:意|再)?(?:评价?|填|答|回答)(?:了|价了)?|我?(?:根本|都|从来|还|又)*没有?(?:去|来|到|办)过.{0,10}|(?:i )?(?:do not|don't|dont) want to (?:rate|answer|do).*|i (?:was never|have never been|never went|wasn't|have not been|haven't been) (?:there|here|at).*)$/u;
const vague =
  /^(?:算了吧?|滚(?:蛋|开|远点)?|别烦我?了?|别问了|烦死了?|(?:never mind|nevermind|forget it|go away|piss off|leave me alone))$/u;

/** An option in these very words, or a question whether something is wanted: there they are an answer like any other. */
function isWanted(question: Question, text: string): boolean {
  if (question.type !== 'choice' && question.type !== 'choices') return false;
  const said = trimMarks(normalise(text));
  const wordings = question.options.flatMap(({ label, synonyms = [] }) => [...inEvery(label), ...synonyms]);
  if (wordings.some((one) => trimMarks(normalise(one)) === said)) return true;
  return inEvery(question.label).some((label) => wish.test(label));
}

const wish =
  /要不要|需要|想不想|是否[想要]|要吗|愿意|希望|确认|do you (?:want|need)|would you|shall|confirm/iu;

function stop(turn: Turn): Step {
  return leave(turn, 'flow:left.unsaved');
}

/** What the words can do here, and the question once more; not counted as a reply in vain. */
function tell(turn: Turn, question: Question, line: Line): Step {
  const { lines, ask } = prompt(turn.flow, turn.state.values, question);
  return say(turn, [line, ...lines], ask);
}
