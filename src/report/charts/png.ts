import { renderAsync } from '@resvg/resvg-js';
import type { Drawing } from './drawing.ts';
import { drawingSvg } from './svg.ts';

/** Dots of the picture for a point of the page: sharp on a phone, and in print at 8 cm. */
const dotsPerPoint = 2;

/** A drawing as PNG, the same bytes every time; it is drawn beside the event loop. */
export async function drawingPng(drawing: Drawing): Promise<Uint8Array> {
  const picture = await renderAsync(drawingSvg(drawing, 'outlines'), {
    fitTo: { mode: 'zoom', value: dotsPerPoint },
    background: '#ffffff',
    font: { loadSystemFonts: false },
  });
  return new Uint8Array(picture.asPng());
}
