import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { lampColours } from '../../../src/campaign/rectification/lamp.ts';
import { languages } from '../../../src/flow/text.ts';
import { packageRoot } from '../../../src/package-root.ts';
import { type Drawing, margin, pageWidth } from '../../../src/report/charts/drawing.ts';
import { isInFont, outline } from '../../../src/report/charts/letters.ts';
import { drawingPng } from '../../../src/report/charts/png.ts';
import { progressDrawing } from '../../../src/report/charts/progress.ts';
import { lampSign } from '../../../src/report/charts/signs.ts';
import { drawingSvg } from '../../../src/report/charts/svg.ts';
import { progressOf } from '../../../src/report/models/progress.ts';
import { drawings, shownIn } from './models.ts';
import { greysOf, pixelsOf } from './pixels.ts';

const all = Object.entries(drawings).flatMap(([name, draw]) =>
  languages.map((language) => [`${name}.${language}`, draw(language)] as const),
);
const textsOf = ({ marks }: Drawing) => marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : []));

test.each(all)('%s reads as it did', async (name, drawing) => {
  const words = [
    drawing.about,
    drawing.asOf,
    drawing.says,
    '',
    ...textsOf(drawing).map(({ text }) => text),
    '',
  ].join('\n');
  await expect(words).toMatchFileSnapshot(path.join(packageRoot(), `test/report/charts/golden/${name}.txt`));
});

test.each(all)(
  '%s: every word lies on the page, in letters that can be read and that the font has',
  (_, drawing) => {
    for (const { x, y, anchor, text, size } of textsOf(drawing)) {
      const { width } = outline(text, size);
      const from = anchor === 'start' ? x : anchor === 'middle' ? x - width / 2 : x - width;
      expect([text, from >= margin - 6, from + width <= pageWidth - margin + 6]).toEqual([text, true, true]);
      expect([text, y > 0 && y < drawing.height]).toEqual([text, true]);
      expect([text, size >= 9]).toEqual([text, true]);
      expect([...text].filter((letter) => !isInFont(letter))).toEqual([]);
    }
  },
);

test.each(all)(
  '%s: the picture decodes, twice as wide as a phone, the same bytes each time',
  async (_, drawing) => {
    const png = await drawingPng(drawing);
    expect(Buffer.from(await drawingPng(drawing)).equals(png)).toBe(true);
    const picture = pixelsOf(png);
    expect([picture.width, picture.height]).toEqual([2 * pageWidth, 2 * drawing.height]);
    expect(greysOf(picture).size).toBeGreaterThan(10);
  },
);

test.each(all)('%s stands in a page: no style, script, address or id of another drawing', (_, drawing) => {
  const svg = drawingSvg(drawing);
  expect(svg).toBe(drawingSvg(drawing));
  expect(svg).not.toMatch(/style|class=|script|href|<image|on[a-z]+=/);
  expect(svg).toContain(`<desc id="${drawing.name}-says">`);
  for (const [, id = ''] of svg.matchAll(/ id="([^"]+)"/g))
    expect(id.startsWith(`${drawing.name}-`)).toBe(true);
  // Every letter is one: it can be searched for, enlarged and read aloud.
  for (const { text } of textsOf(drawing)) expect(svg).toContain(`>${text.replace('&', '&amp;')}</text>`);
});

test('without any font on the machine nothing is drawn as a box for a missing letter', async () => {
  const svg = drawingSvg(drawings.lamps('zh-CN'), 'outlines');
  expect(svg).not.toContain('<text');
  expect(outline('督', 12).path).not.toBe(outline('办', 12).path);
  // A rare letter that the font lacks is set as 〓, in its own place.
  expect(isInFont('\u{20000}')).toBe(false);
  expect(outline('甲\u{20000}', 10)).toEqual(outline('甲〓', 10));
});

test('every sentence that charts can say is in the font', () => {
  for (const language of languages) {
    const words = readFileSync(path.join(packageRoot(), `locales/${language}/charts.json`), 'utf8');
    expect([...new Set(words.replace(/\s/g, ''))].filter((letter) => !isInFont(letter))).toEqual([]);
  }
});

test('colours are never alone: every lamp has its shape, every part of a bar its pattern and its grey', async () => {
  const signs = lampColours.map((colour) => lampSign({ colour }));
  expect(new Set(signs.map((sign) => (sign.kind === 'sign' ? sign.shape : ''))).size).toBe(
    lampColours.length,
  );
  const greys = (['full', 'hatched', 'empty'] as const).map((fill) => {
    const box = { kind: 'box', x: 0, y: 0, width: 60, height: 60, fill } as const;
    const svg = drawingSvg({
      name: 'x',
      width: 60,
      height: 60,
      title: 'x',
      about: 'x',
      asOf: 'x',
      says: 'x',
      marks: [box],
    });
    const { pixels } = new Resvg(svg).render();
    let sum = 0;
    for (let at = 0; at < pixels.length; at += 4)
      sum += 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
    return (4 * sum) / pixels.length;
  });
  const [full = 0, hatched = 0, empty = 0] = greys;
  expect(hatched - full).toBeGreaterThan(50);
  expect(empty - hatched).toBeGreaterThan(50);
});

test('what people typed breaks nothing', async () => {
  const name = 'A & B <script>alert(1)</script> \u0007\ud800👍';
  const model = progressOf(
    [
      { unitId: 'a', total: 1, done: 1, late: 0 },
      { unitId: 'b', total: 1, done: 0, late: 1 },
    ],
    [
      { id: 'a', name, parent: null },
      { id: 'b', name: '乙', parent: null },
    ],
  );
  const drawing = progressDrawing(model, { ...shownIn('zh-CN'), about: name });
  expect(drawingSvg(drawing)).not.toContain('<script');
  expect(drawingSvg(drawing)).toContain('A &amp; B &lt;script&gt;');
  expect(pixelsOf(await drawingPng(drawing)).width).toBe(750);
});
