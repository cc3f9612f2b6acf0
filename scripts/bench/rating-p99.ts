import { calmerHalf } from './calm.ts';
import type { Ground } from './ground.ts';
import { atPace } from './pace.ts';
import { openRatingWeb, openWire } from './rating-web.ts';
import { percentile, type Result } from './result.ts';

const perSecond = 100;
const stretches = 12;
const secondsEach = 2;
const wiresOpen = 200;
const limitMs = 100;

/**
 * From a form leaving the browser to the answer that it is stored, at a steady 100 ratings a second; each person opens the page
 * first, which goes on at the same pace and is told on stderr.
 */
export async function ratingP99(ground: Ground): Promise<Result> {
  const web = await openRatingWeb(ground);
  const wires = await Promise.all(Array.from({ length: wiresOpen }, () => openWire(web.port)));
  const free = [...wires];
  const ask = async (request: string, status: number) => {
    const wire = free.pop() ?? (await openWire(web.port));
    await wire.ask(request, status);
    free.push(wire);
  };
  const stretch = async (seconds: number) => {
    const pages = atPace(perSecond, perSecond * seconds, () => ask(web.page(), 200));
    const ratings = atPace(perSecond, perSecond * seconds, () => ask(web.form(), 303));
    return { ratings: await ratings, pages: await pages };
  };
  // The first seconds warm the plans and the compiler up.
  await stretch(2 * secondsEach);
  const took = await calmerHalf(
    'rating-p99',
    ground,
    Array(stretches).fill(() => stretch(secondsEach)),
  );
  for (const wire of new Set([...wires, ...free])) wire.close();
  await web.close();
  process.stderr.write(`rating-p99: the page itself ${percentile(took('pages'), 0.99).toFixed(1)} ms\n`);
  return { name: 'rating-p99', value: percentile(took('ratings'), 0.99), unit: 'ms', limit: limitMs };
}
