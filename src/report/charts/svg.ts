import { fontFamily } from '../font.ts';
import { xmlText } from '../xml.ts';
import type { Drawing, Fill, Mark, Point, Shape, Tone } from './drawing.ts';
import { outline } from './letters.ts';

/** As letters that a browser sets in its own font, or as outlines of ours, for whatever has no font. */
export type Lettering = 'letters' | 'outlines';

const tones: Record<Tone, string> = {
  ink: '#1a1a1a',
  faint: '#555555',
  rule: '#c4c9cf',
  strong: '#0b4f8a',
  accent: '#b4450a',
};

/** Patterns repeat every six points, so that they hold in print, and on a phone. */
const patterns: Record<'hatched' | 'dotted', string> = {
  hatched:
    '<rect width="6" height="6" fill="#f3b68c"/><path d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5" stroke="#b4450a" stroke-width="1.8"/>',
  dotted: '<rect width="6" height="6" fill="#dbe8f4"/><circle cx="3" cy="3" r="1.3" fill="#0b4f8a"/>',
};

/**
 * One drawing as SVG, the same bytes every time. No style, script or address in it: it stands inline under any content security
 * policy, with its words for screen readers.
 */
export function drawingSvg(drawing: Drawing, lettering: Lettering = 'letters'): string {
  const { name, width, height, title, about, asOf, says, marks } = drawing;
  const used = (['hatched', 'dotted'] as const).filter((one) =>
    marks.some((mark) => mark.kind === 'box' && mark.fill === one),
  );
  const defs = used.map(
    (one) =>
      `<pattern id="${name}-${one}" width="6" height="6" patternUnits="userSpaceOnUse">${patterns[one]}</pattern>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${name}-title ${name}-says">`,
    `<title id="${name}-title">${xmlText(title)}</title><desc id="${name}-says">${xmlText([about, asOf, says].join(' '))}</desc>`,
    defs.length === 0 ? '' : `<defs>${defs.join('')}</defs>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...marks.map((mark) => drawn(mark, name, lettering)),
    '</svg>',
  ].join('');
}

function drawn(mark: Mark, name: string, lettering: Lettering): string {
  switch (mark.kind) {
    case 'text':
      return lettering === 'letters' ? letters(mark) : outlines(mark);
    case 'box': {
      const { x, y, width, height, fill } = mark;
      return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" ${painted(fill, name)}/>`;
    }
    case 'line': {
      const { points, tone, width, dashed } = mark;
      return `<path d="${along(points)}" fill="none" stroke="${tones[tone]}" stroke-width="${width}"${dashed ? ' stroke-dasharray="3 3"' : ''}/>`;
    }
    case 'sign': {
      const { shape, x, y, size, colour } = mark;
      const fill = shape === 'ring' ? '#ffffff' : colour;
      return `<path d="${outlineOf(shape, x, y, size / 2)}" fill="${fill}" stroke="#1a1a1a" stroke-width="1.2"/>`;
    }
  }
}

function painted(fill: Fill, name: string): string {
  switch (fill) {
    case 'full':
      return 'fill="#0b4f8a"';
    case 'hatched':
      return `fill="url(#${name}-hatched)" stroke="#b4450a" stroke-width="0.8"`;
    case 'dotted':
      return `fill="url(#${name}-dotted)" stroke="#0b4f8a" stroke-width="0.8"`;
    case 'empty':
      return 'fill="#ffffff" stroke="#7b838c" stroke-width="0.8"';
    case 'ground':
      return 'fill="#f3f5f7"';
  }
}

type Words = Extract<Mark, { kind: 'text' }>;

function letters({ x, y, size, text, anchor, tone, bold }: Words): string {
  return `<text x="${n(x)}" y="${n(y)}" font-size="${size}" font-family="'${fontFamily}','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif"${bold ? ' font-weight="bold"' : ''}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`} fill="${tones[tone]}">${xmlText(text)}</text>`;
}

function outlines({ x, y, size, text, anchor, tone, bold }: Words): string {
  const { path, width } = outline(text, size);
  const from = anchor === 'start' ? x : anchor === 'middle' ? x - width / 2 : x - width;
  // There is one weight of the font: bold is drawn around.
  const stroke = bold ? ` stroke="${tones[tone]}" stroke-width="${n((1000 / size) * 0.45)}"` : '';
  const scale = size / 1000;
  return `<path transform="translate(${n(from)} ${n(y)}) scale(${scale} ${-scale})" fill="${tones[tone]}"${stroke} d="${path}"/>`;
}

function along(points: readonly Point[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
}

function outlineOf(shape: Shape, x: number, y: number, r: number): string {
  switch (shape) {
    case 'circle':
    case 'ring':
      return `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0z`;
    case 'square':
      return closed(polygon(x, y, r * 1.25, 4, 45));
    case 'triangle':
      return closed(polygon(x, y + r * 0.2, r * 1.2, 3, -90));
    case 'diamond':
      return closed(polygon(x, y, r * 1.15, 4, 0));
    case 'octagon':
      return closed(polygon(x, y, r * 1.05, 8, 22.5));
  }
}

function polygon(x: number, y: number, r: number, corners: number, from: number): Point[] {
  return Array.from({ length: corners }, (_, corner): Point => {
    const angle = ((from + (360 * corner) / corners) * Math.PI) / 180;
    return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
  });
}

function closed(points: readonly Point[]): string {
  return `${along(points)}z`;
}

/** Two decimals: finer than any screen, and the same on every machine. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}
