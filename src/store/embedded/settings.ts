/** The server's only role and the service's database. */
export const superuser = 'duban';
export const database = 'duban';

/** Names the socket's file, `.s.PGSQL.5432`; no TCP port is opened. */
export const port = 5432;

/** Written to postgresql.conf when the cluster is made, for an operator to change: enough for a laptop or a small server. */
export const made: Record<string, string> = {
  shared_buffers: '64MB',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The package has no LLVM, and the queries are short.
  jit: 'off',
};

/**
 * Given at every start, so that no file changes them. Errors of statements go to the client, who knows what to do with them,
 * and not to the log: they quote values, and what citizens write is nobody's to read there. `log` leaves what the server
 * says of itself: start, recovery, stop, a crash.
 */
export const given: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  port: String(port),
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_destination: 'stderr',
  logging_collector: 'off',
};

/** What the server's programs see of the environment: nothing of ours can turn them (PGDATA, LD_LIBRARY_PATH, a locale). */
export const bareEnvironment: Record<string, string> = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
