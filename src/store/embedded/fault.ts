import sentences from '../../../locales/en/cli.json';

/**
 * Why the database could not be made ready: one line for the operator, saying what to do. Both languages have the
 * sentences under `start.<code>` in their locale; `message` is the English one, for logs and for whoever has no locale.
 */
export class StartFault extends Error {
  readonly code: StartFaultCode;
  readonly params: Record<string, string>;

  constructor(code: StartFaultCode, params: Record<string, string> = {}, options?: ErrorOptions) {
    super(filled(sentences[`start.${code}`], params), options);
    this.name = 'StartFault';
    this.code = code;
    this.params = params;
  }
}

export type StartFaultCode =
  Extract<keyof typeof sentences, `start.${string}`> extends `start.${infer Code}` ? Code : never;

function filled(sentence: string, params: Record<string, string>): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => params[name] ?? whole);
}

/** The system's code of an error (`ENOENT`, `57P03`), if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}

/** Whether a connection failed for a reason that passes: the server is away, starts, stops or hung up. */
export function isPassing(error: unknown): boolean {
  if (isAway(error) || ['57P01', '57P02', '57P03', 'ECONNRESET', 'EPIPE'].includes(codeOf(error) ?? ''))
    return true;
  // What pg says, without a code, of a server that hangs up or doesn't answer.
  return error instanceof Error && /^(Connection terminated|timeout expired)/.test(error.message);
}

/** Whether nobody listens where a connection was tried. */
export function isAway(error: unknown): boolean {
  return ['ECONNREFUSED', 'ENOENT'].includes(codeOf(error) ?? '');
}
