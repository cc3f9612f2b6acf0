import { readFile, writeFile } from 'node:fs/promises';
import type { DrawRecord } from '../campaign/draw/record.ts';
import { type Difference, rowsOf, verifyRecord } from '../campaign/draw/verify.ts';
import { normaliseCode } from '../short-code.ts';
import { inTransaction, runOn } from '../store/database.ts';
import { type StoredRecord, storedRecord } from '../store/draws.ts';
import { commitWrites, noWrites } from '../store/writes.ts';
import { type Terminal, tell } from './terminal.ts';

/** Differences that are told; the rest is counted. */
const toldMax = 20;

/**
 * draw verify <code>: repeats a draw from its stored record and says whether it is the same, naming what differs. draw export
 * <code> [--out file]: the record, for whoever wants to repeat it.
 */
export async function draw(terminal: Terminal): Promise<number> {
  const [doing, wanted] = terminal.args;
  if (wanted === undefined || (doing !== 'verify' && doing !== 'export')) {
    tell(process.stderr, 'draw:cli.which');
    return 2;
  }
  return doing === 'verify' ? verify(terminal, wanted) : exportRecord(terminal, wanted);
}

/**
 * draw verify <file>: the same from an exported record. It needs no database, so that anybody can do it.
 * @returns null when no file was meant: codes have neither dot nor slash
 */
export async function drawInFile([doing, wanted]: string[]): Promise<number | null> {
  if (doing !== 'verify' || wanted === undefined || !/[./\\]/.test(wanted)) return null;
  const text = await readFile(wanted, 'utf8').catch(() => null);
  if (text === null) {
    tell(process.stderr, 'draw:cli.unknown', { code: wanted });
    return 2;
  }
  const raw = parsed(text);
  if (raw === undefined) {
    tell(process.stderr, 'draw:cli.not-json', { path: wanted });
    return 2;
  }
  return verdict(raw, [], wanted);
}

async function verify({ database }: Terminal, wanted: string): Promise<number> {
  const code = normaliseCode(wanted);
  const stored = await storedRecord(runOn(database.pool), code);
  if (stored !== null) return verdict(stored.record, storedDifferences(stored), code);
  tell(process.stderr, 'draw:cli.unknown', { code: wanted });
  return 2;
}

function verdict(raw: unknown, besides: Difference[], called: string): number {
  const { record, differences: found } = verifyRecord(raw);
  const differences = [...found, ...besides];
  if (record === null || differences.length > 0) {
    tell(process.stderr, 'draw:cli.different', { code: record?.code ?? called, count: differences.length });
    for (const { key, params } of differences.slice(0, toldMax)) tell(process.stderr, key, params);
    if (differences.length > toldMax)
      tell(process.stderr, 'draw:cli.more', { left: differences.length - toldMax });
    return 1;
  }
  tellSame(record);
  return 0;
}

function tellSame({ code, result, algorithm, fingerprint, commitment, committedAt }: DrawRecord): void {
  const count = rowsOf(result).length;
  tell(process.stdout, 'draw:cli.same', { code, count, algorithm, fingerprint });
  tell(process.stdout, 'draw:cli.compare', { commitment, at: committedAt });
}

/** What the database keeps beside the record must be what the record says. */
function storedDifferences({ record, seed, commitment, fingerprint }: StoredRecord): Difference[] {
  const kept = { seed, commitment, fingerprint };
  const said = typeof record === 'object' && record !== null ? record : {};
  return (['seed', 'commitment', 'fingerprint'] as const).flatMap((name): Difference[] => {
    const recorded = String(Reflect.get(said, name));
    if (recorded === kept[name]) return [];
    const params = { what: { key: `draw:stored.${name}` } as const, stored: kept[name], recorded };
    return [{ key: 'draw:differs.stored', params }];
  });
}

/** Whoever exports the record of a hidden activity's draw has seen it: that is in the audit log before it is written. */
async function exportRecord({ database, options, clock }: Terminal, wanted: string): Promise<number> {
  const code = normaliseCode(wanted);
  const stored = await inTransaction(database.pool, async (run) => {
    const found = await storedRecord(run, code);
    if (found === null) return null;
    const event = {
      at: clock.now().toISOString(),
      by: null,
      kind: 'draw.exported' as const,
      campaignId: found.campaignId,
      about: `draw:${code}`,
      data: { fingerprint: found.fingerprint },
      ...(found.hidden === null ? {} : { secret: found.hidden }),
    };
    await commitWrites(run, { ...noWrites(), audit: [event] });
    return found;
  });
  if (stored === null) {
    tell(process.stderr, 'draw:cli.unknown', { code: wanted });
    return 2;
  }
  const text = `${JSON.stringify(stored.record, null, 2)}\n`;
  if (options.out === undefined) process.stdout.write(text);
  else {
    await writeFile(options.out, text);
    tell(process.stderr, 'draw:cli.exported', { code, path: options.out });
  }
  return 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
