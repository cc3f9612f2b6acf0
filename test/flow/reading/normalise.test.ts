import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, trimMarks } from '../../../src/flow/reading/normalise.ts';

describe('normalise', () => {
  it.each([
    ['ＡＢＣ１２３', 'abc123'],
    ['①③', '1 3'],
    ['⑩⑴⒈', '10 1 1'],
    ['㈢㊁', '三 二'],
    ['❶➋➌', '1 2 3'],
    ['Ⅳ', '4'],
    ['1️⃣3️⃣', '1 3'],
    ['滿意，沒有', '满意,没有'],
    ['不\u200b满\u00ad意', '不满意'],
    ['\u202e满意', '满意'],
    ['a\u0000b\n c', 'a b c'],
    ['wasn’t — “ok”', "wasn't - “ok”"],
    [':+1:', '👍'],
    ['👍🏽', '👍'],
    ['[强]', '👍'],
    ['[不认识]', '[不认识]'],
    ['10:30:45', '10:30:45'],
    ['🅰', 'a'],
    ['İ', 'i'],
  ])('%j → %j', (typed, expected) => {
    expect(normalise(typed)).toBe(expected);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
      }),
      { numRuns: 5000 },
    );
  });

  it('trims marks at both ends but keeps a question mark', () => {
    expect(trimMarks('“满意”。')).toBe('满意');
    expect(trimMarks('满意?')).toBe('满意?');
    expect(trimMarks('。。')).toBe('');
  });
});
