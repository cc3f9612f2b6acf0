import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import { assignmentsTotal, largeCampaign } from './large-campaign.ts';
import type { Result } from './result.ts';

const msMax = 10_000;
const residentMbMax = 512;

/**
 * `duban plan` of the large campaign, as a program of its own, from its start to its last line; it also fails when the
 * program needed more memory than it may.
 */
export async function dryRun(): Promise<Result> {
  const campaign = await largeCampaign();
  try {
    const { took, out, residentMb } = await plan(campaign.file);
    const { assignments, activities } = JSON.parse(out) as {
      assignments: number;
      activities: { batches: { assignments: unknown[]; reminders: unknown[] }[] }[];
    };
    const listed = activities.flatMap(({ batches }) => batches.flatMap((batch) => batch.assignments)).length;
    if (assignments !== assignmentsTotal || listed !== assignmentsTotal)
      throw new Error(`${listed} tasks were planned, not ${assignmentsTotal}`);
    process.stderr.write(`dry-run: ${residentMb.toFixed(0)} MB at most, ${residentMbMax} MB allowed\n`);
    if (residentMb > residentMbMax) throw new Error(`the dry run took ${residentMb} MB`);
    return { name: 'dry-run', value: took, unit: 'ms', limit: msMax };
  } finally {
    await campaign.remove();
  }
}

/** Said by the program itself when it ends, since nobody else can ask after that. KiB. */
const tellMemory =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("resident "+process.resourceUsage().maxRSS+"\\n"))';

async function plan(file: string): Promise<{ took: number; out: string; residentMb: number }> {
  const began = performance.now();
  const program = path.join(packageRoot(), 'dist', 'cli.js');
  const child = spawn(
    process.execPath,
    ['--import', tellMemory, program, 'plan', file, '--start', '2026-06-22', '--json'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const read = (stream: NodeJS.ReadableStream) => {
    const parts: Buffer[] = [];
    stream.on('data', (bytes: Buffer) => parts.push(bytes));
    return () => Buffer.concat(parts).toString('utf8');
  };
  const [out, err] = [read(child.stdout), read(child.stderr)];
  const [code] = await once(child, 'close');
  const took = performance.now() - began;
  const resident = /resident (\d+)/.exec(err())?.[1];
  if (code !== 0 || resident === undefined) throw new Error(`plan ended with ${code}: ${err().slice(-2000)}`);
  return { took, out: out(), residentMb: (Number(resident) * 1024) / 1e6 };
}
