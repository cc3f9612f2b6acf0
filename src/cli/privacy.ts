import { exportOf, type ReceiptWork, withdraw } from '../conversation/receipts.ts';
import { loadKeys } from '../keys.ts';
import { isReceipt } from '../short-code.ts';
import { inTransaction } from '../store/database.ts';
import { holdKey } from '../store/key.ts';
import { createLibrary } from '../store/library.ts';
import { type Terminal, tell } from './terminal.ts';

/**
 * privacy erase|export <receipt>: what a citizen may ask of an office that holds the server (PIPL art. 45 and 47), by the receipt
 * and by nothing else. Exit codes: 0 done, 1 no such rating, 2 not understood.
 */
export async function privacy(terminal: Terminal): Promise<number> {
  const [verb, ...words] = terminal.args;
  const receipt = words.join('');
  if ((verb !== 'erase' && verb !== 'export') || !isReceipt(receipt)) {
    tell(process.stderr, 'cli:privacy.usage');
    return 2;
  }
  const { database, config, clock } = terminal;
  const keys = await loadKeys(config);
  await holdKey(database, keys);
  const library = createLibrary(database);
  const at = clock.now().toISOString();
  const within = <Result>(work: (given: ReceiptWork) => Promise<Result>) =>
    inTransaction(database.pool, (run) => work({ run, library, keys, at }));
  if (verb === 'export') {
    const found = await within((work) => exportOf(work, receipt));
    if (found === null) return unknown();
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    return 0;
  }
  if (!(await within((work) => withdraw(work, receipt)))) return unknown();
  tell(process.stdout, 'cli:privacy.erased');
  return 0;
}

function unknown(): number {
  tell(process.stderr, 'cli:privacy.unknown');
  return 1;
}
