import { expect, test } from 'vitest';
import type { Inbound } from '../../src/channels/channel.ts';
import { readCoordinators } from '../../src/conversation/coordinators.ts';
import { ensureCoordinators } from '../../src/conversation/people.ts';
import { runOn } from '../../src/store/database.ts';
import { storeMessages } from '../../src/store/inbox.ts';
import { coordinatorsOf } from '../../src/store/reach.ts';
import { openStage, publishedSample, type Stage } from './campaign-stage.ts';

const now = '2026-06-22T10:00:00+08:00';

/** Coordinators of all campaigns, by their addresses. */
async function coordinators({ query }: Stage): Promise<string[]> {
  const rows = await query<{ urn: string }>(
    `SELECT u.urn FROM membership m JOIN urn u ON u.contact_id = m.contact_id
     WHERE m.role = 'coordinator' AND m.campaign_id IS NULL AND m.unit_id IS NULL ORDER BY 1`,
  );
  return rows.map(({ urn }) => urn);
}

let messages = 0;
async function write({ database }: Stage, urn: string): Promise<void> {
  messages += 1;
  const inbound: Inbound = {
    channel: 'slack',
    account: 'slack:T1',
    externalId: `m${messages}`,
    urn,
    kind: 'text',
    text: '状态',
    addressed: true,
    slash: false,
    files: [],
    sentAt: now,
  };
  const { kind, text, addressed, slash } = inbound;
  const body = { kind, text, addressed, slash };
  await storeMessages(database, [{ inbound, body, files: [], receivedAt: now }]);
}

test.each([
  ['slack:U0COORD,wechat:wxid_coord', ['slack:U0COORD', 'wechat:wxid_coord'], []],
  [' slack:T1/W0COORD ，console:coordinator\n', ['slack:T1/W0COORD', 'console:coordinator'], []],
  ['wechat:a,wechat:a', ['wechat:a'], []],
  ['', [], []],
  [
    'U0COORD,slack:,slack:@anna,teams:U1,wechat:',
    [],
    ['U0COORD', 'slack:', 'slack:@anna', 'teams:U1', 'wechat:'],
  ],
])('the list “%s”', (spec, urns, wrong) => {
  expect(readCoordinators(spec)).toEqual({ urns, wrong });
});

test('an entry that is no address is refused, and nobody is made', async () => {
  const stage = await openStage(now);
  await expect(ensureCoordinators(stage.database, 'wechat:a,U0COORD')).rejects.toThrow('U0COORD');
  expect(await coordinators(stage)).toEqual([]);
});

test('starting again, also many at once, makes nobody twice', async () => {
  const stage = await openStage(now);
  const ensure = () => ensureCoordinators(stage.database, 'slack:U0COORD,wechat:wxid_coord');
  await Promise.all([ensure(), ensure(), ensure()]);
  await ensure();
  expect(await coordinators(stage)).toEqual(['slack:U0COORD', 'wechat:wxid_coord']);
  expect(await stage.query('SELECT count(*)::int FROM contact')).toEqual([{ count: 2 }]);
});

test('a Slack user named without a workspace is known by their first message', async () => {
  const stage = await openStage(now);
  await ensureCoordinators(stage.database, 'slack:U0COORD');
  await Promise.all([
    write(stage, 'slack:T1/U0COORD'),
    write(stage, 'slack:T1/U0OTHER'),
    write(stage, 'slack:T1/U0COORD'),
  ]);
  expect(await coordinators(stage)).toEqual(['slack:T1/U0COORD', 'slack:U0COORD']);
  expect(await stage.query('SELECT count(*)::int FROM contact')).toEqual([{ count: 2 }]);
  // Written to under the full address, whose account has a budget of its own.
  const campaign = await publishedSample(stage);
  const reached = await coordinatorsOf(runOn(stage.database.pool), campaign);
  expect(reached.map(({ address }) => address).sort()).toEqual(['console:coordinator', 'slack:T1/U0COORD']);
});

test('who has written before is the coordinator from then on', async () => {
  const stage = await openStage(now);
  await write(stage, 'slack:T1/U0COORD');
  await ensureCoordinators(stage.database, 'slack:U0COORD');
  expect(await coordinators(stage)).toEqual(['slack:T1/U0COORD']);
  expect(await stage.query('SELECT count(*)::int FROM contact')).toEqual([{ count: 1 }]);
});

test('who is taken out of the list loses what came from it, and nothing else', async () => {
  const stage = await openStage(now);
  await publishedSample(stage);
  await stage.query(
    `INSERT INTO membership (contact_id, role) SELECT contact_id, 'coordinator' FROM urn WHERE urn = 'console:inspector-1'`,
  );
  await ensureCoordinators(stage.database, 'wechat:a,wechat:b,console:coordinator,console:inspector-1');
  await ensureCoordinators(stage.database, 'wechat:b,wechat:c');
  expect(await coordinators(stage)).toEqual(['console:inspector-1', 'wechat:b', 'wechat:c']);
  // The file made the persona a coordinator of its campaign.
  expect(
    await stage.query(
      `SELECT m.campaign_id IS NULL AS global FROM membership m JOIN urn u ON u.contact_id = m.contact_id
       WHERE u.urn = 'console:coordinator'`,
    ),
  ).toEqual([{ global: false }]);
  await ensureCoordinators(stage.database, '');
  expect(await coordinators(stage)).toEqual(['console:inspector-1']);
});
