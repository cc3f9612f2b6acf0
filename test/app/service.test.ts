import { existsSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { machineClock } from '../../src/clock.ts';
import { packageRoot } from '../../src/package-root.ts';
import { clockOf } from '../../src/store/clock.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Health } from '../../src/web/health.ts';
import { freshDatabase } from '../database.ts';
import { writtenKey } from '../keys.ts';
import { openCrowd } from './crowd.ts';
import { onDatabase } from './data.ts';
import { inTime } from './deadline.ts';
import { people, publishFifty, repliesOf } from './fifty.ts';
import { heard, says } from './page.ts';
import { buildProgram, type Ended, type Environment, type Program, type Service } from './program.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.clear());

async function stop(service: Service): Promise<Ended> {
  service.process.kill('SIGTERM');
  return service.ended;
}

/** What /healthz says: its status, and whether each part is ready. */
async function health(
  origin: string,
): Promise<{ status: number; database: boolean; channels: Record<string, boolean> }> {
  const response = await fetch(`${origin}/healthz`);
  const { database, channels } = (await response.json()) as Health;
  const ready = Object.entries(channels).map(([name, state]) => [name, state.ready]);
  return { status: response.status, database: database.ready, channels: Object.fromEntries(ready) };
}

const well = { status: 200, database: true, channels: { console: true } };

const refusal = (zh: string, en: string) =>
  expect.stringMatching(new RegExp(`^[^\\n]*${zh}[^\\n]*\\n[^\\n]*${en}[^\\n]*\\n$`));

test('a first start brings the sample and a console; a second service is refused; stopping ends it all; a restart goes on', async () => {
  const DATA_DIR = await program.dataDir();
  const service = await program.start({ DATA_DIR });
  const { origin, ready } = service;
  expect(ready).toMatch(
    /^督办已启动：http:\/\/127\.0\.0\.1:\d+\/console\/（已载入示例活动，开始日期 \d{4}-\d\d-\d\d/,
  );
  expect(ready).toContain(`Duban is ready: ${origin}/console/ (sample campaign loaded, starting `);
  expect(await health(origin)).toEqual(well);
  expect((await fetch(`${origin}/console/`)).status).toBe(200);

  expect(await program.run('main', [], { DATA_DIR, PORT: '0' })).toEqual({
    code: 1,
    signal: null,
    out: '',
    err: refusal(`正在使用数据目录 ${DATA_DIR}`, `is using the data folder ${DATA_DIR}`),
  });
  expect(await says(origin, 'console:coordinator', 'help-0001', '帮助')).toBe(true);
  await heard(origin, 'console:coordinator', '发布');

  // A page that listens must not keep the service from stopping.
  const listening = await fetch(`${origin}/console/api/stream?as=console:citizen`);
  expect(await stop(service)).toMatchObject({ code: 0, out: `${ready}\n` });
  await listening.text().catch(() => 'cut');
  expect(existsSync(path.join(DATA_DIR, 'postgres/data/postmaster.pid'))).toBe(false);

  expect(
    await program.run('main', [], { DATA_DIR, PORT: '0', DUBAN_CLOCK: '2026-06-22T08:00+08:00 x60' }),
  ).toMatchObject({
    code: 1,
    out: '',
    err: refusal('正式数据', 'holds live data'),
  });
  const again = await program.start({ DATA_DIR });
  expect(again.ready).not.toContain('示例');
  expect(await says(again.origin, 'console:coordinator', 'help-0001', '帮助')).toBe(false);
  await heard(again.origin, 'console:coordinator', '发布');
  expect(await stop(again)).toMatchObject({ code: 0 });
}, 240_000);

const faulty: Environment = {
  PORT: 'http',
  LOG_LEVEL: 'loud',
  DATABASE_URL: 'mysql://secret@db/duban',
  DUBAN_KEY: 'c2VjcmV0',
  DUBAN_COORDINATORS: 'nobody-at-all',
  DUBAN_CLOCK: 'tomorrow',
  CONSOLE: 'on',
  HOST: '0.0.0.0',
};

test.each([
  ['main', []],
  ['cli', ['migrate']],
] as const)(
  'every fault of the environment is told at once, without its value, and %s ends with 2',
  async (name, args) => {
    const DATA_DIR = path.join(await program.dataDir(), 'never-made');
    const { code, out, err } = await program.run(name, [...args], { DATA_DIR, ...faulty });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const named = err.split('\n').flatMap((line) => /^ {2}([A-Z_]+): \S/.exec(line)?.[1] ?? []);
    expect(named.sort()).toEqual(
      Object.keys(faulty)
        .filter((one) => one !== 'CONSOLE')
        .sort(),
    );
    expect(err).toContain('环境变量有误');
    expect(err).toContain('The environment has faults');
    for (const value of ['secret', 'nobody-at-all', 'tomorrow']) expect(err).not.toContain(value);
    expect(existsSync(DATA_DIR)).toBe(false);
  },
);

test('help, and a plan of a campaign file, need neither database nor environment', async () => {
  const { code, out, err } = await program.run('cli', ['--help'], faulty);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('用法：');
  expect(out).toContain('Usage: ');
  const file = path.join(packageRoot(), campaign);
  const dry = await program.run('cli', ['plan', file, '--start', '2099-06-22', '--json'], faulty);
  expect(dry).toMatchObject({ code: 0, err: expect.stringContaining('2099年放假安排尚未公布') });
  expect(JSON.parse(dry.out)).toMatchObject({ code: 'minimal', start: '2099-06-22', assignments: 3 });
});

/** Ten in the morning of a workday, and hardly a minute later at the end of a test: never in quiet hours. */
const rehearsal = { DUBAN_CLOCK: '2026-06-22T10:00+08:00 x1' };
const [campaign, inspector] = ['test/campaign/three-halls.yaml', 'console:inspector-1'];

test('a rehearsal says so in every message; campaigns are loaded and published from a terminal beside it', async () => {
  const DATA_DIR = await program.dataDir();
  const environment = { DATA_DIR, ...rehearsal };
  const duban = (...args: string[]) => program.run('cli', args, environment);
  const file = path.join(packageRoot(), campaign);

  // Whoever has loaded a campaign wants no sample.
  expect(await duban('load', file, '--start', '2026-06-22')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Campaign minimal is loaded as a draft, starting 2026-06-22.'),
  });
  const service = await program.start(environment);
  expect(service.ready).not.toContain('示例');
  expect(await (await fetch(`${service.origin}/console/api/who`)).json()).toMatchObject({ rehearsal: true });

  expect(await duban('publish')).toMatchObject({
    code: 0,
    out: expect.stringContaining('minimal is published'),
  });
  const told = await heard(service.origin, inspector, '请城东便民服务中心检查城西便民服务中心');
  expect(await duban('load', file, '--start', '2026-06-23')).toMatchObject({
    code: 0,
    out: expect.stringContaining(
      'Version 2 is published. Tasks given out: 0, taken back: 0, with other days: 3',
    ),
  });
  await says(service.origin, inspector, 'tasks-001', '我的任务');
  const all = await heard(service.origin, inspector, '您有1项任务');
  expect(all.filter((text) => text.includes('请城东便民服务中心检查'))).toHaveLength(1);
  for (const text of [...told, ...all]) expect(text).toMatch(/^【演练】/);
  expect(await duban('queue')).toMatchObject({
    code: 0,
    out: expect.stringContaining('No message is set aside'),
  });

  expect(await stop(service)).toMatchObject({ code: 0 });
  expect(await program.run('main', [], { DATA_DIR })).toMatchObject({
    code: 1,
    err: refusal('演练数据', 'holds a rehearsal'),
  });
  expect(existsSync(path.join(DATA_DIR, 'postgres/data/postmaster.pid'))).toBe(false);
}, 240_000);

