import { describe, expect, it } from 'vitest';
import { Question } from '../../../src/flow/questions/question.ts';
import { read } from '../../../src/flow/questions/reader.ts';
import type { Reading } from '../../../src/flow/reading/reading.ts';
import type { Reply } from '../../../src/flow/reply.ts';
import type { Value } from '../../../src/flow/value.ts';

/** A Thursday morning in Jiaxing. */
export const context = { at: '2026-07-09T01:00:00.000Z', zone: 'Asia/Shanghai' };

export type Row = [reply: string, expected: Reading | 'unread' | `flow:${string}`];

/** Said outright. */
export const sure = (value: Value): Reading => ({ kind: 'value', value, exact: true });
/** Inferred, so that the person is told. */
export const told = (value: Value): Reading => ({ kind: 'value', value, exact: false });
/** Asked about. */
export const ask = (...candidates: Value[]): Reading => ({ kind: 'ambiguous', candidates });

export const question = (definition: object): Question =>
  Question.parse({ id: 'q', label: '问题', ...definition });
export const typed = (text: string): Reply => ({ kind: 'text', text, attachments: [], addressed: true });
export const pressed = (...options: string[]): Reply => ({ ...typed(''), press: { question: 'q', options } });

/** One test a row: what the reply is read as, `unread`, or the very hint. */
export function table(name: string, asked: Question, rows: Row[]): void {
  describe(name, () => {
    it.each(rows)('%s', (reply, expected) => {
      const reading = read(asked, typed(reply), context);
      if (typeof expected !== 'string') expect(reading).toEqual(expected);
      else if (expected === 'unread') expect(reading.kind).toBe('unread');
      else expect(reading).toMatchObject({ kind: 'unread', hint: expected });
    });
  });
}
