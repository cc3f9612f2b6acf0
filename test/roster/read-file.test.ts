import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chatLimits, readRosterFile } from '../../src/roster/read-file.ts';
import { readTables } from '../../src/roster/read-table.ts';
import { columnLetters } from '../../src/roster/table.ts';
import { rowsOf, workbookOf, zipOf } from './workbook.ts';

const read = (bytes: Uint8Array, name = 'roster.xlsx') => readRosterFile(name, bytes, chatLimits);
const fault = (bytes: Uint8Array, name?: string) =>
  read(bytes, name).faults?.map(({ row, column, sentence }) => [sentence.key, row, column]);

const csv = '名称,类别\r\n平湖市行政服务中心,大厅\r\n';
const rows = [
  { row: 1, cells: ['名称', '类别'] },
  { row: 2, cells: ['平湖市行政服务中心', '大厅'] },
];
/** The words above as GB 18030 has them. */
const gb = Buffer.from('c3fbb3c62cc0e0b1f00d0ac6bdbafecad0d0d0d5feb7fecef1d6d0d0c42cb4f3ccfc0d0a', 'hex');
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();

describe('text', () => {
  test.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(csv)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${csv}`)],
    ['GB 18030', gb],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${csv}`, 'utf16le')],
    ['UTF-16 LE', Buffer.from(csv, 'utf16le')],
    ['UTF-16 BE with a mark', swapped(Buffer.from(`\ufeff${csv}`, 'utf16le'))],
    ['UTF-16 BE', swapped(Buffer.from(csv, 'utf16le'))],
    ['tabs, as "Unicode text" of Excel', Buffer.from(`\ufeff${csv.replaceAll(',', '\t')}`, 'utf16le')],
  ])('%s', (_, bytes) => {
    expect(read(bytes, 'a.csv').tables).toEqual([{ name: null, rows }]);
  });

  test.each<[string, Buffer, unknown]>([
    ['nothing', Buffer.from(''), [['roster:file.empty', null, null]]],
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      [['roster:file.binary', null, null]],
    ],
    ['an open quote', Buffer.from('名称,类别\n"平湖,大厅\n'), [['roster:csv.unclosed', 2, 1]]],
    ['a stray quote', Buffer.from('名称,类别\n平湖,大"厅\n'), [['roster:csv.stray-quote', 2, 2]]],
  ])('%s is told', (_, bytes, told) => {
    expect(fault(bytes, 'a.csv')).toEqual(told);
  });
});

