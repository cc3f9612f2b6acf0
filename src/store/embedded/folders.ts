import { chmod, chown, lchown, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Account } from './account.ts';
import { codeOf } from './fault.ts';

/** Makes a folder, whatever the umask, that everybody may enter and read; one that is there stays as it is. */
export async function commonFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o755 });
  if (made !== undefined) await chmod(folder, 0o755);
}

/** Makes a folder that only its owner, and root, may enter; one that is there stays as it is. */
export async function ownFolder(folder: string, owner: Account | undefined): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made === undefined) return;
  await chmod(folder, 0o700);
  if (owner) await chown(folder, owner.uid, owner.gid);
}

/** Gives a folder and all in it to the account. */
export async function handOver(folder: string, owner: Account): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) await handOver(file, owner);
    else await lchown(file, owner.uid, owner.gid);
  }
  await chown(folder, owner.uid, owner.gid);
}

/** Whether the system refused a write: no right, a read-only disk, a disk that knows no owners, a file in the way. */
export function denied(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS', 'ENOTSUP', 'ENOTDIR'].includes(codeOf(error) ?? '');
}
