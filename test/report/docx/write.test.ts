import { expect, test } from 'vitest';
import { chineseNumeral, longDate, numbering } from '../../../src/report/docx/numerals.ts';
import type { Paper } from '../../../src/report/docx/paper.ts';
import { readPhoto } from '../../../src/report/docx/photo.ts';
import { signatureIndents } from '../../../src/report/docx/signature.ts';
import { writeDocx } from '../../../src/report/docx/write.ts';
import { photo } from '../../commands/visit.ts';
import { all, type Element, first, opened, unpacked, wordsOf } from './package.ts';
import { faultsOf } from './valid.ts';

const picture = {
  kind: 'picture',
  caption: '窗口（n＝1）',
  words: '窗口',
  ...sure(readPhoto(photo.bytes)),
} as const;

const paper: Paper = {
  language: 'zh-CN',
  title: '南湖区政府关于交叉式抽查情况的报告',
  addressee: '市行政审批服务中心',
  blocks: [
    { kind: 'text', text: '按照通知要求，现将有关情况报告如下。' },
    { kind: 'heading', level: 1, text: '基本情况' },
    { kind: 'heading', level: 2, text: '检查窗口' },
    { kind: 'heading', level: 3, text: '不动产登记窗口' },
    { kind: 'text', lead: '海盐县：', text: '一切正常。\n但“<b>&”\u0007不是标签。' },
    { kind: 'heading', level: 2, text: '其他' },
    { kind: 'heading', level: 1, text: '存在问题' },
    {
      kind: 'table',
      title: '问题',
      head: ['序号', '问题'],
      rows: [['1', '缺岗'], ['2']],
      widths: [1, 6],
      note: '注：n＝2。',
    },
    picture,
  ],
  appendices: [
    { title: '问题清单', blocks: [picture] },
    { title: '佐证材料', blocks: [] },
  ],
  signer: '南湖区政府',
  day: '2026-07-15',
};

const attributeOf = (element: Element | undefined, name: string) => Number(element?.attributes[name]);
const styleOf = (paragraph: Element) => first(paragraph, 'w:pStyle')?.attributes['w:val'];

test('the page is that of GB/T 9704-2012: A4, 37/35/28/26 mm, 28 characters a line, lines of 28 points', async () => {
  const { body, part } = opened(await writeDocx(paper));
  const section = first(body, 'w:sectPr');
  if (section === undefined) expect.fail('no section');
  const mm = (name: string, side: string) => (attributeOf(first(section, name), side) * 25.4) / 1440;
  expect(mm('w:pgSz', 'w:w')).toBeCloseTo(210, 1);
  expect(mm('w:pgSz', 'w:h')).toBeCloseTo(297, 1);
  expect(mm('w:pgMar', 'w:top')).toBeCloseTo(37, 1);
  expect(mm('w:pgMar', 'w:bottom')).toBeCloseTo(35, 1);
  expect(mm('w:pgMar', 'w:left')).toBeCloseTo(28, 1);
  expect(mm('w:pgMar', 'w:right')).toBeCloseTo(26, 1);
  const grid = first(section, 'w:docGrid');
  expect(grid?.attributes).toMatchObject({ 'w:type': 'linesAndChars', 'w:linePitch': '560' });
  expect((16 + attributeOf(grid, 'w:charSpace') / 4096) * 28 * (25.4 / 72)).toBeCloseTo(156, 0);
  const defaults = first(part('word/styles.xml'), 'w:docDefaults');
  if (defaults === undefined) expect.fail('no defaults');
  expect(first(defaults, 'w:rFonts')?.attributes['w:eastAsia']).toBe('仿宋_GB2312');
  expect(attributeOf(first(defaults, 'w:sz'), 'w:val')).toBe(32);
  expect(first(defaults, 'w:spacing')?.attributes).toMatchObject({ 'w:line': '560', 'w:lineRule': 'exact' });
});

test('title, headings and fonts: 二号小标宋, 黑体, 楷体, 仿宋, with substitutes where they are missing', async () => {
  const { body, part } = opened(await writeDocx(paper));
  const styles = new Map(
    all(part('word/styles.xml'), 'w:style').map((style) => [style.attributes['w:styleId'], style]),
  );
  const faceOf = (id: string) => {
    const style = styles.get(id);
    if (style === undefined) expect.fail(id);
    const bold = first(style, 'w:b')?.attributes['w:val'];
    return [
      first(style, 'w:rFonts')?.attributes['w:eastAsia'],
      attributeOf(first(style, 'w:sz'), 'w:val'),
      bold,
    ];
  };
  expect(faceOf('Title')).toEqual(['方正小标宋简体', 44, 'false']);
  expect(faceOf('Heading1')).toEqual(['黑体', 32, 'false']);
  expect(faceOf('Heading2')).toEqual(['楷体_GB2312', 32, 'false']);
  expect(faceOf('Heading3')).toEqual(['仿宋_GB2312', 32, 'false']);
  const headings = all(body, 'w:p').filter((one) => styleOf(one)?.startsWith('Heading'));
  expect(headings.map(wordsOf)).toEqual([
    '一、基本情况',
    '（一）检查窗口',
    '1. 不动产登记窗口',
    '（二）其他',
    '二、存在问题',
  ]);
  const fonts = all(part('word/fontTable.xml'), 'w:font');
  const named = new Map(
    fonts.map((font) => [font.attributes['w:name'], first(font, 'w:altName')?.attributes['w:val']]),
  );
  for (const face of ['方正小标宋简体', '黑体', '楷体_GB2312', '仿宋_GB2312', '宋体'])
    expect(named.get(face)).toMatch(/,/);
});

