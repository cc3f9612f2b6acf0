import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { languages } from '../flow/text.ts';
import { rowsTold } from '../report/rows-told.ts';
import { snapshotBytes } from '../report/snapshot.ts';
import { makeExport } from '../report/xlsx/book.ts';
import { newSnapshotId, printedSnapshot, snapshotIn } from '../short-code.ts';
import { appendAudit } from '../store/audit.ts';
import { runOn } from '../store/database.ts';
import { exportKinds } from '../store/later.ts';
import { createLibrary } from '../store/library.ts';
import { findSnapshot, type Snapshot } from '../store/snapshots.ts';
import { type Terminal, tell } from './terminal.ts';

/** export <campaign> --xlsx <what> --out file.xlsx [--language en]: a workbook, kept under its snapshot id. */
export async function exportXlsx(terminal: Terminal): Promise<number> {
  const { args, options, database, clock } = terminal;
  const [code = ''] = args;
  const kind = exportKinds.find((one) => one === options.xlsx);
  if (kind === undefined || options.out === undefined) {
    tell(process.stderr, 'exports:cli.which');
    return 2;
  }
  const campaign = await database.prisma.campaign.findUnique({ where: { code }, select: { id: true } });
  if (campaign === null) {
    const campaigns = await database.prisma.campaign.findMany({ select: { code: true } });
    tell(process.stderr, 'cli:export.which', { codes: { list: campaigns.map((one) => one.code) } });
    return 2;
  }
  const made = await makeExport(
    { database, library: createLibrary(database) },
    {
      id: newSnapshotId(),
      kind,
      campaignId: campaign.id,
      units: null,
      all: true,
      language: languages.find((one) => one === options.language) ?? languages[0],
      by: null,
      at: clock.now().toISOString(),
    },
  );
  if (made.kind !== 'made') {
    tell(process.stderr, `exports:refused.${made.kind}`);
    return 1;
  }
  return handOut(terminal, made.snapshot, options.out);
}

/** export --snapshot <id> --out file: what was handed out under that id, byte by byte. */
export async function writeSnapshot(terminal: Terminal, typed: string): Promise<number> {
  const { options, database } = terminal;
  if (options.out === undefined) {
    tell(process.stderr, 'exports:cli.which');
    return 2;
  }
  const id = snapshotIn(typed);
  const snapshot = id === null ? null : await findSnapshot(runOn(database.pool), id);
  if (snapshot === null) {
    tell(process.stderr, 'exports:cli.no-snapshot', { id: typed.slice(0, 40) });
    return 1;
  }
  return handOut(terminal, snapshot, options.out);
}

/** Noted in the audit log first: what is out can't be taken back. A file that could not be written whole is not left behind. */
export async function handOut(
  { database, clock }: Terminal,
  snapshot: Snapshot,
  path: string,
): Promise<number> {
  const { id, kind, campaignId, rows, sha256 } = snapshot;
  const run = runOn(database.pool);
  const data = { what: kind, snapshot: id, sha256, rows };
  const at = clock.now().toISOString();
  const about = `campaign:${campaignId}`;
  await appendAudit(run, [{ at, by: null, kind: 'export.made', campaignId, about, data }]);
  const unfinished = `${path}.part`;
  try {
    await pipeline(snapshotBytes(run, snapshot), createWriteStream(unfinished));
    await rename(unfinished, path);
  } catch (fault) {
    await rm(unfinished, { force: true });
    throw fault;
  }
  tell(process.stderr, 'exports:cli.done', { path, rows: rowsTold(snapshot), id: printedSnapshot(id) });
  return 0;
}
