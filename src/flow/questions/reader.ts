import type { Reading, ReadingContext } from '../reading/reading.ts';
import type { Reply } from '../reply.ts';
import type { Question } from './question.ts';

/** How one reply is understood as the answer to one question. Pure. To be filled by one `read…` function a type. */
export function read(_question: Question, _reply: Reply, _context: ReadingContext): Reading {
  throw new Error('not written yet');
}
