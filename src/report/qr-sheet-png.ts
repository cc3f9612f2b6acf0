import { Resvg } from '@resvg/resvg-js';
import { fontFamily, fontFile } from './font.ts';
import { type Mark, pageSize, type SheetPage } from './qr-sheet.ts';
import { xmlText } from './xml.ts';

/** 200 dots an inch: 1654 × 2339 pixels. */
const widthPixels = 1654;

/** One page of a sheet as PNG. */
export function sheetPng(page: SheetPage): Uint8Array {
  const picture = new Resvg(svgOf(page), {
    fitTo: { mode: 'width', value: widthPixels },
    background: '#ffffff',
    font: { fontFiles: [fontFile()], loadSystemFonts: false, defaultFontFamily: fontFamily },
  });
  return new Uint8Array(picture.render().asPng());
}

function svgOf(page: SheetPage): string {
  const { width, height } = pageSize;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${page.map(drawn).join('')}</svg>`;
}

function drawn(mark: Mark): string {
  switch (mark.kind) {
    case 'text': {
      const { x, y, size, faint, text } = mark;
      return `<text x="${x}" y="${y}" font-size="${size}" font-family="${fontFamily}" text-anchor="middle" fill="${faint ? '#555' : '#000'}">${xmlText(text)}</text>`;
    }
    case 'frame': {
      const { x, y, width, height } = mark;
      return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="#aaa" stroke-width="0.5" stroke-dasharray="3 3"/>`;
    }
    case 'squares': {
      const { x, y, side, rows } = mark;
      const path = rows.flatMap((runs, row) =>
        runs.map(([from, length]) => `M${from} ${row}h${length}v1h-${length}z`),
      );
      return `<path transform="translate(${x} ${y}) scale(${side})" shape-rendering="crispEdges" d="${path.join('')}"/>`;
    }
  }
}
