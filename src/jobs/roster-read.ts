import { chatLimits, readRosterFile } from '../roster/read-file.ts';
import { type ReadTable, readTables } from '../roster/read-table.ts';
import type { RosterFault, Table } from '../roster/table.ts';
import type { SentTable } from '../store/rosters.ts';

/** The rows of files that came with one message; several are read as the sheets of one. */
export function readSent(files: readonly SentTable[]): ReadTable & { name: string } {
  const named = files.map(({ name, bytes }) => ({ name: name ?? '', bytes }));
  const isOne = named.length === 1;
  const tables: Table[] = [];
  const faults: RosterFault[] = [];
  for (const { name, bytes } of named) {
    const read = readRosterFile(name, bytes, chatLimits);
    const sheet = name.replace(/\.[a-z]+$/iu, '');
    if (read.faults !== undefined)
      faults.push(...read.faults.map((fault) => (isOne ? fault : { ...fault, sheet: fault.sheet ?? sheet })));
    // A file that is called what it lists (人员.csv) needs no other name.
    else
      tables.push(
        ...read.tables.map((table) => (table.name === null && !isOne ? { ...table, name: sheet } : table)),
      );
  }
  const name = named.map((file) => file.name).join('、');
  if (faults.length > 0) return { name, entries: [], faults, passedOver: [] };
  return { name, ...readTables(tables) };
}
