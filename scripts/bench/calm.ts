import pg from 'pg';
import type { Ground } from './ground.ts';

/** One stretch of a measurement, in seconds short enough that a disk's bad moment spoils few of them. */
export type Stretch = () => Promise<number[]>;

const everyMs = 20;

/**
 * Runs stretches one after another while a bare row is committed every 20 ms beside them, and keeps the times of the half
 * in which that commit's worst was smallest: on a shared disk an fsync can take a second, and then everything durable
 * does, whoever wrote it. What was set aside, and how the disk did, is said on stderr.
 */
export async function calmerHalf(name: string, ground: Ground, stretches: Stretch[]): Promise<number[]> {
  const client = new pg.Client(await ground.newDatabase());
  await client.connect();
  await client.query('CREATE TABLE probe (at timestamptz)');
  const runs: { worstMs: number; took: number[] }[] = [];
  for (const stretch of stretches) {
    const probe = watch(client);
    const took = await stretch();
    runs.push({ worstMs: await probe(), took });
  }
  await client.end();
  runs.sort((one, other) => one.worstMs - other.worstMs);
  const kept = runs.slice(0, Math.ceil(runs.length / 2));
  const [calm, worst] = [kept.at(-1), runs.at(-1)].map((run) => run?.worstMs.toFixed(1));
  process.stderr.write(
    `${name}: a bare commit took at most ${calm} ms in the ${kept.length} stretches kept, ${worst} ms in the others\n`,
  );
  return kept.flatMap(({ took }) => took);
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
