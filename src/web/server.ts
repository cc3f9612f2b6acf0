import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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
        server.closeIdleConnections();
      }),
  };
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (fault) => {
      reject(new StartFault('port', { host, port: String(port) }, { cause: fault }));
    });
    server.listen(port, host, resolve);
  });
}
