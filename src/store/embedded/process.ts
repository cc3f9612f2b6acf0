import { type ExecFileOptions, execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from './fault.ts';

/** Whether any process has this id, a dead one that nobody has buried included. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * Whether this process is the server of that data folder: ids are given out again after a reboot or in a container. Goes by
 * the command line, which everybody may read; a process's folder may be read by its own account alone. False for the dead.
 */
export async function isServerOf(data: string, pid: number): Promise<boolean> {
  const [program, ...args] = await commandOf(pid);
  return program !== undefined && path.basename(program) === 'postgres' && args.includes(data);
}

async function commandOf(pid: number): Promise<string[]> {
  if (!isAlive(pid)) return [];
  if (process.platform === 'linux') {
    return readFile(`/proc/${pid}/cmdline`, 'utf8').then(
      (line) => line.split('\0'),
      (error) => {
        if (['ENOENT', 'ESRCH'].includes(codeOf(error) ?? '')) return [];
        throw error;
      },
    );
  }
  // ps doesn't part the words, and folders may have blanks in their names: we know how we began the line.
  const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)], {}).catch(() => ({
    stdout: '',
  }));
  return /^(.*?postgres) -D (.+?) -k /.exec(stdout)?.slice(1) ?? [];
}

/** Runs a program to its end. Rejects with what it said (`stderr`) when it fails or can't be run. */
export function run(file: string, args: string[], options: ExecFileOptions): Promise<{ stdout: string }> {
  return new Promise((resolve, reject) => {
    execFile(file, args, options, (error, stdout, stderr) => {
      if (error) reject(Object.assign(error, { stderr }));
      else resolve({ stdout: String(stdout) });
    });
  });
}
