import { inflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import jsQR from 'jsqr';
import { expect, test } from 'vitest';
import { sentence } from '../../src/conversation/wording.ts';
import { codesPerPage, type Mark, pageSize, type SheetCode, sheetPages } from '../../src/report/qr-sheet.ts';
import { sheetPdf } from '../../src/report/qr-sheet-pdf.ts';
import { sheetPng } from '../../src/report/qr-sheet-png.ts';
import { fitted, widthOf, wrapped } from '../../src/report/typesetting.ts';

const code = (given: Partial<SheetCode> = {}): SheetCode => ({
  code: 'ACFHJ-34679',
  link: 'https://rate.example.org/s/ACFHJ34679',
  unitName: { 'zh-CN': '3号窗口', en: 'Window 3' },
  aboveName: { 'zh-CN': '海盐县行政服务中心', en: 'Haiyan service centre' },
  ...{ matter: null, once: false, until: null },
  ...given,
});
const many = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    code({ unitName: `${n}号窗口`, link: `https://rate.example.org/s/${n}` }),
  );

const textsOf = (marks: readonly Mark[]) =>
  marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));

test('a code stands with the name, a neutral sentence in both languages, its letters and its address', () => {
  const [page = []] = sheetPages([code({ matter: '不动产登记', until: '2026-07-31' })]);
  expect(textsOf(page)).toEqual([
    '海盐县行政服务中心 3号窗口',
    'Haiyan service centre, Window 3',
    '事项：不动产登记',
    '扫码评价本次服务。自愿填写，不记名。',
    'Scan to rate this service. Voluntary, no name.',
    '编号 ACFHJ-34679 · 有效期至2026年7月31日（周五）',
    'https://rate.example.org/s/ACFHJ34679',
  ]);
  expect(textsOf(sheetPages([code({ once: true })])[0] ?? []).join()).toContain(
    '扫码评价本次办件，只能评价一次。',
  );
  expect(textsOf(page).join()).not.toMatch(/满意|好评|五星|5星|★|satisf|star|good/i);
});

test('a card that leads to this machine alone says so and invites nobody, in the picture and the PDF too', async () => {
  for (const link of [
    'http://localhost:8080/s/ACFHJ34679',
    'http://127.0.0.1/s/ACFHJ34679',
    'http://[::1]:80/s/A',
  ]) {
    const two = [code({ link }), code({ link, once: true })];
    const texts = textsOf(sheetPages(two)[0] ?? []);
    for (const language of ['zh-CN', 'en'] as const)
      expect(texts.filter((text) => text === sentence(language, 'codes:sheet.sample'))).toHaveLength(2);
    expect(texts.join()).not.toMatch(/扫码评价|Scan to rate/);
  }
  const sample = sheetPages([code({ link: 'http://localhost:8080/s/ACFHJ34679' })]);
  const maps = streamsOf(await sheetPdf(sample)).filter((text) => text.includes('beginbfrange'));
  for (const letter of '试印样张请勿贴') expect(maps[0]).toContain(letter.charCodeAt(0).toString(16));
  expect(textsOf(sheetPages([code()])[0] ?? []).join()).not.toContain('请勿张贴');
});

test('the picture of a page leads every phone to its addresses', () => {
  const links = many(codesPerPage).map(({ link }) => link);
  const [page = []] = sheetPages(many(codesPerPage));
  const href = `data:image/png;base64,${Buffer.from(sheetPng(page)).toString('base64')}`;
  const read = page.flatMap((mark) => {
    if (mark.kind !== 'frame') return [];
    const { x, y, width, height } = mark;
    const cut = new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}">
        <image href="${href}" width="${pageSize.width}" height="${pageSize.height}"/></svg>`,
      { fitTo: { mode: 'zoom', value: 2 } },
    ).render();
    return jsQR(new Uint8ClampedArray(cut.pixels), cut.width, cut.height)?.data ?? 'unread';
  });
  expect(read).toEqual(links);
});

test('the PDF has a page for six codes, Chinese letters inside, and the same bytes each time', async () => {
  const pages = sheetPages(many(13));
  const pdf = await sheetPdf(pages);
  const raw = Buffer.from(pdf).toString('latin1');
  expect(raw.startsWith('%PDF-')).toBe(true);
  expect(raw.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(3);
  // A subset of the font is embedded, and what each of its letters means can be searched for and copied.
  expect(raw).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoSansHans-Regular/);
  expect(raw).toMatch(/\/FontFile3 \d+ 0 R/);
  const maps = streamsOf(pdf).filter((text) => text.includes('beginbfrange'));
  expect(maps).toHaveLength(1);
  for (const letter of '扫码评价本次服务窗口') expect(maps[0]).toContain(letter.charCodeAt(0).toString(16));
  expect(pdf.length).toBeLessThan(250_000);
  expect(await sheetPdf(pages)).toEqual(pdf);
});

function streamsOf(pdf: Uint8Array): string[] {
  const bytes = Buffer.from(pdf);
  const texts: string[] = [];
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 1)) {
    const end = bytes.indexOf('\nendstream', at);
    try {
      texts.push(inflateSync(bytes.subarray(at + 7, end)).toString('latin1'));
    } catch {
      // The end of another stream, or one that is not packed.
    }
  }
  return texts;
}

test.each([
  'https://rating.service-centre.haiyan.example.gov.org:8443/s/ACFHJ34679',
  'http://localhost:8080/s/ACFHJ34679',
])('nothing runs out of its place, however long the names are: %s', (link) => {
  const long =
    '嘉兴经济技术开发区（国际商务区）管理委员会行政审批服务中心综合受理大厅不动产登记交易缴税一窗受理窗口';
  const [page = []] = sheetPages([
    code({
      unitName: { 'zh-CN': long, en: `The ${'very '.repeat(60)}long window` },
      matter:
        '不动产首次登记、转移登记、变更登记、抵押登记、预告登记、更正登记、异议登记、查封登记、注销登记、补换证',
      link,
      until: '2026-07-31',
    }),
  ]);
  const frame = page.find((mark) => mark.kind === 'frame');
  if (frame?.kind !== 'frame') throw new Error('no frame');
  for (const mark of page) {
    if (mark.kind !== 'text') continue;
    expect([mark.text, widthOf(mark.text, mark.size) <= frame.width - 20]).toEqual([mark.text, true]);
    expect(mark.y).toBeLessThan(frame.y + frame.height - 5);
  }
  const square = page.find((mark) => mark.kind === 'squares');
  const above = page.filter((mark) => mark.kind === 'text' && mark.y < (square?.y ?? 0));
  expect(above.length).toBeGreaterThan(3);
});

test('lines break between Chinese letters and not inside Latin words', () => {
  expect(wrapped('海盐县行政服务中心', 10, 50, 2)).toEqual(['海盐县行政', '服务中心']);
  expect(wrapped('海盐县行政服务中心综合窗口', 10, 50, 2)).toEqual(['海盐县行政', '服务中心…']);
  expect(wrapped('按第1版（起）统计', 10, 50, 3)).toEqual(['按第1版', '（起）统计']);
  expect(wrapped('the service centre', 10, 70, 3)).toEqual(['the service', 'centre']);
  expect(fitted('a', 8, 100)).toBe(8);
  expect(fitted('a'.repeat(100), 8, 100)).toBeLessThan(2);
});

test('what XML would stumble over is drawn all the same', () => {
  const [page = []] = sheetPages([code({ unitName: 'A & B <"\u0001>' })]);
  expect(sheetPng(page).length).toBeGreaterThan(1000);
});
