import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express, { type Express } from 'express';
import type { Channel } from '../channels/channel.ts';
import type { Database } from '../store/database.ts';
import { StartFault } from '../store/embedded/fault.ts';
import { healthOf } from './health.ts';

/** The HTTP side before anything is mounted on it. */
export function createWeb(database: Database, channels: () => Channel[]): Express {
  const web = express();
  web.disable('x-powered-by');
  web.get('/healthz', async (_request, response) => {
    const health = await healthOf(database, channels());
    response.status(health.ready ? 200 : 503).json(health);
  });
  return web;
}

export interface WebServer {
  port: number;
  /** Stops listening; requests under way are answered first, open streams are cut. */
  stop(): Promise<void>;
}

/** How long requests under way may take once the server stops, ms. */
const closeMsMax = 3_000;

export async function listen(web: Express, host: string, port: number): Promise<WebServer> {
  const server = createServer(web);
  // What server.closeIdleConnections() knows is too little: a browser connects before it asks, and Node takes that for a request.
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  const underWay = new Set<ServerResponse>();
  server.on('request', (_request, response) => {
    underWay.add(response);
    const { socket } = response;
    response.once('close', () => {
      underWay.delete(response);
      if (!server.listening) socket?.destroy();
    });
  });
  await bind(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), closeMsMax);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        const busy = new Set([...underWay].map(({ socket }) => socket));
        for (const socket of connections) if (!busy.has(socket)) socket.destroy();
        for (const response of underWay) if (isStream(response)) response.end();
      }),
  };
}

/** Of what goes on until somebody ends it; by its header, which must be set and not only written. */
const isStream = (response: ServerResponse) =>
  /^text\/event-stream\b/.test(String(response.getHeader('content-type')));

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (fault) => {
      reject(new StartFault('port', { host, port: String(port) }, { cause: fault }));
    });
    server.listen(port, host, resolve);
  });
}
