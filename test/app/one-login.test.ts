import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Health } from '../../src/web/health.ts';
import { type PuppetDriver, startPuppet } from '../channels/wechat/driver.ts';
import { freshDatabase } from '../database.ts';
import { writtenKey } from '../keys.ts';
import { photo, sha256 } from '../story/photo.ts';
import { buildProgram, type Environment, type Program, type Service } from './program.ts';

// The real program with a real puppet service, and no other server but Postgres.
let program: Program;
let driver: PuppetDriver;
beforeAll(async () => {
  program = await buildProgram();
  driver = await startPuppet();
});
afterAll(async () => {
  await program.clear();
  await driver.close();
});

async function wechat({ origin }: Service): Promise<{ ready: boolean; reason?: string } | undefined> {
  const response = await fetch(`${origin}/healthz`);
  return ((await response.json()) as Health).channels.wechat;
}

const until = { timeout: 60_000, interval: 50 };
const connected = (service: Service) => expect.poll(() => wechat(service), until).toEqual({ ready: true });

function environment(url: string): Environment {
  return {
    DATABASE_URL: url,
    DUBAN_KEY: writtenKey,
    WECHATY_PUPPET_SERVICE_TOKEN: driver.choice.token,
    WECHATY_PUPPET_SERVICE_ENDPOINT: driver.choice.endpoint,
    WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true',
  };
}

test('of two processes one is logged in to WeChat; killed amid fetching a photo, it is followed by the other, and nobody waits for good', async () => {
  const { url, pool, drop } = await freshDatabase();
  const [one, other] = [await program.start(environment(url)), await program.start(environment(url))];
  await expect
    .poll(async () => [await wechat(one), await wechat(other)], until)
    .toContainEqual({ ready: true });
  const [leader, follower] = (await wechat(one))?.ready ? [one, other] : [other, one];
  await expect
    .poll(() => wechat(follower), until)
    .toEqual({ ready: false, reason: 'another process holds this account' });

  const bytes = photo(50_000);
  const file = { name: 'mmexport.png', base64: bytes.toString('base64') };
  const asked = driver.holdFiles();
  await driver.say({ from: 'wxid_first', type: 'Image', file }, { from: 'wxid_first', text: '帮助' });
  await asked;
  const inbox = async () =>
    (await pool.query<{ status: string }>('SELECT status FROM inbox ORDER BY sent_at, seq')).rows.map(
      ({ status }) => status,
    );
  await expect.poll(inbox, until).toEqual(['fetching', 'waiting']);
  leader.process.kill('SIGKILL');
  await leader.ended;
  driver.releaseFiles();
  await connected(follower);
  // Its lease would lapse by itself in minutes.
  await pool.query('UPDATE file_fetch SET due_at = now()');
  await expect.poll(inbox, until).toEqual(['done', 'done']);
  const kept = await pool.query('SELECT status, sha256 FROM attachment');
  expect(kept.rows).toEqual([{ status: 'stored', sha256: sha256(bytes) }]);

  const successor = await program.start(environment(url));
  await expect
    .poll(() => wechat(successor), until)
    .toMatchObject({ reason: 'another process holds this account' });
  follower.process.kill('SIGTERM');
  expect(await follower.ended).toMatchObject({ code: 0 });
  await connected(successor);
  successor.process.kill('SIGTERM');
  expect(await successor.ended).toMatchObject({ code: 0 });
  await drop();
}, 240_000);

test('restarted on its own database after a kill amid fetching, it goes on at once', async () => {
  const { DATABASE_URL: _, DUBAN_KEY: __, ...settings } = environment('');
  const own = { ...settings, DATA_DIR: await program.dataDir() };
  const killed = await program.start(own);
  await connected(killed);
  const asked = driver.holdFiles();
  const file = { name: 'mmexport.png', base64: photo(50_000).toString('base64') };
  await driver.say({ from: 'wxid_second', type: 'Image', file }, { from: 'wxid_second', text: '帮助' });
  await asked;
  killed.process.kill('SIGKILL');
  await killed.ended;
  driver.releaseFiles();
  const answered = driver.nextSent(({ to }) => to === 'wxid_second');
  const again = await program.start(own);
  await answered;
  await driver.nextSent(({ to, text }) => to === 'wxid_second' && text?.includes('评价') === true);
  again.process.kill('SIGTERM');
  expect(await again.ended).toMatchObject({ code: 0 });
}, 240_000);
