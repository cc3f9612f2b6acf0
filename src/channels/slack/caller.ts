import type { Log } from '../../log.ts';
import { isBlocksFault, isLineFault, isTokenFault, slackCode, toFault } from './fault.ts';
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

/** @param lost called when Slack no longer takes the token, or can't be reached: nothing can be sent for now */
export function caller(log: Log, lost: (reason: string) => void): Caller {
  async function run<T>(what: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      const code = slackCode(error);
      const fault = toFault(error, what);
      if (code !== undefined && isTokenFault(code)) lost(code);
      else if (isLineFault(error)) lost(fault.message);
      throw fault;
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
