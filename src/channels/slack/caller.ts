import type { Log } from '../../log.ts';
import { isBlocksFault, isTokenFault, slackCode, toFault } from './fault.ts';
import type { SlackMessage } from './to-message.ts';

/** Runs calls of the Web API so that every failure comes out as a SendFault. */
export interface Caller {
  /** @param what the method, for messages to the operator */
  run<T>(what: string, call: () => Promise<T>): Promise<T>;
  /** As `run`, for a message: when Slack refuses its blocks, the text alone is sent. */
  post<T>(
    what: string,
    full: SlackMessage,
    plain: SlackMessage,
    call: (message: SlackMessage) => Promise<T>,
  ): Promise<T>;
}

/** @param tokenLost called when Slack no longer takes the token */
export function caller(log: Log, tokenLost: (code: string) => void): Caller {
  async function run<T>(what: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      const code = slackCode(error);
      if (code !== undefined && isTokenFault(code)) tokenLost(code);
      throw toFault(error, what);
    }
  }
  return {
    run,
    post: (what, full, plain, call) =>
      run(what, async () => {
        try {
          return await call(full);
        } catch (error) {
          const code = slackCode(error);
          if (full.blocks === undefined || !isBlocksFault(code)) throw error;
          log.warn({ code }, 'Slack refused the blocks of a message: sent as text');
          return await call(plain);
        }
      }),
  };
}
