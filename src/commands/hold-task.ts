import type { CommandContext } from './command.ts';
import type { OwnAssignment } from './own-assignments.ts';

/**
 * Keeps a task from being taken back until the transaction ends. Whoever begins it in the moment in which its coordinator
 * takes it back is told that there is no such task, and not that something went wrong. @returns false when it is gone
 */
export async function holdTask(
  { run, reply }: Pick<CommandContext, 'run' | 'reply'>,
  { id, number }: Pick<OwnAssignment, 'id' | 'number'>,
): Promise<boolean> {
  const rows = await run('SELECT 1 AS one FROM assignment WHERE id = $1::uuid FOR KEY SHARE', [id]);
  if (rows.length === 0) reply({ key: 'commands:tasks.unknown', params: { number } });
  return rows.length > 0;
}
