import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from '../../src/campaign/loading/csv.ts';
import { writeCsv } from '../../src/report/csv.ts';

test('what is written is read again as it was, whatever is in the cells', () => {
  const cell = fc.string({ unit: fc.constantFrom('窗', 'a', '"', ',', '\n', ' ', '；', '1') });
  const row = fc.tuple(fc.constant('x'), cell, cell);
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      const { records, slip } = readCsv(writeCsv(rows));
      expect(slip).toBeNull();
      expect(records.map(({ cells }) => cells)).toEqual(rows);
    }),
  );
});

test.each(['=1+1', '+86', '-1', '@SUM(A1)', '\t=1', '＝1+1', '=HYPERLINK("http://a","b")'])(
  '%j is no formula',
  (words) => {
    expect(writeCsv([['x', words]])).toMatch(/^\ufeffx,"?'/);
  },
);

test('a spreadsheet reads it as Chinese', () => {
  expect(writeCsv([['序号', '单位']])).toBe('\ufeff序号,单位\r\n');
});