test('any number of services share one DATABASE_URL, without a sample; health tells when it is away, and when it is back', async () => {
  const { url, config, pool, drop } = await freshDatabase();
  // Our own connection is cut with the services'.
  pool.on('error', () => {});
  const environment = {
    DATABASE_URL: url,
    DUBAN_KEY: writtenKey,
    DATA_DIR: path.join(await program.dataDir(), 'never-made'),
  };
  const [one, other] = await Promise.all([program.start(environment), program.start(environment)]);
  expect([await health(one.origin), await health(other.origin)]).toEqual([well, well]);
  expect((await pool.query('SELECT code FROM campaign')).rows).toEqual([]);
  expect(existsSync(environment.DATA_DIR)).toBe(false);

  const port = new URL(one.origin).port;
  expect(await program.run('main', [], { ...environment, PORT: port })).toMatchObject({
    code: 1,
    out: '',
    err: refusal(`127.0.0.1:${port}`, `127.0.0.1:${port}`),
  });
  // With another key no receipt would be found and no contact could be read, and nobody would notice.
  const otherKey = Buffer.alloc(32, 8).toString('base64');
  expect(await program.run('main', [], { ...environment, DUBAN_KEY: otherKey, PORT: '0' })).toMatchObject({
    code: 1,
    out: '',
    err: refusal('密钥与这个数据库原来使用的不同', 'The key is not the one this database was used with'),
  });

  const admin = new pg.Client({ ...config, database: 'postgres' });
  await admin.connect();
  await admin.query(`ALTER DATABASE ${config.database} ALLOW_CONNECTIONS false`);
  await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
    config.database,
  ]);
  const away = { status: 503, database: false, channels: { console: true } };
  await expect.poll(() => health(one.origin), { timeout: 20_000 }).toEqual(away);
  await admin.query(`ALTER DATABASE ${config.database} ALLOW_CONNECTIONS true`);
  await admin.end();
  await expect.poll(() => health(one.origin), { timeout: 20_000 }).toEqual(well);
  for (const { code, err } of await Promise.all([stop(one), stop(other)])) expect(code, err).toBe(0);
  await drop();
}, 240_000);

