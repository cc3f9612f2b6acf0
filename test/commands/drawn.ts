import { once } from 'node:events';
import pg from 'pg';
import { startBackground } from '../../src/jobs/background.ts';
import { loadFiles } from '../../src/store/attachments.ts';
import { workChannel } from '../../src/store/listen.ts';
import type { Heard, Talk } from '../conversation/stage.ts';

/** A message that came with one picture. */
export interface Drawn {
  heard: Heard;
  file: { name: string; mime: string; bytes: Uint8Array };
}

/** Lets what was asked for be drawn by the background worker, and gives what that sent. */
export async function drawn(talk: Talk): Promise<Drawn[]> {
  const { database, clock, log } = talk;
  const listener = new pg.Client(database.pool.options);
  await listener.connect();
  await listener.query(`LISTEN ${workChannel}`);
  const told = once(listener, 'notification');
  const heard = await talk.during(async () => {
    const background = await startBackground({
      database,
      clock,
      machine: clock,
      log,
      keys: talk.options.keys,
    });
    await told;
    await background.stop();
  });
  await listener.end();
  return Promise.all(
    heard.map(async (one) => {
      const [file] = await loadFiles(database, one.say.attachments ?? []);
      if (file === undefined) throw new Error('a message without its picture');
      return { heard: one, file };
    }),
  );
}
