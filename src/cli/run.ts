import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import type { SentenceKey } from '../flow/say.ts';
import { createLog } from '../log.ts';
import { presentClock } from '../store/clock.ts';
import { StartFault } from '../store/embedded/fault.ts';
import { openStore } from '../store/open.ts';
import { audit } from './audit.ts';
import { draw, drawInFile } from './draw.ts';
import { exportCampaign } from './export.ts';
import { importFile } from './import.ts';
import { load } from './load.ts';
import { plan } from './plan.ts';
import { privacy } from './privacy.ts';
import { publish } from './publish.ts';
import { queue } from './queue.ts';
import { report } from './report.ts';
import { schema } from './schema.ts';
import { survey } from './survey.ts';
import { template } from './template.ts';
import { type Options, type Terminal, tell } from './terminal.ts';

/** What can be done from a terminal, beside a running service or without one; `npm run duban -- <name>`. */
const doings: Record<string, (terminal: Terminal) => Promise<number>> = {
  load,
  publish,
  // Opening the store has migrated it.
  migrate: async () => {
    tell(process.stdout, 'cli:migrate.done');
    return 0;
  },
  export: exportCampaign,
  import: importFile,
  report,
  draw,
  queue,
  audit,
  privacy,
  survey,
};

/** What needs no database. */
const offline: Record<string, (args: string[], options: Options) => Promise<number>> = {
  plan,
  schema,
  template,
};

/** @param words as typed behind the program's name @returns the exit code: 0 done, 1 refused, 2 wrongly called */
export async function run(words: string[]): Promise<number> {
  // `plan … | head`: whoever reads has read enough, and what was to be done is done all the same.
  process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EPIPE') throw fault;
  });
  const parsed = parse(words);
  if (parsed === null) return refuse('cli:usage.option');
  const [name, ...args] = parsed.positionals;
  if (parsed.values.help === true || name === 'help') return usage(0);
  if (name === undefined) return usage(2);
  const alone = offline[name];
  if (alone !== undefined) return alone(args, parsed.values);
  const doing = doings[name];
  if (doing === undefined) return refuse('cli:usage.unknown', { name });
  const withoutStore = name === 'draw' ? await drawInFile(args) : null;
  if (withoutStore !== null) return withoutStore;
  const read = readConfig();
  if ('faults' in read) {
    tell(process.stderr, 'cli:start.environment');
    for (const fault of read.faults) process.stderr.write(`  ${fault.name}: ${fault.message}\n`);
    return 2;
  }
  const log = createLog(process.stderr.isTTY ? 'warn' : read.config.logLevel);
  try {
    const store = await openStore(read.config, log, false);
    try {
      const { clock } = await presentClock(store.database);
      return await doing({
        args,
        options: parsed.values,
        database: store.database,
        config: read.config,
        clock,
      });
    } finally {
      await store.close();
    }
  } catch (fault) {
    if (!(fault instanceof StartFault)) throw fault;
    tell(process.stderr, `cli:start.${fault.code}` as SentenceKey, fault.params);
    return 1;
  }
}

function parse(words: string[]) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        start: { type: 'string' },
        out: { type: 'string' },
        head: { type: 'string' },
        console: { type: 'boolean' },
        json: { type: 'boolean' },
        at: { type: 'string' },
        language: { type: 'string' },
        reason: { type: 'string' },
        attachment: { type: 'string' },
        xlsx: { type: 'string' },
        snapshot: { type: 'string' },
        task: { type: 'string' },
        unit: { type: 'string' },
        sheet: { type: 'string' },
        same: { type: 'string', multiple: true },
        yes: { type: 'boolean' },
        window: { type: 'string' },
        matter: { type: 'string' },
        cases: { type: 'string' },
        campaign: { type: 'string' },
        until: { type: 'string' },
      },
    });
  } catch {
    // An option that there isn't: the usage names those that there are.
    return null;
  }
}

function usage(code: number): number {
  tell(code === 0 ? process.stdout : process.stderr, 'cli:usage');
  return code;
}

function refuse(key: SentenceKey, params: Record<string, string> = {}): number {
  tell(process.stderr, key, params);
  return usage(2);
}
