import path from 'node:path';
import type { OpenBeside } from '../../src/campaign/loading/beside.ts';

/** Files that stand beside one another in memory, by their paths. */
export function fileset(files: Record<string, string>): OpenBeside {
  return (wanted, from) => {
    const name = path.posix.join(path.posix.dirname(from ?? ''), wanted);
    const text = files[name] ?? files[`library/${wanted}.yaml`];
    if (name.startsWith('..')) return { kind: 'outside', name };
    if (text === undefined) return { kind: 'missing', name };
    return { kind: 'text', name: files[name] === undefined ? `library/${wanted}.yaml` : name, text };
  };
}
