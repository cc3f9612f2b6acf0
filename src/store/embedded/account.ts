import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { StartFault } from './fault.ts';

/** A user of the machine who runs the server when we are root; Postgres itself refuses to be root. */
export interface Account {
  uid: number;
  gid: number;
  name: string;
}

/** Tried in this order: `_postgres` is what macOS calls it. */
const names = ['postgres', '_postgres', 'nobody'];

export const isRoot = (): boolean => process.geteuid?.() === 0;

/** The unprivileged account that serves root. Throws StartFault `no-account`. */
export async function unprivileged(passwd = '/etc/passwd'): Promise<Account> {
  const lines = await readFile(passwd, 'utf8').catch(() => '');
  const accounts = lines.split('\n').map(parse);
  for (const name of names) {
    const account = accounts.find((each) => each?.name === name && each.uid > 0);
    if (account) return account;
  }
  throw new StartFault('no-account', { reason: `neither of ${names.join(', ')} is in ${passwd}` });
}

/** `name:x:uid:gid:…`; macOS writes nobody's -2, which the kernel knows as 4294967294. */
function parse(line: string): Account | undefined {
  const [name, , uid, gid] = line.split(':');
  if (!name || !uid || !gid) return undefined;
  return { name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
}

/**
 * The first folder on the way to `target` (itself included) that the account may not enter, undefined when it gets
 * there. Goes by mode bits: who is let in by an ACL alone counts as kept out, which costs a copy and breaks nothing.
 */
export async function barrier(target: string, account: Account): Promise<string | undefined> {
  for (const folder of ancestors(await realpath(target))) {
    const { mode, uid, gid } = await stat(folder);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    if (((mode >> shift) & 1) === 0) return folder;
  }
  return undefined;
}

function ancestors(target: string): string[] {
  const parent = path.dirname(target);
  return parent === target ? [target] : [...ancestors(parent), target];
}
