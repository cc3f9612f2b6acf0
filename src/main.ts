import { startApp } from './app.ts';
import { tell } from './cli/terminal.ts';
import { readConfig } from './config.ts';
import { sentence } from './conversation/wording.ts';
import type { SentenceKey } from './flow/say.ts';
import { languages } from './flow/text.ts';
import { createLog } from './log.ts';
import { StartFault } from './store/embedded/fault.ts';

const read = readConfig();
if ('faults' in read) {
  tell(process.stderr, 'cli:start.environment');
  for (const { name, message } of read.faults) process.stderr.write(`  ${name}: ${message}\n`);
  process.exit(2);
}

const log = createLog(read.config.logLevel);
try {
  const app = await startApp(read.config, log);
  const { sample, note, url } = app;
  if (note !== null) tell(process.stderr, 'cli:start.note', { path: note });
  process.stdout.write(
    `${languages
      .map((language) =>
        sample === null
          ? sentence(language, 'cli:start.ready', { url })
          : sentence(language, 'cli:start.ready.sample', { url, start: sample.start }),
      )
      .join(' · ')}\n`,
  );
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    await app.stop().catch((fault) => log.error({ err: fault }, 'stopping failed'));
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(0));
  void app.lost.then((fault) => {
    log.fatal({ err: fault }, 'the database is lost; stopping');
    return stop(1);
  });
} catch (fault) {
  if (!(fault instanceof StartFault)) throw fault;
  log.debug({ err: fault }, 'not started');
  tell(process.stderr, `cli:start.${fault.code}` as SentenceKey, fault.params);
  process.exit(1);
}
