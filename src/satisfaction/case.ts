import type { Mover } from '../campaign/rectification/mover.ts';
import { appeal, decide } from './case/appeal.ts';
import { callBack } from './case/calling-back.ts';
import type { CaseMoved, CaseSetting } from './case/moved.ts';
import type { CallResult, RatingCase } from './case/record.ts';
import { agree, handOn, sendBack } from './case/second-look.ts';
import { rectify, reply, type Verdict, verify } from './case/working.ts';

/** What staff can do to a case. `words` are people's own. */
export type CaseMove =
  | ({ kind: 'verify' } & Verdict)
  | { kind: 'rectify'; words: string }
  | { kind: 'reply'; words: string }
  | { kind: 'call'; result: CallResult; words: string }
  | { kind: 'appeal'; words: string }
  | { kind: 'decide'; upheld: boolean; words: string }
  | { kind: 'agree'; words: string }
  | { kind: 'return'; words: string }
  /** `words`: what the unit is called. */
  | { kind: 'hand'; unitId: string; words: string };

/**
 * Moves the case of a negative rating on: verifying 核实 → rectifying 整改 → replying 反馈 → calling back 回访 → closed, with
 * 申诉 and 二次整改 (国办发〔2019〕51号: 谁办理、谁负责; DOMAIN 2.2). Pure: the record given is left as it was, and a refusal changes
 * nothing and says what to do instead. What the rater does is in `case/citizen.ts`, what time brings in `case/clock.ts`.
 */
export function moveCase(record: RatingCase, move: CaseMove, who: Mover, setting: CaseSetting): CaseMoved {
  switch (move.kind) {
    case 'verify':
      return verify(record, move, who, setting);
    case 'rectify':
      return rectify(record, move.words, who, setting);
    case 'reply':
      return reply(record, move.words, who, setting);
    case 'call':
      return callBack(record, move.result, who, setting);
    case 'appeal':
      return appeal(record, move.words, who, setting);
    case 'decide':
      return decide(record, { upheld: move.upheld, reason: move.words }, who, setting);
    case 'agree':
      return agree(record, who, setting);
    case 'return':
      return sendBack(record, move.words, who, setting);
    case 'hand':
      return handOn(record, who, setting);
  }
}
