import pg from 'pg';
import { claimService } from '../../src/store/embedded/claim.ts';
import {
  type EmbeddedOptions,
  type EmbeddedServer,
  startEmbedded,
} from '../../src/store/embedded/embedded.ts';
import { StartFault } from '../../src/store/embedded/fault.ts';

/** A small service, to be killed: see embedded-child.ts, which bundles and runs it. */
export interface Orders {
  dataDir: string;
  options: EmbeddedOptions;
  waitMsMax?: number;
  /** Write rows 0, 1, 2 … of this run and say each once it is committed. */
  write?: string;
}

export type Said =
  | { is: 'started'; adopted: boolean; home: string; note: string | undefined; host: string }
  | { is: 'claimed' | 'refused' | 'stopped' }
  | { is: 'wrote'; n: number }
  | { is: 'fault'; code: string; message: string };

const say = (said: Said): void => void process.stdout.write(`${JSON.stringify(said)}\n`);

async function serve({ dataDir, options, waitMsMax, write }: Orders): Promise<void> {
  const server = await startEmbedded(dataDir, options);
  const { adopted, home, note, config } = server;
  say({ is: 'started', adopted, home, note, host: config.host });
  const claim = await claimService(config, waitMsMax === undefined ? {} : { waitMsMax });
  say({ is: claim ? 'claimed' : 'refused' });
  if (claim && write) await writeOn(server, write);
  // Lives until its input ends, as a service lives until it is told to stop.
  if (claim) await new Promise((resolve) => process.stdin.on('end', resolve).resume());
  await claim?.release();
  await server.stop();
  say({ is: 'stopped' });
}

async function writeOn({ config }: EmbeddedServer, run: string): Promise<never> {
  const client = new pg.Client(config);
  // Some tests kill the server; the statement tells.
  client.on('error', () => undefined);
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS written (run text, n int)');
  for (let n = 0; ; n++) {
    await client.query('INSERT INTO written VALUES ($1, $2)', [run, n]);
    say({ is: 'wrote', n });
  }
}

serve(JSON.parse(process.argv[2] ?? '{}')).catch((error: Error) => {
  say({ is: 'fault', code: error instanceof StartFault ? error.code : error.name, message: error.message });
  process.exitCode = 1;
});
