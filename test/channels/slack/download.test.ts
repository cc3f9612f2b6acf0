import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SendFault } from '../../../src/channels/channel.ts';
import { download } from '../../../src/channels/slack/download.ts';

let server: Server;
let origin: string;
let answer: RequestListener;
let asked: { path: string | undefined; token: string | undefined }[];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ path: request.url, token: request.headers.authorization });
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  asked = [];
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const fetchFile = (url: string, limit = 100) =>
  download(url, { token: 'xoxb-1', apiUrl: `${origin}/api/`, limit, timeoutMs: 5_000 });
const fault = (work: Promise<unknown>) =>
  work.then(
    () => 'no fault',
    (error: unknown) => (error instanceof SendFault ? error.kind : String(error)),
  );

test('brings the bytes, with our token', async () => {
  answer = (_request, response) => response.end(Buffer.from([1, 2, 3]));
  expect(await fetchFile(`${origin}/files-pri/F1/a.jpg`)).toEqual(Buffer.from([1, 2, 3]));
  expect(asked).toEqual([{ path: '/files-pri/F1/a.jpg', token: 'Bearer xoxb-1' }]);
});

test.each([
  'https://evil.example/a.jpg',
  'http://files.slack.com/a.jpg',
  'https://files.slack.com:8443/a.jpg',
  'https://files.slack.com.evil.example/a.jpg',
  'https://evilslack.com/a.jpg',
  'https://files.slack.com@evil.example/a.jpg',
  'http://169.254.169.254/latest/meta-data',
  'http://127.0.0.1:1/a.jpg',
  'file:///etc/passwd',
  'ftp://files.slack.com/a.jpg',
  '//files.slack.com/a.jpg',
  '',
  'F123',
])('%j is on no host of the workspace', async (url) => {
  expect(await fault(fetchFile(url))).toBe('refused');
  expect(asked).toEqual([]);
});

test('follows Slack to another of its addresses, with the token', async () => {
  answer = (request, response) =>
    request.url === '/a' ? response.writeHead(302, { location: '/b' }).end() : response.end('x');
  expect(String(await fetchFile(`${origin}/a`))).toBe('x');
  expect(asked.map((one) => one.token)).toEqual(['Bearer xoxb-1', 'Bearer xoxb-1']);
});

test('follows nobody to a foreign address', async () => {
  answer = (_request, response) => response.writeHead(302, { location: 'https://evil.example/' }).end();
  expect(await fault(fetchFile(`${origin}/a`))).toBe('refused');
});

test('gives up going round in circles', async () => {
  answer = (_request, response) => response.writeHead(302, { location: '/a' }).end();
  expect(await fault(fetchFile(`${origin}/a`))).toBe('refused');
  expect(asked).toHaveLength(4);
});

test('reads no more than the limit, said or not', async () => {
  answer = (_request, response) =>
    response.writeHead(200, { 'content-length': '101' }).end(Buffer.alloc(101));
  expect(await fault(fetchFile(`${origin}/a`))).toBe('refused');
  let pieces = 0;
  answer = (_request, response) => {
    // Endless, without a length: it stops when the reader hangs up.
    const more = () => {
      pieces += 1;
      if (!response.destroyed) response.write(Buffer.alloc(50), () => setImmediate(more));
    };
    more();
  };
  expect(await fault(fetchFile(`${origin}/a`))).toBe('refused');
  answer = (_request, response) => response.end(Buffer.alloc(100));
  expect((await fetchFile(`${origin}/a`)).byteLength).toBe(100);
  expect(pieces).toBeGreaterThan(1);
});

test.each([
  [404, {}, 'refused'],
  [403, {}, 'refused'],
  [429, { 'retry-after': '3' }, 'rate'],
  [500, {}, 'passing'],
  [200, { 'content-type': 'text/html; charset=utf-8' }, 'refused'],
])('HTTP %i %j is %s', async (status, headers, expected) => {
  answer = (_request, response) => response.writeHead(status, headers).end('x');
  expect(await fault(fetchFile(`${origin}/a.jpg`))).toBe(expected);
});

test('a page that was sent as a file is a file', async () => {
  answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
  expect(String(await fetchFile(`${origin}/notes.html`))).toBe('<p>');
});

test('a cut connection may work later', async () => {
  answer = (_request, response) => {
    response.writeHead(200, { 'content-length': '50' });
    response.write('x', () => response.destroy());
  };
  expect(await fault(fetchFile(`${origin}/a`))).toBe('passing');
});
