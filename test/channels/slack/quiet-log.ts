import { pino } from 'pino';
import type { Log } from '../../../src/log.ts';

/** A log into nothing, or into the given lines. */
export function quietLog(lines?: Record<string, unknown>[]): Log {
  return pino({ level: 'debug' }, { write: (line) => void lines?.push(JSON.parse(line)) });
}
