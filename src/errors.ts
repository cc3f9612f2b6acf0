/**
 * What a log may say of a fault. Messages of databases and parsers quote the data they failed on, which may be a
 * citizen's words: of those only the code, the place and the names of our own tables are kept.
 */
export function describeFault(fault: unknown): Record<string, unknown> {
  if (!(fault instanceof Error)) return { name: typeof fault };
  const known = fault as Error & { code?: unknown; constraint?: unknown; table?: unknown; routine?: unknown };
  const described: Record<string, unknown> = { name: fault.name, frames: framesOf(fault) };
  for (const name of ['code', 'constraint', 'table', 'routine'] as const)
    if (typeof known[name] === 'string') described[name] = known[name];
  if (isSafeToQuote(fault)) described.message = fault.message;
  if (fault.cause !== undefined) described.cause = describeFault(fault.cause);
  return described;
}

/** `at work (/app/dist/main.js:1:23)`, `at async /app/dist/main.js:1:23`, `at Array.map (<anonymous>)`, `… (index 0)`. */
const frame = /^\s+at .*(?::\d+:\d+\)?|\((?:<anonymous>|native|index \d+)\))$/;

/**
 * The places of a stack. The message that heads it is cut off first: lines of its own may look like places. When it was
 * changed since, it can't be told from them, and none are told.
 */
function framesOf({ message, stack = '' }: Error): string[] {
  const start = stack.indexOf(message);
  if (start < 0) return [];
  return stack
    .slice(start + message.length)
    .split('\n')
    .filter((line) => frame.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
}

/** Programming errors and system calls name no data; every other message might. */
function isSafeToQuote(fault: Error): boolean {
  if (fault instanceof TypeError || fault instanceof RangeError || fault instanceof ReferenceError)
    return true;
  if ('syscall' in fault) return true;
  return fault.name === 'Error' && !('severity' in fault);
}

/** One line for a table of faults. */
export function faultLine(fault: unknown): string {
  const { name, code, message, frames } = describeFault(fault);
  const place = Array.isArray(frames) ? String(frames[0] ?? '').replace(/\(?[^(\s]*[/\\]/, '') : '';
  return [name, code, message, place]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ')
    .slice(0, 300);
}
