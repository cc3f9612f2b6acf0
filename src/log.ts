import { type Logger, pino } from 'pino';
import { describeFault } from './errors.ts';

export type Log = Logger;

/**
 * JSON lines on standard error (standard output is for people). Callers log ids, counts and codes: never what a citizen
 * said nor anyone's address; `redact` is the second line of defence.
 */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      serializers: { err: describeFault },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'text',
          'said',
          'urn',
          'address',
          'mention',
          'room',
          '*.text',
          '*.said',
          '*.urn',
          '*.address',
          '*.room',
        ],
        censor: '[kept back]',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
