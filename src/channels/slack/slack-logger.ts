import { LogLevel, type webApi } from '@slack/bolt';
import type { Log } from '../../log.ts';

/**
 * Our log as Slack's libraries want it. What they tell at their debug level holds whole messages and is never asked
 * for; their information is our debug; an error of theirs is a warning, as it is we who decide what comes of it.
 */
export function slackLogger(log: Log): webApi.Logger {
  return {
    debug: () => {},
    info: (...said) => log.debug(words(said)),
    warn: (...said) => log.warn(words(said)),
    error: (...said) => log.warn(words(said)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}

function words(said: unknown[]): string {
  return `Slack: ${said.map((one) => (one instanceof Error ? one.message : String(one))).join(' ')}`;
}
