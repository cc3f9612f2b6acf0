import pg from 'pg';

/** A connection that is held rather than worked with: its advisory locks live as long as it does. */
export interface Session {
  client: pg.Client;
  /** Resolves when the connection is gone, whoever ended it. */
  ended: Promise<void>;
  /** To be called before the session is worked with again: until then, a process doesn't live on for it. */
  rouse(): void;
}

/**
 * Opens a session and takes its locks by `lock`; whatever that throws, nothing stays open. */
export async function openSession(
  config: pg.ClientConfig,
  lock: (client: pg.Client) => Promise<void>,
): Promise<Session> {
  const client: pg.Client & { ref?: () => void; unref?: () => void } = new pg.Client({
    ...config,
    keepAlive: true,
  });
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  // A connection that breaks says so here too, and without a listener ends the process; `ended` is what holders act upon.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await lock(client);
  } catch (error) {
    await client.end();
    throw error;
  }
  client.unref?.();
  return { client, ended, rouse: () => client.ref?.() };
}
