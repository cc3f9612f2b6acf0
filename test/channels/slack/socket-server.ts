import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** Slack's end of Socket Mode. */
export interface SocketServer {
  /** Connections opened so far. */
  connections(): number;
  /** Resolves with the `count`-th connection (from 1) being up. */
  connected(count: number): Promise<void>;
  /** Sends an envelope on the newest connection; resolves when it is acknowledged. */
  send(type: 'events_api' | 'slash_commands' | 'interactive', payload: unknown, id?: string): Promise<void>;
  /** Sends any frame. */
  raw(frame: unknown): void;
  /** Resolves when the client has closed the newest connection or it is gone. */
  gone(): Promise<void>;
  /** The newest connection hears nothing any more, not even that it is being closed. */
  deafen(): void;
  /** Cuts the newest connection without a word. */
  drop(): void;
  /** From now on connections are made without a greeting. */
  silent(yes: boolean): void;
  /** Ids of the acknowledged envelopes, in order. */
  acknowledged: string[];
  close(): void;
}

export function socketServer(server: Server): SocketServer {
  const sockets = new WebSocketServer({ noServer: true });
  const lines: { socket: WebSocket; stream: Duplex; gone: Promise<void> }[] = [];
  const waiting = new Set<() => void>();
  const acks = new Map<string, () => void>();
  const acknowledged: string[] = [];
  let silent = false;
  let envelopes = 0;

  server.on('upgrade', (request, stream, head) => {
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('message', (data) => {
        const { envelope_id: id } = JSON.parse(String(data)) as { envelope_id: string };
        acknowledged.push(id);
        acks.get(id)?.();
      });
      const gone = new Promise<void>((resolve) => socket.on('close', resolve));
      lines.push({ socket, stream, gone });
      if (!silent) socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
      for (const check of waiting) check();
    });
  });

  const newest = () => {
    const line = lines.at(-1);
    if (line === undefined) throw new Error('nobody is connected');
    return line;
  };
  return {
    acknowledged,
    connections: () => lines.length,
    connected: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (lines.length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    send: (type, payload, id = `envelope-${++envelopes}`) => {
      const done = new Promise<void>((resolve) => acks.set(id, resolve));
      newest().socket.send(
        JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: false }),
      );
      return done;
    },
    raw: (frame) => newest().socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    gone: () => newest().gone,
    deafen: () => void newest().stream.pause(),
    drop: () => newest().socket.terminate(),
    silent: (yes) => {
      silent = yes;
    },
    close: () => {
      for (const { socket } of lines) socket.terminate();
      sockets.close();
    },
  };
}
