import { closeSync, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Beside, OpenBeside } from './campaign/loading/beside.ts';
import { packageRoot } from './package-root.ts';

/** What a register may weigh; the YAML files have a smaller limit of their own. */
const bytesMax = 64_000_000;

/**
 * Opens the files that campaign files in `folder` name. A bare name, such as `hangzhou-2007`, is a library: in the folder's
 * own `library/`, in the folder, else one that comes with Duban. Everything else is relative to the file that names it.
 * Nothing outside the folder is read, through links neither.
 */
export function filesIn(folder: string): OpenBeside {
  const shipped = path.join(packageRoot(), 'campaigns', 'library');
  return (wanted, from) => {
    if (/^[a-z0-9-]+$/.test(wanted))
      return firstOf([
        () => open(folder, `library/${wanted}.yaml`),
        () => open(folder, `${wanted}.yaml`),
        () => shippedFile(shipped, `${wanted}.yaml`),
      ]);
    if (from?.startsWith(shippedMark)) return shippedFile(shipped, wanted);
    return open(folder, path.posix.join(path.posix.dirname(from ?? ''), wanted.replaceAll('\\', '/')));
  };
}

/** Names of files that come with Duban begin so. */
export const shippedMark = 'duban:';

function shippedFile(folder: string, name: string): Beside {
  return { ...open(folder, name), name: `${shippedMark}${name}` };
}

function firstOf(tries: (() => Beside)[]): Beside {
  let last: Beside = { kind: 'missing', name: '' };
  for (const attempt of tries) {
    last = attempt();
    if (last.kind !== 'missing') return last;
  }
  return last;
}

function open(folder: string, name: string): Beside {
  const file = path.resolve(folder, name);
  if (!isWithin(path.resolve(folder), file)) return { kind: 'outside', name };
  try {
    // A link may lead out of the folder.
    if (!isWithin(realpathSync(folder), realpathSync(file))) return { kind: 'outside', name };
    const handle = openSync(file, 'r');
    try {
      if (fstatSync(handle).size > bytesMax) return { kind: 'too-big', name, limitMb: bytesMax / 1_000_000 };
      return { kind: 'text', name, text: decoded(readFileSync(handle)) };
    } finally {
      closeSync(handle);
    }
  } catch (fault) {
    const { code = 'EIO' } = fault as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { kind: 'missing', name }
      : { kind: 'unreadable', name, reason: code };
  }
}

function isWithin(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

/** UTF-8, else GB 18030: what a Chinese spreadsheet program saves as CSV. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
