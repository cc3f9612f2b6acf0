import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assetsFolder } from '../../../src/web/console/assets-folder.ts';
import { type House, openHouse } from './house.ts';
import { ask, hear, post } from './wire.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const message = { id: 'guard-test-1', as: 'console:citizen', text: '您好' };

it.each([
  ['localhost', 200],
  ['localhost:8080', 200],
  ['127.0.0.1:3000', 200],
  ['[::1]:3000', 200],
  ['LOCALHOST:1', 200],
  ['evil.example', 403],
  ['evil.example:3000', 403],
  ['localhost.evil.example', 403],
  ['127.0.0.1.evil.example', 403],
  ['evil.example#localhost', 403],
  ['localhost:3000@evil.example', 403],
  ['192.168.1.5:3000', 403],
  ['0.0.0.0:3000', 403],
  [':3000', 403],
])('lets a browser that calls this machine %j have %i', async (host, status) => {
  for (const path of ['/console/', '/console/api/who', '/console/assets/console.js']) {
    const { status: given, body } = await ask(house, path, { headers: { host } });
    expect(given).toBe(status);
    if (status === 403) expect(body).toMatch(/本页只在本机开放.*\n.*this machine only/);
  }
});

it.each([
  [undefined, 403],
  ['null', 403],
  ['http://evil.example', 403],
  ['http://127.0.0.1:1', 403],
  ['http://127.0.0.1:PORT.evil.example', 403],
  ['http://localhost:PORT', 403],
  ['http://127.0.0.1:PORT', 200],
])('answers a post from a page of %j with %i', async (origin, status) => {
  const headers = {
    'content-type': 'application/json',
    ...(origin ? { origin: origin.replace('PORT', `${house.port}`) } : {}),
  };
  const before = house.received.length;
  const answer = await ask(house, '/console/api/messages', {
    method: 'POST',
    headers,
    body: JSON.stringify(message),
  });
  expect(answer.status).toBe(status);
  expect(house.received.length - before).toBe(status === 200 ? 1 : 0);
});

it('gives other sites nothing, not even one on another port', async () => {
  for (const site of ['cross-site', 'same-site']) {
    expect((await ask(house, '/console/api/who', { headers: { 'sec-fetch-site': site } })).status).toBe(403);
    expect((await post(house, message, { 'sec-fetch-site': site })).status).toBe(403);
  }
  expect(
    (await ask(house, '/console/api/who', { headers: { 'sec-fetch-site': 'same-origin' } })).status,
  ).toBe(200);
});

it('forbids the page all but its own files', async () => {
  const { headers } = await ask(house, '/console/');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
  expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  });
});

it('serves every file of the page under its type, and says 304 to who has it', async () => {
  const types: Record<string, string> = {
    html: 'text/html',
    js: 'text/javascript',
    css: 'text/css',
    svg: 'image/svg+xml',
  };
  const names = await readdir(assetsFolder());
  expect(names).toContain('console.js');
  for (const name of names) {
    const path = name === 'index.html' ? '/console/' : `/console/assets/${name}`;
    const { status, headers } = await ask(house, path);
    expect([name, status, String(headers['content-type']).split(';')[0]]).toEqual([
      name,
      200,
      types[name.split('.')[1] ?? ''],
    ]);
    expect(headers['cache-control']).toBe('no-cache');
    expect((await ask(house, path, { headers: { 'if-none-match': String(headers.etag) } })).status).toBe(304);
  }
});

it('sends /console on to /console/, and leads nowhere else', async () => {
  const { status, headers } = await ask(house, '/console?as=console%3Acitizen');
  expect([status, headers.location]).toEqual([301, '/console/?as=console%3Acitizen']);
  for (const path of [
    '/console/assets/',
    '/console/assets/../router.ts',
    '/console/assets/%2e%2e/router.ts',
    '/console/assets/..%2frouter.ts',
  ])
    expect((await ask(house, path)).status).toBe(404);
});

it('knows nobody but its own people', async () => {
  expect((await hear(house, 'console:stranger')).status).toBe(403);
  expect((await hear(house, 'slack:T1/U1')).status).toBe(403);
  for (const as of ['console:stranger', 'slack:T1/U1', 'wechat:wxid_coord'])
    expect(JSON.parse((await post(house, { ...message, as })).body)).toEqual({ fault: 'stranger' });
});
