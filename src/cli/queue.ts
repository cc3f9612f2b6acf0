import { appendAudit } from '../store/audit.ts';
import { runOn } from '../store/database.ts';
import { deadLetters, retryDeadLetter } from '../store/dead-letters.ts';
import { workChannel } from '../store/listen.ts';
import { type Terminal, tell } from './terminal.ts';

/** queue: what is set aside, without a word of its content. queue retry <in|out><number>: tries one again. */
export async function queue({ args, database, clock }: Terminal): Promise<number> {
  const [verb, name] = args;
  if (verb === 'retry' && name !== undefined) {
    if (!(await retryDeadLetter(database, name, clock.now().toISOString()))) {
      tell(process.stderr, 'cli:queue.unknown', { name });
      return 1;
    }
    const at = clock.now().toISOString();
    const retried = {
      at,
      by: null,
      kind: 'queue.retried',
      campaignId: null,
      about: `message:${name}`,
      data: {},
    };
    await appendAudit(runOn(database.pool), [retried]);
    await runOn(database.pool)(`SELECT 1 FROM (SELECT pg_notify($1, '')) told`, [workChannel]);
    tell(process.stdout, 'cli:queue.retried', { name });
    return 0;
  }
  const letters = await deadLetters(database);
  if (letters.length === 0) tell(process.stdout, 'cli:queue.empty');
  for (const { name: id, channel, at, attempts, fault } of letters)
    process.stdout.write(`${[id, channel, at, `×${attempts}`, fault ?? ''].join('\t')}\n`);
  return 0;
}
