import { inWorkingTime } from '../campaign/rectification/working-time.ts';
import { contactsEnd } from '../conversation/cases.ts';
import { lookAfterCase, newsRows, type Seen } from '../conversation/look-after-case.ts';
import type { Keys } from '../keys.ts';
import { campaignsWithContacts, deleteContacts } from '../store/contacts.ts';
import { inTransaction, runOn } from '../store/database.ts';
import { createLibrary, type Library } from '../store/library.ts';
import { callForWork } from '../store/listen.ts';
import { lockDueCases, putOffCase, readCases } from '../store/rating-cases.ts';
import { commitWrites, noWrites } from '../store/writes.ts';
import type { BackgroundOptions } from './background.ts';

type Options = Pick<BackgroundOptions, 'database' | 'clock' | 'log'> & { keys: Keys };

/** Cases looked after in one transaction. */
const batchMax = 500;

/** How long a case is left alone that a fault keeps from being looked after. */
const putOffMs = 3_600_000;

/**
 * Looks after the cases of negative ratings, every hour at the full hour, so that no message's instant tells when somebody
 * rated: owners hear of new ones, silence is taken to the next level, what nobody is called back about is closed when its days
 * are over, and contacts are deleted. Safe in any number of processes and when run again: what was said is kept with the
 * case, in the same transaction.
 */
export async function lookAfterCases(options: Options): Promise<void> {
  const { database, log } = options;
  const library = createLibrary(database);
  let cases = 0;
  for (;;) {
    const done = await lookAfterSome({ ...options, library });
    cases += done;
    if (done < batchMax) break;
  }
  const contacts = await forgetContacts(options, library);
  if (cases > 0) await callForWork(runOn(database.pool));
  log.info({ cases, contacts }, 'cases of negative ratings were looked after, old contacts deleted');
}

type Look = Options & { library: Library };

async function lookAfterSome(look: Look): Promise<number> {
  try {
    return await lookAfterDue(look, batchMax, []);
  } catch (err) {
    look.log.error({ err }, 'cases could not be looked after at once; taking them one by one');
    return lookAfterEach(look);
  }
}

/** @param taken gets the ids of those that are looked after, before anything is done about them */
function lookAfterDue(
  { database, clock, library, keys }: Look,
  limit: number,
  taken: string[],
): Promise<number> {
  const now = clock.now().toISOString();
  return inTransaction(database.pool, async (run) => {
    taken.push(...(await lockDueCases(run, now, limit)));
    const writes = noWrites();
    const seen: Seen[] = [];
    for (const found of await readCases(run, taken)) {
      const facts = await library.campaign(found.campaignId);
      const isWorking = inWorkingTime(now, { ...facts, quiet: facts.rules.quiet }) === now;
      seen.push(...(await lookAfterCase({ run, writes, now, facts, isWorking, keys }, found)));
    }
    writes.outbox.push(...newsRows(seen, now));
    if (taken.length > 0) await commitWrites(run, writes);
    return taken.length;
  });
}

/** Each in a transaction of its own: one that a fault of ours or a bad row keeps from it must not keep the others waiting. */
async function lookAfterEach(look: Look): Promise<number> {
  for (let count = 0; count < batchMax; count += 1) {
    const taken: string[] = [];
    try {
      if ((await lookAfterDue(look, 1, taken)) === 0) return count;
    } catch (err) {
      const [id] = taken;
      // Nothing was taken: the database itself fails.
      if (id === undefined) throw err;
      look.log.error({ err, case: id }, 'a case could not be looked after; putting it off');
      const until = new Date(look.clock.now().getTime() + putOffMs).toISOString();
      await inTransaction(look.database.pool, (run) => putOffCase(run, id, until));
    }
  }
  return batchMax;
}

/** Deletes contacts whose case was closed long enough ago (PIPL art. 19, 47), and keeps in the audit log how many. @returns how many */
async function forgetContacts({ database, clock }: Options, library: Library): Promise<number> {
  const now = clock.now().toISOString();
  let total = 0;
  for (const campaignId of await campaignsWithContacts(runOn(database.pool))) {
    const facts = await library.campaign(campaignId);
    total += await inTransaction(database.pool, async (run) => {
      const count = await deleteContacts(run, campaignId, contactsEnd(facts, now));
      if (count === 0) return 0;
      const data = { count, days: facts.ratings.keepContactDays };
      const about = `campaign:${campaignId}`;
      const event = { at: now, by: null, kind: 'contact.deleted' as const, campaignId, about, data };
      await commitWrites(run, { ...noWrites(), audit: [event] });
      return count;
    });
  }
  return total;
}
