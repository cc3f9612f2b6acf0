import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentNames, readConfig } from '../src/config.ts';
import { packageRoot } from '../src/package-root.ts';

const faultsOf = (environment: Record<string, string>) => {
  const read = readConfig(environment);
  return 'faults' in read ? read.faults.map(({ name }) => name) : [];
};
const configOf = (environment: Record<string, string>) => {
  const read = readConfig(environment);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return read.config;
};

describe('the environment', () => {
  it('needs nothing', () => {
    expect(configOf({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      console: true,
      slack: null,
      wechat: null,
    });
  });

  it.each<[Record<string, string>, string[]]>([
    [{ PORT: 'http', LOG_LEVEL: 'loud' }, ['PORT', 'LOG_LEVEL']],
    [{ PORT: '70000' }, ['PORT']],
    [{ DATABASE_URL: 'mysql://db' }, ['DATABASE_URL', 'DUBAN_KEY']],
    [{ DATABASE_URL: 'postgres://db/duban' }, ['DUBAN_KEY']],
    [{ DUBAN_KEY: 'c2hvcnQ=' }, ['DUBAN_KEY']],
    [{ PROXIES: '-1' }, ['PROXIES']],
    [
      { SLACK_BOT_TOKEN: 'secret', DUBAN_COORDINATORS: 'U0COORD' },
      ['SLACK_BOT_TOKEN', 'DUBAN_COORDINATORS', 'SLACK_SIGNING_SECRET'],
    ],
    [{ PORT: 'http', CONSOLE: 'on', HOST: '0.0.0.0' }, ['PORT', 'HOST']],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, ['SLACK_SIGNING_SECRET']],
    [{ SLACK_SIGNING_SECRET: '12345678' }, ['SLACK_BOT_TOKEN']],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, ['SLACK_BOT_TOKEN']],
    [{ CONSOLE: 'on', HOST: '0.0.0.0' }, ['HOST']],
    [{ HOST: '0.0.0.0' }, ['HOST']],
    [{ HOST: '::' }, ['HOST']],
    [{ HOST: '192.0.2.1' }, ['HOST']],
    [{ CONSOLE: 'maybe' }, ['CONSOLE']],
    [{ CONSOLE: 'off' }, ['CONSOLE']],
    [{ SLACK_BOT_TOKEN: 'xoxp-a-person', SLACK_SIGNING_SECRET: '12345678' }, ['SLACK_BOT_TOKEN']],
    [{ WECHATY_PUPPET: 'no such !!' }, ['WECHATY_PUPPET']],
    [{ WECHATY_PUPPET: 'wechaty-puppet-service' }, ['WECHATY_PUPPET_SERVICE_TOKEN']],
    [{ WECHATY_PUPPET_SERVICE_ENDPOINT: '127.0.0.1:8788' }, ['WECHATY_PUPPET_SERVICE_TOKEN']],
    [{ DUBAN_CLOCK: 'tomorrow' }, ['DUBAN_CLOCK']],
    [{ DUBAN_CLOCK: '2026-06-22T08:00 x1440' }, ['DUBAN_CLOCK']],
    [{ DUBAN_CLOCK: '2026-06-22T08:00+08:00 x0' }, ['DUBAN_CLOCK']],
  ])('%j: every fault at once, by name', (environment, names) => {
    expect(faultsOf(environment)).toEqual(names);
  });

  it('repeats no value in a fault, because it may be a secret', () => {
    expect(
      JSON.stringify(readConfig({ SLACK_BOT_TOKEN: 'hunter2-hunter2', DATABASE_URL: 'hunter2' })),
    ).not.toContain('hunter2');
  });

  it('reads a key of 32 bytes and more, for a database of yours', () => {
    const written = Buffer.alloc(32, 7).toString('base64');
    const { key, databaseUrl } = configOf({ DATABASE_URL: 'postgres://db/duban', DUBAN_KEY: `${written}\n` });
    expect(key).toEqual(new Uint8Array(32).fill(7));
    expect(databaseUrl).toBe('postgres://db/duban');
    expect(configOf({}).key).toBeNull();
    expect(
      JSON.stringify(
        readConfig({
          DATABASE_URL: 'postgres://db/duban',
          DUBAN_KEY: Buffer.alloc(31, 7).toString('base64'),
        }),
      ),
    ).not.toContain('BwcH');
  });

  it('reads a rehearsal', () => {
    const { rehearsal } = configOf({ DUBAN_CLOCK: '2026-06-22T08:00+08:00 x1440' });
    expect(rehearsal).toMatchObject({ begin: new Date('2026-06-22T00:00:00Z'), speed: 1440 });
  });

  it('shows the console only when no other channel is set, or when asked', () => {
    const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: '12345678' };
    expect(configOf(slack)).toMatchObject({ console: false, host: '0.0.0.0' });
    expect(configOf({ ...slack, CONSOLE: 'on' })).toMatchObject({ console: true, host: '127.0.0.1' });
    expect(configOf({ WECHATY_PUPPET_SERVICE_TOKEN: 'insecure_1' })).toMatchObject({
      console: false,
      wechat: { puppet: 'wechaty-puppet-service' },
    });
    expect(configOf({ CONSOLE: 'off', WECHATY_PUPPET: 'wechaty-puppet-padlocal' }).console).toBe(false);
  });

  it('treats an empty variable as unset', () => {
    expect(configOf({ PORT: '', DATABASE_URL: '', SLACK_BOT_TOKEN: '' })).toMatchObject({
      port: 8080,
      slack: null,
    });
  });

  it.each(['README.md', 'README.zh-CN.md'])('%s lists every variable', (file) => {
    const text = readFileSync(path.join(packageRoot(), file), 'utf8');
    expect([...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1])).toEqual(environmentNames);
  });
});