test('a channel that is configured and not connected makes the service not ready, and stops nothing else', async () => {
  const { url, drop } = await freshDatabase();
  const wechat = {
    WECHATY_PUPPET_SERVICE_TOKEN: 'insecure_nobody',
    WECHATY_PUPPET_SERVICE_ENDPOINT: '127.0.0.1:1',
  };
  const service = await program.start({ DATABASE_URL: url, DUBAN_KEY: writtenKey, CONSOLE: 'on', ...wechat });
  expect(await health(service.origin)).toEqual({
    status: 503,
    database: true,
    channels: { console: true, wechat: false },
  });
  const { out, err, ...end } = await stop(service);
  expect(end).toEqual({ code: 0, signal: null });
  expect(out + err).not.toContain('insecure_nobody');
  await drop();
}, 240_000);

test('a service that is told to stop amid fifty people answering leaves no turn half done', async () => {
  const DATA_DIR = await program.dataDir();
  await onDatabase(DATA_DIR, async (database) => {
    await migrate(database.pool);
    await clockOf(database, null);
    await publishFifty(database, machineClock);
  });
  const service = await program.start({ DATA_DIR });
  const crowd = openCrowd();
  const enough = new Promise<void>((resolve) => crowd.after(250, resolve));
  for (const { urn } of people) void crowd.walk(urn);
  crowd.meet(service);
  await inTime('fifty people answering', enough, () => crowd.counts);
  const { code, err } = await stop(service);
  expect(code, err).toBe(0);
  expect(existsSync(path.join(DATA_DIR, 'postgres/data/postmaster.pid'))).toBe(false);
  await onDatabase(DATA_DIR, async ({ pool }) => {
    const { rows } = await pool.query<{ urn: string; stored: number; done: number; said: string[] | null }>(
      `SELECT i.urn, count(*)::int AS stored, (count(*) FILTER (WHERE i.status = 'done'))::int AS done,
         (SELECT jsonb_agg(a.said ORDER BY a.id) FROM session s JOIN urn u USING (contact_id)
          JOIN answer a ON a.session_id = s.id WHERE u.urn = i.urn) AS said
       FROM inbox i GROUP BY i.urn`,
    );
    const acknowledged = rows.map(({ urn, stored }) => stored - (crowd.sent.get(urn)?.length ?? 0));
    expect(Math.min(...acknowledged)).toBe(0);
    for (const { urn, done, said } of rows)
      expect(said ?? []).toEqual(
        replies(urn)
          .slice(0, done)
          .filter((text) => text !== '签到'),
      );
    expect((await pool.query(`SELECT count(*)::int AS n FROM outbox WHERE status = 'sending'`)).rows).toEqual(
      [{ n: 0 }],
    );
  });
}, 240_000);

/** What somebody says in three visits. */
function replies(urn: string): string[] {
  return [0, 1, 2].flatMap((visit) => ['签到', ...repliesOf(urn, visit)]);
}
