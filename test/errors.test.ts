import { describe, expect, test } from 'vitest';
import { describeFault, faultLine } from '../src/errors.ts';

describe('what a log says of a fault', () => {
  const quoting = (words: string): Error =>
    Object.assign(new Error(words), { name: 'error', severity: 'ERROR' });

  test.each([
    'invalid input: waited\nat home with my mother, 13800000000',
    'invalid input: waited\n    at home with my mother',
    'invalid input: waited\n    at Li (window:3:12)\n    at 13800000000 (<anonymous>)',
  ])('is no line of a message that quotes a citizen: %j', (words) => {
    const fault = quoting(words);
    const told = JSON.stringify([describeFault(fault), describeFault(new Error('outer', { cause: fault }))]);
    expect(told).not.toMatch(/home|mother|13800000000|Li \(/);
    expect(told).toContain('errors.test.ts');
    expect(faultLine(fault)).toMatch(/^error · .*errors\.test\.ts:\d+:\d+/);
  });

  test('a message that was changed since can’t be told from the places: none are told', () => {
    const fault = quoting('waited\n    at home with my mother (window:3:12)');
    expect(fault.stack).toContain('mother');
    fault.message = 'something else';
    expect(describeFault(fault)).toMatchObject({ name: 'error', frames: [] });
  });

  test('is where it happened, also within functions that have no place, and without a message', () => {
    const thrown = (work: () => unknown): Error => {
      try {
        work();
      } catch (fault) {
        if (fault instanceof Error) return fault;
      }
      throw new Error('nothing was thrown');
    };
    const frames = (fault: Error) => describeFault(fault).frames as string[];
    expect(frames(thrown(() => JSON.parse('{at home')))[0]).toBe('at JSON.parse (<anonymous>)');
    expect(frames(new Error(''))[0]).toMatch(/errors\.test\.ts:\d+:\d+\)?$/);
  });

  test('our own message and the code of the database are told, a database’s words are not', () => {
    expect(describeFault(new Error('a session without an address'))).toMatchObject({
      message: 'a session without an address',
    });
    const unique = Object.assign(quoting('duplicate key: 李四'), { code: '23505', table: 'answer' });
    expect(describeFault(unique)).toMatchObject({ code: '23505', table: 'answer' });
    expect(describeFault(unique)).not.toHaveProperty('message');
  });
});
