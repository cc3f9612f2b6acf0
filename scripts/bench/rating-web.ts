import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import express from 'express';
import { machineClock } from '../../src/clock.ts';
import { createRatings } from '../../src/conversation/ratings.ts';
import { type Keys, keysFrom } from '../../src/keys.ts';
import { createLog } from '../../src/log.ts';
import { type Database, runOn } from '../../src/store/database.ts';
import { createLibrary } from '../../src/store/library.ts';
import { makeCodes } from '../../src/store/survey-codes.ts';
import { mountSurvey } from '../../src/web/survey/mount.ts';
import { newTicket } from '../../src/web/survey/tickets.ts';
import type { Ground } from './ground.ts';
import { publishedSample } from './sample.ts';

/** The sample campaign, published, with a code for each unit, and its pages over HTTP on loopback. */
export interface RatingWeb {
  database: Database;
  port: number;
  /** A form as somebody sends it who has just opened the page; each from an address of its own. */
  form(): Request;
  /** The page itself. */
  page(): Request;
  close(): Promise<void>;
}

/** One request as it goes over the wire. */
export type Request = string;

/** What people answer: mostly satisfied, every fifth with a word, every twentieth negative, which opens a case. */
const answers = Array.from({ length: 20 }, (_, place) => {
  const level = place === 0 ? 1 : place < 3 ? 3 : place < 8 ? 4 : 5;
  const fields = [`a.level=${level}`, ...(level < 3 ? ['a.reasons=waiting', 'a.reasons=other'] : [])];
  if (place % 5 === 0) fields.push(`a.comment=${encodeURIComponent(`办事很快，谢谢 ${place}`)}`);
  return fields.join('&');
});

export async function openRatingWeb(ground: Ground): Promise<RatingWeb> {
  const log = createLog('error');
  const clock = machineClock;
  const { database, campaignId } = await publishedSample(ground, clock);
  const keys = keysFrom(randomBytes(32));
  const codes = await openCodes(database, campaignId);
  const web = express();
  web.disable('x-powered-by');
  const ratings = createRatings({ database, library: createLibrary(database), clock, keys });
  const publicUrl = () => 'http://127.0.0.1';
  mountSurvey(web, { ratings, keys, clock, log, publicUrl, trustProxy: 1, rehearsal: false });
  // Connections of this bench wait for their next turn for longer than a browser's would.
  const server = createServer({ keepAliveTimeout: 0 }, web).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  let sent = 0;
  const next = () => {
    sent += 1;
    const code = codes[sent % codes.length] ?? '';
    return {
      code,
      address: `10.${sent >> 16}.${(sent >> 8) & 255}.${sent & 255}`,
      answer: answers[sent % answers.length] ?? '',
    };
  };
  return {
    database,
    port,
    form: () => formOf(keys, next()),
    page: () => {
      const { code, address } = next();
      return `GET /s/${code} HTTP/1.1\r\nhost: survey\r\nx-forwarded-for: ${address}\r\n\r\n`;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await database.close();
    },
  };
}

function formOf(
  keys: Keys,
  { code, address, answer }: { code: string; address: string; answer: string },
): Request {
  const ticket = encodeURIComponent(newTicket(keys, code, new Date(Date.now() - 40_000)));
  const body = `ticket=${ticket}&page=0&shown=level+reasons+waiting-minutes+comment&${answer}`;
  return [
    `POST /s/${code} HTTP/1.1`,
    'host: survey',
    `x-forwarded-for: ${address}`,
    'user-agent: Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Mobile MicroMessenger/8.0',
    'sec-fetch-site: same-origin',
    'content-type: application/x-www-form-urlencoded',
    `content-length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

/** Makes a code for each of its units. */
async function openCodes(database: Database, campaignId: string): Promise<string[]> {
  const at = new Date().toISOString();
  const units = await database.prisma.unit.findMany({ select: { id: true } });
  const targets = units.map(({ id }) => ({ kind: 'unit' as const, unitId: id, matter: null }));
  const wanted = { campaignId, targets, by: null, at, expiresOn: null };
  const { codes } = await makeCodes(runOn(database.pool), wanted);
  return codes.map(({ code }) => code);
}

/** A browser's connection: one request at a time, as cheap for the measuring process as it can be. */
export interface Wire {
  /** @returns the status @throws when it is another than expected */
  ask(request: Request, status: number): Promise<void>;
  close(): void;
}

export async function openWire(port: number): Promise<Wire> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.setNoDelay(true);
  return {
    ask: async (request, status) => {
      if (socket.destroyed || socket.readableEnded) throw new Error('the connection was closed');
      socket.write(request);
      const head = await answerOn(socket);
      if (!head.startsWith(`HTTP/1.1 ${status} `)) throw new Error(`answered with ${head.slice(0, 40)}`);
    },
    close: () => socket.destroy(),
  };
}

/** Reads one answer to its end. @returns how it begins */
function answerOn(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let head = '';
    let left = Number.NaN;
    const take = (part: Buffer) => {
      if (Number.isNaN(left)) {
        head += part.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        left = Number(/content-length: (\d+)/i.exec(head)?.[1]) - (head.length - end - 4);
      } else left -= part.length;
      if (left > 0) return;
      socket.off('data', take).off('close', gone);
      resolve(head);
    };
    const gone = () => reject(new Error('the connection was closed'));
    socket.on('data', take).once('close', gone);
  });
}
