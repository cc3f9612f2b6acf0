import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express from 'express';
import type { Inbound, Post } from '../../../src/channels/channel.ts';
import { consoleChannel } from '../../../src/channels/console/channel.ts';
import { type Doorbell, openDoorbell } from '../../../src/channels/console/doorbell.ts';
import { type Entry, historyMax, type Persona, type Room } from '../../../src/channels/console/entry.ts';
import { handClock } from '../../../src/clock.ts';
import { createLog } from '../../../src/log.ts';
import type { ConsoleDoors } from '../../../src/web/console/doors.ts';
import { consoleRouter } from '../../../src/web/console/router.ts';

export const personas: Persona[] = [
  { urn: 'console:coordinator', title: { 'zh-CN': '协调单位', en: 'Coordinator' }, role: 'coordinator' },
  { urn: 'console:inspector-1', title: { 'zh-CN': '检查员一', en: 'Inspector 1' }, role: 'inspector' },
  { urn: 'console:citizen', title: { 'zh-CN': '办事群众', en: 'Citizen' }, role: 'citizen' },
];
export const inspectionRoom = 'console:room/inspection';
const rooms: Room[] = [
  {
    urn: inspectionRoom,
    title: { 'zh-CN': '检查工作群', en: 'Inspection room' },
    members: ['console:coordinator', 'console:inspector-1'],
  },
];

export type Ask = NonNullable<Post['ask']>;
type Row = Entry & { place: string };

/**
 * What stands behind the page in these tests: messages in memory, in the order they were stored, over a real HTTP
 * server on a free port of loopback.
 */
export async function openHouse(changes: Partial<ConsoleDoors> = {}) {
  const rows: Row[] = [];
  const received: Inbound[] = [];
  const files = new Map<string, { name: string; mime: string; bytes: Uint8Array }>();
  const bell = openDoorbell();
  let listening = 0;
  const doorbell: Doorbell = {
    ring: bell.ring,
    listen: (hear) => {
      const stop = bell.listen(hear);
      listening += 1;
      return () => {
        listening -= 1;
        stop();
      };
    },
  };
  const channel = consoleChannel(doorbell);
  await channel.start();
  let changesMade = 0;
  /** What each further call of `receive` does besides storing; for faults. */
  const receiving: (() => void)[] = [];

  const place = (room: string | null | undefined, urn: string) => room ?? urn;
  const add = (where: string, entry: Omit<Entry, 'id' | 'position' | 'cursor'>): Row => {
    const position = rows.length + 1;
    changesMade += 1;
    const row = { ...entry, id: `m${position}`, position, cursor: String(changesMade), place: where };
    rows.push(row);
    return row;
  };

  const doors: ConsoleDoors = {
    personas: async () => personas,
    rooms: async () => rooms,
    doorbell,
    clock: handClock('2026-06-22T00:00:00.000Z'),
    rehearsal: false,
    zone: 'Asia/Shanghai',
    log: createLog('silent'),
    pollMs: 3_600_000,
    file: async (id) => files.get(id) ?? null,
    history: async (as, room, after) => {
      const later = rows
        .filter((row) => row.place === place(room, as) && Number(row.cursor) > Number(after ?? 0))
        .sort((a, b) => Number(a.cursor) - Number(b.cursor))
        .map(({ place: _, ...entry }) => entry);
      return after === null ? later.slice(-historyMax) : later.slice(0, historyMax);
    },
    receive: async (inbound) => {
      received.push(inbound);
      const fresh = !rows.some((row) => row.externalId === inbound.externalId);
      if (fresh) {
        const stored = inbound.files.map((file) => {
          if (!('bytes' in file.source)) throw new Error('the console gives bytes');
          const { bytes } = file.source;
          const id = createHash('sha256').update(bytes).digest('hex');
          files.set(id, { name: file.name ?? '', mime: file.mime, bytes });
          return { id, name: file.name ?? '', mime: file.mime, size: bytes.byteLength };
        });
        const author = personas.find((persona) => persona.urn === inbound.urn) ?? null;
        const { externalId, sentAt: at, text } = inbound;
        add(place(inbound.room, inbound.urn), { author, at, text, files: stored, externalId });
      }
      receiving.shift()?.();
      return fresh;
    },
    ...changes,
  };

  const app = express();
  app.use('/console', consoleRouter(doors));
  const server = await listen(createServer(app), 0);
  const { port } = server.http.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/console/`,
    port,
    rows,
    received,
    receiving,
    files,
    channel,
    doorbell,
    /** How many pages listen. */
    listening: () => listening,
    /** Stores a message of the bot. Rings unless told that another process sent it. */
    say: async (
      where: string,
      text: string,
      ask?: Ask,
      more: Partial<Entry> & { silently?: boolean } = {},
    ) => {
      const { silently, ...rest } = more;
      const at = new Date(Date.UTC(2026, 5, 22, 0, rows.length)).toISOString();
      const row = add(where, { author: null, at, text, files: [], ...(ask ? { ask } : {}), ...rest });
      if (!silently) await channel.send({ account: 'console', address: where }, { text, files: [] });
      return row;
    },
    /** The ask of a message needs no answer any more. */
    settle: async (row: Row) => {
      changesMade += 1;
      Object.assign(row, { settled: true, cursor: String(changesMade) });
      await channel.update?.({ account: 'console', address: row.place }, row.id, {
        text: row.text,
        files: [],
      });
    },
    /** Cuts every open connection. */
    cut: () => server.cut(),
    /** The machine is gone: nothing listens. */
    down: () => server.close(),
    /** It is there again, at the same address. */
    up: () => server.open(port),
    close: async () => {
      await channel.stop();
      await server.close();
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;

async function listen(http: Server, port: number) {
  const sockets = new Set<Socket>();
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const open = async (wanted: number) => {
    http.listen(wanted, '127.0.0.1');
    await once(http, 'listening');
  };
  await open(port);
  return {
    http,
    cut,
    open,
    close: async () => {
      if (!http.listening) return;
      const closed = once(http, 'close');
      http.close();
      cut();
      await closed;
    },
  };
}
