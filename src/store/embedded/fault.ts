/**
 * Why the database could not be made ready: one line for the operator, saying what to do. Both languages have the
 * sentences under `start.<code>` in their locale; `message` is the English one, for logs and for whoever has no locale.
 */
export class StartFault extends Error {
  readonly code: StartFaultCode;
  readonly params: Record<string, string>;

  constructor(code: StartFaultCode, params: Record<string, string> = {}, options?: ErrorOptions) {
    super(filled(sentences[code], params), options);
    this.name = 'StartFault';
    this.code = code;
    this.params = params;
  }
}

const sentences = {
  'unsupported-platform':
    'No built-in Postgres runs on {{platform}}: set DATABASE_URL to a Postgres 15 or later, or reinstall with optional dependencies.',
  'no-account':
    'Postgres refuses to run as root and no unprivileged account could be used ({{reason}}): start Duban as an ordinary user, or set DATABASE_URL.',
  'unnamed-account':
    'Postgres needs a named account, but user id {{uid}} is not in /etc/passwd: add it there, or set DATABASE_URL.',
  unwritable:
    'The folder {{path}} cannot be made or written: give this account the right to, or choose another DATA_DIR.',
  unreachable:
    'The account {{account}}, which runs Postgres for root, cannot enter {{path}}, and no shared folder could be used: choose a DATA_DIR outside private folders, start as an ordinary user, or set DATABASE_URL.',
  'no-socket':
    'No folder for the Postgres socket works (tried {{paths}}): choose a DATA_DIR with a shorter path on a local disk, or set DATABASE_URL.',
  'wrong-owner':
    'The database in {{path}} belongs to user id {{owner}}: start Duban as that user, or as root.',
  'cluster-missing':
    'The database of this DATA_DIR stood in {{path}}, which is gone: bring it back, or remove {{record}} to start with an empty one.',
  'other-version':
    'The database in {{path}} was made by Postgres {{found}}, this is {{wanted}}: move it over with pg_dump and pg_restore first.',
  'init-failed': 'The database in {{path}} could not be made: {{reason}}.',
  'server-failed': 'Postgres did not start: {{reason}}. Its log is {{log}}.',
  'slow-start':
    'Postgres is not ready after {{seconds}} s (perhaps still recovering): look at {{log}} and start again.',
  'will-not-stop': 'Postgres (process {{pid}}) does not stop: look at {{log}}.',
  'migration-changed':
    'Migration {{name}} was changed after it was applied: restore prisma/migrations/{{name}}/migration.sql as it was.',
  'migration-unknown':
    'The database has migration {{name}}, which this version does not know: start the newer version.',
  'migration-failed': 'Migration {{name}} failed and was rolled back: {{reason}}.',
  'migration-busy':
    'Another process has been migrating this database for {{seconds}} s: wait for it, then start again.',
} as const;

export type StartFaultCode = keyof typeof sentences;

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
  // What pg says, without a code, of a server that hangs up.
  return error instanceof Error && error.message.startsWith('Connection terminated');
}

/** Whether nobody listens where a connection was tried. */
export function isAway(error: unknown): boolean {
  return ['ECONNREFUSED', 'ENOENT'].includes(codeOf(error) ?? '');
}
