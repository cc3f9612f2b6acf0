import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { sentence } from '../conversation/wording.ts';
import type { Params, SentenceKey } from '../flow/say.ts';
import { languages } from '../flow/text.ts';
import type { Database } from '../store/database.ts';

/** What may stand behind a command's name. */
export interface Options {
  start?: string | undefined;
  out?: string | undefined;
  head?: string | undefined;
  console?: boolean | undefined;
  json?: boolean | undefined;
  at?: string | undefined;
  language?: string | undefined;
  reason?: string | undefined;
  attachment?: string | undefined;
  xlsx?: string | undefined;
  snapshot?: string | undefined;
  task?: string | undefined;
  unit?: string | undefined;
  sheet?: string | undefined;
  same?: string[] | undefined;
  yes?: boolean | undefined;
  window?: string | undefined;
  matter?: string | undefined;
  cases?: string | undefined;
  campaign?: string | undefined;
  until?: string | undefined;
}

/** One command at a terminal, and what it works on. A doing answers its exit code. */
export interface Terminal {
  args: string[];
  options: Options;
  database: Database;
  config: Config;
  clock: Clock;
}

/** What an operator reads: the same words in each language. */
export function tell(stream: NodeJS.WritableStream, key: SentenceKey, params: Params = {}): void {
  for (const language of languages) stream.write(`${sentence(language, key, params)}\n`);
}