test('the text is indented by two characters, what has several lines stays in several paragraphs, and is nobody’s markup', async () => {
  const { body } = opened(await writeDocx(paper));
  const written = all(body, 'w:p').filter((one) => /一切正常|不是标签/.test(wordsOf(one)));
  expect(written.map(wordsOf)).toEqual(['海盐县：一切正常。', '但“<b>&”不是标签。']);
  for (const one of written) expect(attributeOf(first(one, 'w:ind'), 'w:firstLineChars')).toBe(200);
});

test('what XML cannot hold is left out, wherever somebody wrote it', async () => {
  const odd = '\u000b\u0000\ufffe\ud800';
  const { body, part } = opened(
    await writeDocx({
      ...paper,
      title: `${odd}报告`,
      addressee: `${odd}中心`,
      signer: `${odd}政府`,
      blocks: [{ kind: 'text', lead: `${odd}不动产登记：`, text: `${odd}正常` }],
      appendices: [],
    }),
  );
  expect(
    all(body, 'w:p')
      .map(wordsOf)
      .filter((words) => words !== ''),
  ).toEqual(['报告', '中心：', '不动产登记：正常', '政府', '2026年7月15日']);
  expect(first(part('docProps/core.xml'), 'dc:title')?.text).toBe('报告');
  // The office's own paper: no program's.
  for (const who of ['dc:creator', 'cp:lastModifiedBy'])
    expect(first(part('docProps/core.xml'), who)?.text).toBe('政府');
});

test('page numbers stand outside: right on odd pages, left on even ones, between dashes, 7 mm below the text', async () => {
  const { files, part, body } = opened(await writeDocx(paper));
  expect(all(part('word/settings.xml'), 'w:evenAndOddHeaders')).toHaveLength(1);
  const targets = new Map(
    all(part('word/_rels/document.xml.rels'), 'Relationship').map(({ attributes }) => [
      attributes.Id,
      attributes.Target,
    ]),
  );
  const sides = all(body, 'w:footerReference').map(({ attributes }) => {
    const footer = part(`word/${targets.get(attributes['r:id'])}`);
    expect(wordsOf(footer)).toBe('—  —');
    expect(all(footer, 'w:instrText').map(({ text }) => text)).toEqual(['PAGE']);
    expect(attributeOf(first(footer, 'w:sz'), 'w:val')).toBe(28);
    return [attributes['w:type'], first(footer, 'w:jc')?.attributes['w:val']];
  });
  expect(Object.fromEntries(sides)).toEqual({ default: 'right', even: 'left' });
  const footer = (attributeOf(first(body, 'w:pgMar'), 'w:footer') * 25.4) / 1440;
  // From the text to the top of the number's line, which is 14 points high.
  expect(35 - footer - (14 * 25.4) / 72).toBeCloseTo(7, 1);
  expect(files.size).toBeGreaterThan(10);
});

test('the list of appendices, the signature and the date come before the appendices, which begin on pages of their own', async () => {
  const { paragraphs, body } = opened(await writeDocx(paper));
  const at = (words: string) => paragraphs.indexOf(words);
  expect(at('附件：1. 问题清单')).toBeGreaterThan(0);
  expect(at('2. 佐证材料')).toBe(at('附件：1. 问题清单') + 1);
  expect(at('南湖区政府')).toBeGreaterThan(at('2. 佐证材料'));
  expect(at('2026年7月15日')).toBe(at('南湖区政府') + 1);
  expect(at('附件1')).toBeGreaterThan(at('2026年7月15日'));
  expect(all(body, 'w:pageBreakBefore')).toHaveLength(2);
  expect(opened(await writeDocx({ ...paper, appendices: paper.appendices.slice(1) })).paragraphs).toContain(
    '附件：佐证材料',
  );
});

test('the date stands four characters from the edge, the signer centred above; a long one stays on the page', () => {
  const characters = (twips: number) => twips / ((156 * 1440) / 25.4 / 28);
  const short = signatureIndents('南湖区政府', '2026年7月15日');
  expect(characters(short.date)).toBeCloseTo(4, 1);
  // 2026年7月15日 is 6½ characters wide, 南湖区政府 5.
  expect(characters(short.signer)).toBeCloseTo(4 + 3.25 - 2.5, 1);
  const long = signatureIndents('嘉兴经济技术开发区（国际商务区）管理委员会', '2026年7月15日');
  expect(long.signer).toBe(0);
  expect(characters(long.date)).toBeCloseTo(21 / 2 - 3.25, 1);
});