describe('workbooks', () => {
  test('texts shared and in place, rich and read aloud, numbers, days, formulas, errors', () => {
    const cells = [
      '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>',
      '<c r="C1"><v>3</v></c><c r="D1" s="1"><v>45000</v></c><c r="E1" s="2"><v>45000.5</v></c><c r="F1" s="3"><v>12.5</v></c>',
      '<c r="G1" t="str"><f>A1&amp;"x"</f><v>海盐县x</v></c><c r="H1" t="b"><v>1</v></c><c r="I1" t="e"><v>#REF!</v></c>',
      '<c r="J1" t="inlineStr"><is><r><t>海</t></r><r><t>宁</t></r></is></c><c r="K1" t="str"><v>一_x000D_二</v></c>',
    ].join('');
    const book = workbookOf([{ name: '单位', rows: `<row r="1">${cells}</row>` }], {
      texts: [
        '<t>海盐县</t>',
        '<r><t>海</t></r><r><t xml:space="preserve"> 宁</t></r><rPh sb="0" eb="1"><t>hǎi</t></rPh>',
      ],
      styles:
        '<numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m"/><numFmt numFmtId="201" formatCode="0.0&quot;天 day&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="201"/></cellXfs>',
    });
    expect(read(book).tables).toEqual([
      {
        name: '单位',
        rows: [
          {
            row: 1,
            cells: [
              '海盐县',
              '海 宁',
              '3',
              '2023-03-15',
              '2023-03-15',
              '12.5',
              '海盐县x',
              'TRUE',
              '#REF!',
              '海宁',
              '一\r二',
            ],
          },
        ],
      },
    ]);
  });

  test('rows and cells without a place follow one another; gaps are gaps; prefixes and hidden sheets', () => {
    const sparse =
      '<x:row><x:c t="str"><x:v>甲</x:v></x:c><x:c t="str"><x:v>乙</x:v></x:c></x:row><x:row r="7"><x:c r="C7" t="str"><x:v>丙</x:v></x:c></x:row><x:row><x:c t="str"><x:v> </x:v></x:c></x:row>';
    const hidden = {
      name: '选项',
      rows: '<x:row><x:c t="str"><x:v>机构</x:v></x:c></x:row>',
      state: 'veryHidden',
    };
    expect(read(workbookOf([{ name: '单位', rows: sparse }, hidden], { prefix: 'x' })).tables).toEqual([
      {
        name: '单位',
        rows: [
          { row: 1, cells: ['甲', '乙'] },
          { row: 7, cells: ['', '', '丙'] },
        ],
      },
    ]);
  });

  test('merged cells that lie over each other again and again are no workbook', { timeout: 15_000 }, () => {
    const rows = rowsOf(Array.from({ length: 2_000 }, () => ['甲']));
    const merges = '<mergeCell ref="A1:BL2000"/>'.repeat(50_000);
    const bytes = workbookOf([{ name: '单位', rows, rest: `<mergeCells>${merges}</mergeCells>` }]);
    expect(readRosterFile('a.xlsx', bytes, chatLimits).faults?.map(({ sentence }) => sentence.key)).toEqual([
      'roster:file.damaged',
    ]);
  });

  test('what lies in merged cells lies in each of them that stands in a row with something else', () => {
    const book = workbookOf([
      {
        name: '人员',
        rows: rowsOf([
          ['嘉兴市人员名单'],
          ['单位', '称呼', '角色'],
          ['南湖区', '甲', '检查员'],
          ['', '乙', '联络员'],
          ['', '', ''],
        ]),
        rest: '<mergeCells count="3"><mergeCell ref="A1:C1"/><mergeCell ref="A3:A5"/><mergeCell ref="A7:XFD1048576"/></mergeCells>',
      },
    ]);
    const [table] = read(book).tables ?? [];
    expect(table?.rows.map(({ cells }) => cells)).toEqual([
      ['嘉兴市人员名单', '嘉兴市人员名单', '嘉兴市人员名单'],
      ['单位', '称呼', '角色'],
      ['南湖区', '甲', '检查员'],
      ['南湖区', '乙', '联络员'],
    ]);
    expect(
      readTables([...(read(book).tables ?? [])]).entries.map(({ row, cells }) => [
        row,
        cells.unit,
        cells.title,
      ]),
    ).toEqual([
      [3, '南湖区', '甲'],
      [4, '南湖区', '乙'],
    ]);
  });

  test('days counted from 1904', () => {
    const styles = '<cellXfs><xf numFmtId="14"/></cellXfs>';
    const book = workbookOf([{ name: 'x', rows: '<row><c s="0"><v>43538</v></c></row>' }], {
      styles,
      date1904: true,
    });
    expect(read(book).tables?.[0]?.rows).toEqual([{ row: 1, cells: ['2023-03-15'] }]);
  });

  const sound = workbookOf([{ name: '单位', rows: rowsOf([['名称'], ['甲']]) }]);
  const compound = (inside: string) =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(512),
      Buffer.from(inside, 'utf16le'),
    ]);
  test.each<[string, Uint8Array, string, string]>([
    ['a password', compound('EncryptedPackage'), 'a.xlsx', 'protected'],
    [
      'a password within the archive',
      zipOf({ 'xl/workbook.xml': '<x/>' }, { flags: 1 }),
      'a.xlsx',
      'protected',
    ],
    [
      'macros',
      workbookOf([{ name: '单位', rows: '' }], { extra: { 'xl/vbaProject.bin': 'x' } }),
      'a.xlsx',
      'macro',
    ],
    [
      'macros, by type',
      workbookOf([{ name: '单位', rows: '' }], {
        extra: {
          '[Content_Types].xml': '<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml</Types>',
        },
      }),
      'a.xlsx',
      'macro',
    ],
    ['the format of before 2007', compound('Workbook'), 'a.xls', 'old'],
    ['the format of WPS', compound('Workbook'), 'a.et', 'wps'],
    ['a letter', zipOf({ 'word/document.xml': '<x/>' }), 'a.xlsx', 'other'],
    ['half a file', sound.subarray(0, sound.length - 40), 'a.xlsx', 'damaged'],
    ['a part that is no XML', workbookOf([{ name: '单位', rows: '<row><c></row>' }]), 'a.xlsx', 'damaged'],
    [
      'more than it says it is',
      zipOf({ 'xl/workbook.xml': Buffer.alloc(chatLimits.unpacked + 1, 'x') }, { size: 10 }),
      'a.xlsx',
      'swollen',
    ],
    ['too many bytes', Buffer.alloc(chatLimits.bytes + 1, 'x'), 'a.csv', 'too-big'],
    ['too many rows', Buffer.from(`名称\n${'甲\n'.repeat(chatLimits.rows)}`), 'a.csv', 'too-many-rows'],
  ])('%s: told in a sentence', (_, bytes, name, key) => {
    expect(fault(bytes, name)).toEqual([[`roster:file.${key}`, null, null]]);
  });

  test('whatever bytes there are, there is an answer', () => {
    const bytes = fc.tuple(fc.nat(sound.length - 1), fc.uint8Array({ minLength: 1, maxLength: 20 }));
    fc.assert(
      fc.property(bytes, ([at, noise]) => {
        const broken = Buffer.from(sound);
        broken.set(noise.subarray(0, broken.length - at), at);
        const answer = read(broken);
        expect((answer.tables ?? answer.faults).length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what a table is of', () => {
  const kinds = (tables: { name: string | null; rows: string[][] }[]) =>
    readTables(
      tables.map(({ name, rows: all }) => ({
        name,
        rows: all.map((cells, index) => ({ row: index + 1, cells })),
      })),
    );
  test.each<[string | null, string[], string]>([
    ['单位', ['名称', '类别'], 'units'],
    ['窗口名单', ['窗口', '所属大厅'], 'windows'],
    [null, ['姓名', '角色', '单位'], 'people'],
    [null, ['事项名称', '责任单位'], 'matters'],
    ['Sheet1', ['单位名称*', '类别（机构、大厅）'], 'units'],
    [null, ['name', 'role', 'unit', 'address'], 'people'],
    [null, ['窗口名称', '大厅'], 'windows'],
  ])('%s %j: %s', (name, heading, kind) => {
    const { entries, faults } = kinds([{ name, rows: [['附件1'], heading, heading.map(() => '甲')] }]);
    expect(faults).toEqual([]);
    expect(entries).toMatchObject([{ kind, row: 3, sheet: name }]);
  });

  test('sheets that explain are passed over; what is no roster, and columns that mean nothing, are told', () => {
    const { entries, faults, passedOver } = kinds([
      { name: '填写说明', rows: [['名称'], ['全称']] },
      { name: '其他', rows: [['经费'], ['3']] },
      {
        name: '单位',
        rows: [
          ['名称', '备注'],
          ['甲', 'x'],
        ],
      },
    ]);
    expect([entries.length, faults]).toEqual([1, []]);
    expect(passedOver.map(({ sheet, row, column, sentence }) => [sheet, row, column, sentence.key])).toEqual([
      ['其他', null, null, 'roster:sheet.unknown'],
      ['单位', 1, 2, 'roster:column.unknown'],
    ]);
  });

  test('a formula that nobody has worked out is told as one, in a workbook and as text', () => {
    const rows = [
      '<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c><c r="B1" t="inlineStr"><is><t>上级</t></is></c></row>',
      '<row r="2"><c r="A2"><f>HYPERLINK("http://x","平湖大厅")</f><v></v></c><c r="B2" t="str"><f>IF(1,"","")</f><v></v></c></row>',
      '<row r="3"><c r="A3"><f t="shared" si="0"/></c></row>',
      '<row r="4"><c r="A4" t="str"><f>C4</f><v>海盐大厅</v></c></row>',
    ].join('');
    const { tables = [] } = readRosterFile('a.xlsx', workbookOf([{ name: '单位', rows }]), chatLimits);
    const { entries, faults } = readTables(tables);
    expect(faults.map(({ sentence, row, column }) => [sentence.key, row, column])).toEqual([
      ['roster:cell.formula', 2, 1],
      ['roster:cell.formula', 3, 1],
    ]);
    expect(entries.map(({ cells }) => cells.name)).toContain('海盐大厅');
    expect(entries[0]?.cells.parent).toBeUndefined();
    const text = readTables([
      {
        name: '单位',
        rows: [
          { row: 1, cells: ['名称'] },
          { row: 2, cells: ['=B7'] },
        ],
      },
    ]);
    expect(text.faults.map(({ sentence }) => sentence.key)).toEqual(['roster:cell.formula']);
    const sign = readTables([
      {
        name: '单位',
        rows: [
          { row: 1, cells: ['名称'] },
          { row: 2, cells: ['=3号窗口'] },
        ],
      },
    ]);
    expect(sign.faults).toEqual([]);
  });

  test('what calls itself .xlsx and is none is broken', () => {
    const keys = (bytes: Uint8Array) =>
      readRosterFile('名单.xlsx', bytes, chatLimits).faults?.map(({ sentence }) => sentence.key);
    const book = workbookOf([{ name: '单位', rows: rowsOf([['名称'], ['平湖大厅']]) }]);
    expect(keys(book.subarray(0, book.length - 60))).toEqual(['roster:file.damaged']);
    expect(keys(book.subarray(7))).toEqual(['roster:file.damaged']);
  });

  test('a heading that is missing or stands twice, cells that cannot be read', () => {
    const told = (rows_: string[][], name = '人员') =>
      kinds([{ name, rows: rows_ }]).faults.map(({ row, column, sentence }) => [sentence.key, row, column]);
    expect(
      told([
        ['称呼', '单位'],
        ['甲', '南湖区'],
      ]),
    ).toEqual([['roster:column.missing', 1, null]]);
    expect(
      told([
        ['称呼', '角色', '单位', '姓名'],
        ['甲', '检查员', '南湖区', ''],
      ]),
    ).toEqual([['roster:column.double', 1, 4]]);
    expect(
      told([
        ['称呼', '角色', '单位'],
        ['甲\ufffd', '#N/A', '乙'.repeat(1001)],
      ]),
    ).toEqual([
      ['roster:cell.unreadable', 2, 1],
      ['roster:cell.formula-error', 2, 2],
      ['roster:cell.long', 2, 3],
    ]);
    expect(told([['称呼', '角色', '单位']])).toEqual([['roster:file.no-rows', null, null]]);
    expect(told([['经费']], '其他')).toEqual([['roster:file.no-roster', null, null]]);
  });
});

test('columns are called as a spreadsheet calls them', () => {
  expect([1, 26, 27, 52, 703].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'AAA']);
});
