import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { appendAudit } from '../store/audit.ts';
import { auditHead, auditRows, type Walked, walkAudit } from '../store/audit-chain.ts';
import { runOn } from '../store/database.ts';
import { type Terminal, tell } from './terminal.ts';

/** audit verify [--head hash] | head | export [--out file]. Exit codes: 0 intact or done, 1 broken, 2 not understood. */
export async function audit(terminal: Terminal): Promise<number> {
  const [verb, ...more] = terminal.args;
  if (more.length === 0 && verb === 'verify') return verify(terminal);
  if (more.length === 0 && verb === 'head') return head(terminal);
  if (more.length === 0 && verb === 'export') return exportLog(terminal);
  tell(process.stderr, 'audit:usage');
  return 2;
}

async function verify({ options, database }: Terminal): Promise<number> {
  const wanted = options.head?.trim().toLowerCase();
  if (wanted !== undefined && !/^[0-9a-f]{64}$/.test(wanted)) {
    tell(process.stderr, 'audit:head.bad');
    return 2;
  }
  const walked = await walkAudit(runOn(database.pool), wanted);
  if (walked.kind === 'intact') {
    tell(process.stdout, 'audit:intact', { rows: walked.rows, head: walked.head });
    return 0;
  }
  tellFault(walked, wanted ?? '');
  return 1;
}

function tellFault(walked: Exclude<Walked, { kind: 'intact' }>, wanted: string): void {
  switch (walked.kind) {
    case 'changed':
    case 'removed':
      tell(process.stderr, `audit:${walked.kind}`, { seq: walked.seq });
      return;
    case 'reordered':
      tell(process.stderr, 'audit:reordered', { seq: walked.seq, belongs: walked.belongs });
      return;
    case 'cut':
      tell(process.stderr, 'audit:cut', { rows: walked.rows, wanted });
  }
}

/** In one line, for a program to keep. */
async function head({ database }: Terminal): Promise<number> {
  const { rows, head: hash } = await auditHead(runOn(database.pool));
  process.stdout.write(`${rows} ${hash}\n`);
  return 0;
}

/** The export is in what it exports: who takes the log away is not forgotten. */
async function exportLog({ options, database, clock }: Terminal): Promise<number> {
  const run = runOn(database.pool);
  const at = clock.now().toISOString();
  const exported = {
    at,
    by: null,
    kind: 'audit.exported' as const,
    campaignId: null,
    about: 'audit',
    data: {},
  };
  await appendAudit(run, [exported]);
  const out = options.out === undefined ? process.stdout : createWriteStream(options.out);
  let count = 0;
  for await (const rows of auditRows(run)) {
    count += rows.length;
    const lines = rows.map(({ seq, previous, hash, body }) => JSON.stringify({ seq, previous, hash, body }));
    await write(out, `${lines.join('\n')}\n`);
  }
  if (options.out === undefined) return 0;
  out.end();
  await once(out, 'finish');
  tell(process.stderr, 'audit:exported', { rows: count, path: options.out });
  return 0;
}

async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}