test('tables and pictures have their numbers through text and appendices, and the text before them refers to them', async () => {
  const table = paper.blocks.find(({ kind }) => kind === 'table');
  if (table === undefined) expect.fail('no table');
  const chart = { ...picture, title: '问题分类', caption: '问题分类（n＝2）' };
  const one: Paper = {
    ...paper,
    blocks: [
      table,
      chart,
      { kind: 'text', text: '另有情况。' },
      { ...table, kind: 'table', title: '措施' } as typeof table,
    ],
    appendices: [{ title: '佐证材料', blocks: [picture, picture, picture] }],
  };
  const said = (words: string[]) =>
    words.filter((line) => /^(?:详见|[表图]\d|See|Table \d|Figure \d)/.test(line));
  expect(said(opened(await writeDocx(one)).paragraphs)).toEqual([
    '详见表1（问题）、图1（问题分类）。',
    '表1　问题',
    '图1　问题分类（n＝2）',
    '详见表2（措施）。',
    '表2　措施',
    '详见图2至图4。',
    '图2　窗口（n＝1）',
    '图3　窗口（n＝1）',
    '图4　窗口（n＝1）',
  ]);
  const english = said(opened(await writeDocx({ ...one, language: 'en' })).paragraphs);
  expect(english.slice(0, 2)).toEqual(['See Table 1 (问题), Figure 1 (问题分类).', 'Table 1. 问题']);
  expect(english).toContain('See Figures 2 to 4.');
});

test('a row that lacks a cell gets it, and the heading of a table comes again on each page', async () => {
  const { body } = opened(await writeDocx(paper));
  const rows = all(body, 'w:tr');
  expect(rows.map((row) => all(row, 'w:tc').length)).toEqual([2, 2, 2]);
  expect(rows.map((row) => all(row, 'w:tblHeader').length)).toEqual([1, 0, 0]);
});

test.each([
  ['of everything', paper],
  ['of nothing but a title', { ...paper, addressee: null, signer: null, blocks: [], appendices: [] }],
  ['in English', { ...paper, language: 'en' as const }],
])('a document %s opens without repair', async (_, one) => {
  expect(faultsOf(await writeDocx(one))).toEqual([]);
});

test('the same paper is the same bytes, whenever it is written', async () => {
  const one = await writeDocx(paper);
  await writeDocx({ ...paper, title: '另一份' });
  const again = await writeDocx(paper);
  expect(Buffer.compare(one, again)).toBe(0);
  expect(Buffer.from(unpacked(one).get('docProps/core.xml') ?? []).toString()).toContain(
    '2026-07-15T00:00:00Z',
  );
});

test.each([
  [1, '一'],
  [10, '十'],
  [11, '十一'],
  [20, '二十'],
  [99, '九十九'],
])('%i is %s', (n, numeral) => expect(chineseNumeral(n)).toBe(numeral));

test('numbers and dates in both languages', () => {
  expect(([1, 2, 3] as const).map((level) => numbering('zh-CN', level, 4))).toEqual([
    '四、',
    '（四）',
    '4. ',
  ]);
  expect(([1, 2, 3] as const).map((level) => numbering('en', level, 4))).toEqual(['IV. ', '4. ', '(4) ']);
  expect([longDate('zh-CN', '2026-07-05'), longDate('en', '2026-07-05')]).toEqual([
    '2026年7月5日',
    '5 July 2026',
  ]);
});

/** A JPEG of no pixels that says how large it is and how it was held, with a place in its Exif. */
function jpeg(orientation: number): Uint8Array {
  const exif = Buffer.from(
    `Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0${String.fromCharCode(orientation)}\0\0\0`.padEnd(
      60,
      'G',
    ),
    'latin1',
  );
  const segment = (marker: number, data: Buffer) =>
    Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255]), data]);
  const frame = Buffer.from([8, 0, 60, 0, 80, 1, 1, 0x11, 0]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe1, exif),
    segment(0xc0, frame),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x2a, 0xff, 0xd9]),
  ]);
}

test('of a photo its size is read and how it was held; where it was taken is left out', () => {
  const upright = sure(readPhoto(jpeg(1)));
  expect(upright).toMatchObject({ type: 'jpg', width: 80, height: 60, turned: 0 });
  expect(Buffer.from(upright.bytes).toString('latin1')).not.toContain('Exif');
  expect(Buffer.from(upright.bytes).subarray(-3)).toEqual(Buffer.from([0x2a, 0xff, 0xd9]));
  expect(([3, 6, 8] as const).map((held) => readPhoto(jpeg(held))?.turned)).toEqual([180, 90, 270]);
  expect(readPhoto(jpeg(6).subarray(0, 70))).toBeNull();
  expect(readPhoto(new TextEncoder().encode('RIFF a film that is no photo, however long it is'))).toBeNull();
});

function sure<Value>(value: Value | null): Value {
  if (value === null) throw new Error('nothing');
  return value;
}
