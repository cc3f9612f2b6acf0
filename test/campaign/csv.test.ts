import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/campaign/loading/csv.ts';

describe('comma-separated values', () => {
  test.each<[string, string[][]]>([
    [
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      '\ufeff编号,名称\n1,甲\n',
      [
        ['编号', '名称'],
        ['1', '甲'],
      ],
    ],
    ['"a, b","say ""yes""",""\n', [['a, b', 'say "yes"', '']]],
    [
      'a,"two\nlines"\nc,d\n',
      [
        ['a', 'two\nlines'],
        ['c', 'd'],
      ],
    ],
    ['a,"two\r\nlines"\r\n', [['a', 'two\r\nlines']]],
    [
      'a,\n,b\n',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    [
      'a\tb, c\nd\te\n',
      [
        ['a', 'b, c'],
        ['d', 'e'],
      ],
    ],
    [
      'a,b\n\n ,\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['', []],
    ['\n\n', []],
    ['one', [['one']]],
  ])('%j', (text, cells) => {
    const { records, slip } = readCsv(text);
    expect(slip).toBeNull();
    expect(records.map((record) => record.cells)).toEqual(cells);
  });

  test('rows are counted as a spreadsheet counts them: blank ones too, a cell of two lines once', () => {
    expect(readCsv('a\n\n"b\nb"\nc\n').records.map(({ row }) => row)).toEqual([1, 3, 4]);
  });

  test.each<[string, { row: number; column: number; kind: string }]>([
    ['a,b\nc,"d\n', { row: 2, column: 2, kind: 'unclosed' }],
    ['a,"b"c\n', { row: 1, column: 2, kind: 'after-quote' }],
    ['a,b\nc,d"e"\n', { row: 2, column: 2, kind: 'stray-quote' }],
  ])('%j is told with its row and column', (text, slip) => expect(readCsv(text).slip).toEqual(slip));
});
