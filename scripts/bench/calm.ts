import pg from 'pg';
import type { Ground } from './ground.ts';
import { percentile } from './result.ts';

/** Times of one stretch, by what was measured in it. Short, so that a disk's bad moment spoils few of them. */
export type Stretch<Name extends string> = () => Promise<Record<Name, number[]>>;

const everyMs = 20;

/**
 * Runs stretches one after another while a bare row is committed every 20 ms beside them, and keeps the times of the half
 * in which that commit's worst was smallest: on a shared disk an fsync can take a second, and then everything durable
 * does, whoever wrote it. What was set aside, and how the disk did, is said on stderr.
 */
export async function calmerHalf<Name extends string>(
  title: string,
  ground: Ground,
  stretches: Stretch<Name>[],
): Promise<(name: Name) => number[]> {
  const client = new pg.Client(await ground.newDatabase());
  await client.connect();
  await client.query('CREATE TABLE probe (at timestamptz)');
  const runs: { worstMs: number; took: Record<Name, number[]> }[] = [];
  for (const stretch of stretches) {
    const probe = watch(client);
    const took = await stretch();
    runs.push({ worstMs: await probe(), took });
  }
  await client.end();
  runs.sort((one, other) => one.worstMs - other.worstMs);
  const kept = runs.slice(0, Math.ceil(runs.length / 2));
  const [calm, worst] = [kept.at(-1), runs.at(-1)].map((run) => run?.worstMs.toFixed(1));
  const [first] = Object.keys(runs[0]?.took ?? {}) as Name[];
  const all = first === undefined ? [] : runs.flatMap(({ took }) => took[first]);
  process.stderr.write(
    `${title}: a bare commit took at most ${calm} ms in the ${kept.length} stretches kept, ${worst} ms in the others; ` +
      `p99 of all stretches ${percentile(all, 0.99).toFixed(1)} ms\n`,
  );
  return (name) => kept.flatMap(({ took }) => took[name]);
}

/** Commits a row again and again. @returns what ends it and tells the longest that one took, ms */
function watch(client: pg.Client): () => Promise<number> {
  let going = true;
  let worstMs = 0;
  const ended = (async () => {
    while (going) {
      const began = performance.now();
      await client.query('INSERT INTO probe VALUES (now())');
      worstMs = Math.max(worstMs, performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  })();
  return async () => {
    going = false;
    await ended;
    return worstMs;
  };
}
