import { readFile } from 'node:fs/promises';
import { faultLine, loadCampaign } from '../conversation/load.ts';
import { post } from '../conversation/wording.ts';
import { languages } from '../flow/text.ts';
import { runOn } from '../store/database.ts';
import { callForWork } from '../store/listen.ts';
import { type Terminal, tell } from './terminal.ts';

/** load <file> --start YYYY-MM-DD: stores a campaign file as a draft, or tells every fault with its place. */
export async function load({ args, options, database, config, clock }: Terminal): Promise<number> {
  const [path] = args;
  if (path === undefined) {
    tell(process.stderr, 'cli:load.no-file');
    return 2;
  }
  const text = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => fault.code ?? 'EIO');
  if (text.length < 12 && /^E[A-Z]+$/.test(text)) {
    tell(process.stderr, 'cli:load.unreadable', { path, reason: text });
    return 1;
  }
  const { start, reason } = options;
  const loaded = await loadCampaign(database, text, {
    start,
    reason,
    path,
    clock,
    console: options.console ?? config.console,
  });
  if (loaded.faults !== undefined) {
    tell(process.stderr, 'cli:load.faults', { count: loaded.faults.length });
    write(process.stderr, loaded.faults);
    return 1;
  }
  write(process.stderr, loaded.warnings);
  const { version } = loaded;
  if (version === undefined) tell(process.stdout, 'cli:load.done', { code: loaded.code, start: start ?? '' });
  else if (version.kind === 'unchanged') tell(process.stdout, 'files:scope.unchanged');
  else {
    const { kept, version: number, added, withdrawn, moved, people, rooms } = version;
    await callForWork(runOn(database.pool));
    tell(process.stdout, 'files:scope.applied', { version: number, added, withdrawn, moved, people, rooms });
    if (kept > 0) tell(process.stdout, 'files:scope.kept', { count: kept });
  }
  for (const line of loaded.told)
    for (const language of languages) process.stdout.write(`${post({ lines: [line] }, language).text}\n`);
  return 0;
}

function write(stream: NodeJS.WritableStream, faults: Parameters<typeof faultLine>[0][]): void {
  for (const language of languages)
    for (const fault of faults) stream.write(`${post({ lines: [faultLine(fault)] }, language).text}\n`);
}
