import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, dayCell, instantCells, textMax } from '../../../src/report/xlsx/cell.ts';
import { columnName, rowSource, sheetXml } from '../../../src/report/xlsx/sheet.ts';
import { styleOf } from '../../../src/report/xlsx/styles.ts';
import { type Sheet, sheetName, writeWorkbook } from '../../../src/report/xlsx/workbook.ts';
import { sheetsOf, unzipped } from './unpacked.ts';

const at = '2026-07-06T02:00:00.000Z';

async function bytesOf(...sheets: Sheet[]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of writeWorkbook({ title: '台账 & <表>', at, sheets })) pieces.push(piece);
  return Buffer.concat(pieces);
}

const table = (rows: Cell[][], more: Partial<Sheet> = {}): Sheet => ({
  name: '表',
  columns: [
    { title: '编号', width: 8 },
    { title: '内容', width: 30 },
  ],
  rows: [rows],
  ...more,
});

test('numbers are numbers, days and instants are days with their formats, text is text; nothing takes no cell', async () => {
  const instant = instantCells('Asia/Shanghai');
  const [sheet] = sheetsOf(
    await bytesOf(
      table([
        [12, dayCell('2026-07-06')],
        [0.5, instant(new Date('2026-07-06T16:30:00Z'))],
        [null, '窗口无人值守'],
      ]),
    ),
  );
  expect(sheet?.cells.get('A2')).toEqual({ style: styleOf('number'), type: 'n', value: '12' });
  // 2026-07-06 is day 46209 of the calendar that begins in 1900.
  expect(sheet?.cells.get('B2')).toEqual({ style: styleOf('day'), type: 'n', value: '46209' });
  const { value, style } = sheet?.cells.get('B3') ?? { value: '', style: -1 };
  expect([style, Number(value) * 24]).toEqual([
    styleOf('instant'),
    expect.closeTo((46_210 + 0.5 / 24) * 24, 5),
  ]);
  expect(sheet?.cells.has('A4')).toBe(false);
  expect(sheet?.cells.get('B4')).toEqual({
    style: styleOf('text'),
    type: 'inlineStr',
    value: '窗口无人值守',
  });
});

test('the headings stay in sight and carry the filter, with and without a caption; they are printed on every page', async () => {
  const bytes = await bytesOf(table([[1, 'a']]), table([[1, 'a']], { name: '附件1', caption: '统计表' }));
  const [plain, captioned] = sheetsOf(bytes);
  expect(plain?.xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(plain?.xml).toContain('<autoFilter ref="A1:B2"/>');
  expect(captioned?.xml).toContain('<pane ySplit="2" topLeftCell="A3"');
  expect(captioned?.xml).toContain('<autoFilter ref="A2:B3"/><mergeCells count="1"><mergeCell ref="A1:B1"/>');
  expect(captioned?.rows).toEqual([['统计表'], ['编号', '内容'], ['1', 'a']]);
  expect(unzipped(bytes).get('xl/workbook.xml')).toContain(`localSheetId="1">'附件1'!$1:$2</definedName>`);
});

test.each(['=1+1', '+86', '-5', '@SUM', '\t=1', '\r=1', '\n=1', '＝1', '＠x'])(
  'what would be a formula if it were typed, %j, is quoted text',
  async (words) => {
    const bytes = await bytesOf(table([[1, words]]));
    const cell = sheetsOf(bytes)[0]?.cells.get('B2');
    expect(cell).toMatchObject({ type: 'inlineStr', style: styleOf('quoted') });
    expect(cell?.value.trim()).toBe(words.trim());
    const styles = unzipped(bytes).get('xl/styles.xml') ?? '';
    const looks = [...(/<cellXfs.*<\/cellXfs>/.exec(styles)?.[0] ?? '').matchAll(/<xf .*?<\/xf>/g)].map(
      String,
    );
    expect(looks[styleOf('quoted')]).toContain('quotePrefix="1"');
    expect(sheetsOf(bytes)[0]?.xml).not.toContain('<f>');
  },
);

test('any text comes back as it was, without what XML cannot hold', async () => {
  const kept = (text: string) =>
    text
      .replaceAll(/\r\n?/g, '\n')
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  const words = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('_x000D_', '<', '&', '"', ']]>', '\r', '\n', ' ', '一', '😀', '\u0001'),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 20 }), async (texts) => {
      const [sheet] = sheetsOf(await bytesOf(table(texts.map((text) => [1, text]))));
      texts.forEach((text, index) => {
        expect(sheet?.cells.get(`B${index + 2}`)?.value ?? '').toBe(kept(text));
      });
    }),
    { numRuns: 60 },
  );
});

test('text that is too long for a cell is cut and says so', async () => {
  const [sheet] = sheetsOf(await bytesOf(table([[1, '长'.repeat(textMax + 5)]])));
  const value = sheet?.cells.get('B2')?.value ?? '';
  expect([value.length, value.at(-1)]).toEqual([textMax, '…']);
});

test('the same book gives the same bytes', async () => {
  const make = () => bytesOf(table([[1, 'a']]), table([[2, '=b']], { caption: 'c' }));
  expect((await make()).equals(await make())).toBe(true);
});

test('what is more than one sheet holds goes on in another, with the headings again', async () => {
  const source = rowSource([
    [[1], [2]],
    [[3], [4], [5]],
  ]);
  const sheet = { name: 'a', columns: [{ title: 'n', width: 5 }], rows: [] };
  const written: string[] = [];
  do {
    let xml = '';
    for await (const piece of sheetXml(sheet, source, { rows: 3, length: 1e9 })) xml += piece;
    written.push(xml);
  } while (!source.isOver());
  const numbers = written.map((xml) => [...xml.matchAll(/<v>(\d+)<\/v>/g)].map(([, n]) => Number(n)));
  expect(numbers).toEqual([[1, 2], [3, 4], [5]]);
  for (const xml of written) expect(xml).toContain('>n<');
});

test('an empty table is one sheet; a source that fails fails the whole', async () => {
  expect(sheetsOf(await bytesOf(table([])))[0]?.rows).toEqual([['编号', '内容']]);
  async function* broken(): AsyncGenerator<Cell[][]> {
    yield [[1, 'a']];
    throw new Error('the reading broke');
  }
  await expect(bytesOf(table([], { rows: broken() }))).rejects.toThrow('the reading broke');
  await expect(bytesOf(table([[Number.NaN, 'a']]))).rejects.toThrow('no number for a cell');
});

test('columns and tabs are called as spreadsheets call them', () => {
  expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
  expect(sheetName('a/b:[c]*?', [])).toBe('a b  c');
  expect(sheetName("'x'", [])).toBe('x');
  expect(sheetName('长'.repeat(40), [])).toHaveLength(31);
  expect(sheetName('A', ['a', 'A 2'])).toBe('A 3');
});
