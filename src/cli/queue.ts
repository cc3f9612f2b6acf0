import { appendAudit } from '../store/audit.ts';
import { inTransaction, runOn } from '../store/database.ts';
import { deadLetters, retryDeadLetter, retryDeadLetters } from '../store/dead-letters.ts';
import { callForWork } from '../store/listen.ts';
import { type Terminal, tell } from './terminal.ts';

/**
 * queue: what is set aside, without a word of its content. queue retry <in|out><number>: tries one again; queue retry
 * all: all of them.
 */
export async function queue(terminal: Terminal): Promise<number> {
  const { args, database } = terminal;
  const [verb, name] = args;
  if (verb === 'retry' && name !== undefined) return retry(terminal, name);
  const letters = await deadLetters(database);
  if (letters.length === 0) tell(process.stdout, 'cli:queue.empty');
  for (const { name: id, channel, at, attempts, fault } of letters)
    process.stdout.write(`${[id, channel, at, `×${attempts}`, fault ?? ''].join('\t')}\n`);
  return 0;
}

async function retry({ database, clock }: Terminal, name: string): Promise<number> {
  const at = clock.now().toISOString();
  const count = await (name === 'all'
    ? inTransaction(database.pool, (run) => retryDeadLetters(run, at))
    : retryDeadLetter(runOn(database.pool), name, at, true).then(Number));
  if (count === 0) {
    if (name === 'all') tell(process.stdout, 'cli:queue.empty');
    else tell(process.stderr, 'cli:queue.unknown', { name });
    return name === 'all' ? 0 : 1;
  }
  const about = `message:${name}`;
  await appendAudit(runOn(database.pool), [
    { at, by: null, kind: 'queue.retried', campaignId: null, about, data: {} },
  ]);
  await callForWork(runOn(database.pool));
  if (name === 'all') tell(process.stdout, 'cli:queue.retried.all', { count: String(count) });
  else tell(process.stdout, 'cli:queue.retried', { name });
  return 0;
}
