import { expect, test } from 'vitest';
import { publishCampaign, tellNewInspector, tellNewRoom } from '../../src/conversation/publish.ts';
import { publishLines } from '../../src/conversation/publish-lines.ts';
import { post } from '../../src/conversation/wording.ts';
import { inTransaction, runIn } from '../../src/store/database.ts';
import { commitWrites, noWrites, type Run } from '../../src/store/writes.ts';
import {
  campaignText,
  load,
  openStage,
  outbox,
  publish,
  publishedSample,
  type Stage,
} from './campaign-stage.ts';

const now = '2026-06-22T10:00:00+08:00';
const at = '2026-06-22T02:00:00.000Z';

test('eight tasks in the order of the notice, each with its first reminder', async () => {
  const stage = await openStage(now);
  await publishedSample(stage);
  const rows = await stage.query(
    `SELECT a.number, s.code AS inspector, t.code AS inspected, a.due_on, a.remind_at
     FROM assignment a JOIN unit s ON s.id = a.assignee_unit_id JOIN unit t ON t.id = a.target_unit_id ORDER BY a.number`,
  );
  const pairs = [
    ['nanhu', 'haiyan'],
    ['xiuzhou', 'pinghu'],
    ['jiashan', 'nanhu'],
    ['pinghu', 'xiuzhou'],
    ['haiyan', 'tongxiang'],
    ['haining', 'development-zone'],
    ['tongxiang', 'jiashan'],
    ['development-zone', 'haining'],
  ];
  expect(rows).toEqual(
    pairs.map(([inspector, inspected], index) => ({
      number: index + 1,
      inspector,
      inspected,
      due_on: '2026-07-15',
      // Three workdays before 15 July, at nine.
      remind_at: new Date('2026-07-10T09:00:00+08:00'),
    })),
  );
  expect(await stage.query('SELECT status, published_at, digest_at FROM campaign')).toEqual([
    { status: 'published', published_at: new Date(now), digest_at: new Date('2026-07-16T09:00:00+08:00') },
  ]);
});

test('one short message for the inspection room, one in private for each task of who is bound', async () => {
  const stage = await openStage(now);
  const id = await load(stage, await campaignText('jiaxing-2014'));
  const result = await publish(stage, id);
  expect(result).toMatchObject({ kind: 'published', assignments: 8, rooms: 1, people: 2, toldAt: at });
  expect(result.kind === 'published' && result.unmanned).toHaveLength(6);
  const sent = await outbox(stage, 'publish:');
  expect(sent.map(({ address, text, priority, dueAt }) => ({ address, text, priority, dueAt }))).toEqual([
    {
      address: 'console:room/inspection',
      priority: 2,
      dueAt: at,
      text: '【窗口“办事难”集中整治交叉式抽查】已发布，共8项任务，请于2026年7月15日（周三）前完成（含当日）。各自的任务另发私信，收到请回复“收到”。',
    },
    {
      address: 'console:inspector-1',
      priority: 2,
      dueAt: at,
      text: [
        '【交叉式抽查】请南湖区政府检查海盐县政府，至少3个窗口，至多5个。',
        '请于2026年7月15日（周三）前完成并上报（含当日），还有17个工作日（不含今天）。',
        '收到请回复“收到”；到达窗口后回复“签到”，开始填写检查表。',
      ].join('\n'),
    },
    {
      address: 'console:inspector-2',
      priority: 2,
      dueAt: at,
      text: expect.stringContaining('请秀洲区政府检查平湖市政府'),
    },
  ]);
  expect(sent.map(({ say }) => say.ask)).toEqual([
    undefined,
    ...['1', '2'].map((number) => ({
      target: 'command:ack',
      question: 'task',
      options: [{ id: number, label: { key: 'conversation:publish.ack' } }],
      many: false,
      numbered: false,
    })),
  ]);
  const [, task] = await outbox(stage, 'publish:', 'en');
  expect(task?.text).toContain('workdays left after today: 17');
});

test('of two publications at once one does it, and the other learns so', async () => {
  const stage = await openStage(now);
  const id = await load(stage, await campaignText('jiaxing-2014'));
  const results = await Promise.all([publish(stage, id), publish(stage, id), publish(stage, id)]);
  expect(results.map(({ kind }) => kind).sort()).toEqual(['already', 'already', 'published']);
  expect(results.find(({ kind }) => kind === 'already')).toEqual({ kind: 'already', publishedAt: at });
  stage.clock.set('2026-06-23T10:00:00+08:00');
  expect(await publish(stage, id)).toEqual({ kind: 'already', publishedAt: at });
  expect(await stage.query('SELECT count(*)::int FROM assignment')).toEqual([{ count: 8 }]);
  expect(await outbox(stage, '')).toHaveLength(3);
});

test('a publication that fails half-way has not happened', async () => {
  const stage = await openStage(now);
  const id = await load(stage, await campaignText('jiaxing-2014'));
  await expect(
    inTransaction(stage.database.pool, async (run) => {
      await publishCampaign(run, id, at);
      throw new Error('the power is gone');
    }),
  ).rejects.toThrow('the power is gone');
  expect(await outbox(stage, '')).toEqual([]);
  expect(await publish(stage, id)).toMatchObject({ kind: 'published', assignments: 8 });
});

test('it works inside a command, whose transaction is Prisma’s', async () => {
  const stage = await openStage(now);
  const id = await load(stage, await campaignText('jiaxing-2014'));
  const publishIn = () =>
    stage.database.prisma.$transaction((transaction) => publishCampaign(runIn(transaction), id, at));
  expect(await publishIn()).toMatchObject({
    kind: 'published',
    people: 2,
    title: { en: expect.any(String) },
  });
  expect(await publishIn()).toEqual({ kind: 'already', publishedAt: at });
  expect((await outbox(stage, 'publish:')).map(({ text }) => text).join()).toContain(
    '请南湖区政府检查海盐县政府',
  );
});

test('what is not there, or is over, is not published', async () => {
  const stage = await openStage(now);
  const id = await load(stage, await campaignText('../test/campaign/three-halls'));
  await stage.query(`UPDATE campaign SET status = 'closed'`);
  expect(await publish(stage, id)).toEqual({ kind: 'closed' });
  expect(await publish(stage, '00000000-0000-4000-8000-000000000000')).toEqual({ kind: 'unknown' });
});

test('in quiet hours the news waits for the morning, and counts from there', async () => {
  const stage = await openStage('2026-06-22T22:30:00+08:00');
  await publishedSample(stage);
  const sent = await outbox(stage, 'publish:');
  expect(new Set(sent.map(({ dueAt }) => dueAt))).toEqual(new Set(['2026-06-23T00:00:00.000Z']));
  expect(sent[1]?.text).toContain('还有16个工作日');
});

test.each([
  ['2026-07-14T10:00:00+08:00', '还有1个工作日（不含今天）'],
  ['2026-07-15T10:00:00+08:00', '今天到期，请于2026年7月15日（周三）内完成'],
  ['2026-07-16T10:00:00+08:00', '到期日2026年7月15日（周三）已过'],
])('published late, at %s, it says how things stand', async (late, words) => {
  const stage = await openStage(late);
  await publishedSample(stage);
  expect((await outbox(stage, 'publish:'))[1]?.text).toContain(words);
});

test('a due day without a workday before it', async () => {
  const stage = await openStage('2026-07-11T10:00:00+08:00');
  const text = await campaignText('../test/campaign/three-halls');
  await publish(stage, await load(stage, text.replace('deadline: { workdays: 5 }', 'deadline: 2026-07-12')));
  expect((await outbox(stage, 'publish:'))[1]?.text).toContain('至到期日没有工作日');
});

test('a room hears by when, and of secret tasks not even their number', async () => {
  const stage = await openStage(at);
  const campaignId = await load(stage, await campaignText('../test/campaign/three-halls'));
  await publish(stage, campaignId);
  const told = async () => {
    const tied = { campaignId, campaign: '窗口互查', urn: 'console:room/late' };
    const { library, database } = stage;
    const rows = await inTransaction(database.pool, (run) => tellNewRoom({ run, library }, tied, at));
    return rows.map(({ say, dueAt }) => `${dueAt} ${post(say, 'zh-CN').text}`);
  };
  const [open] = await stage.query<{ n: number }>('SELECT count(*)::int AS n FROM assignment');
  expect(await told()).toEqual([expect.stringMatching(`^${at} .*共${open?.n}项任务`)]);
  await stage.query(`UPDATE assignment SET due_on = '2026-07-20' WHERE number = 1`);
  expect(await told()).toEqual([expect.stringContaining('前完成（含当日），最晚至2026年7月20日（周一）')]);
  await stage.query('UPDATE activity SET secret = true');
  expect(await told()).toEqual([]);
  await stage.query(`UPDATE campaign SET status = 'draft'; UPDATE activity SET secret = false`);
  expect(await told()).toEqual([]);
});

async function bind({ query }: Stage, urn: string, unit: string, run?: Run): Promise<string> {
  const ask = run ?? query;
  const [contact] = await ask<{ id: string }>(`INSERT INTO contact DEFAULT VALUES RETURNING id::text`, []);
  await ask('INSERT INTO urn (urn, contact_id) VALUES ($1, $2::uuid)', [urn, contact?.id]);
  await ask(
    `INSERT INTO membership (contact_id, campaign_id, unit_id, role)
     SELECT $1::uuid, campaign_id, id, 'inspector' FROM unit WHERE code = $2`,
    [contact?.id, unit],
  );
  return contact?.id ?? '';
}

async function unitId({ query }: Stage, code: string): Promise<string> {
  return (await query<{ id: string }>('SELECT id FROM unit WHERE code = $1', [code]))[0]?.id ?? '';
}

async function tell(
  stage: Stage,
  run: Run,
  campaignId: string,
  unit: string,
  contactId: string,
  address: string,
) {
  const given = { campaignId, unitId: await unitId(stage, unit), person: { contactId, address } };
  const rows = await tellNewInspector(
    { run, library: stage.library },
    given,
    stage.clock.now().toISOString(),
  );
  await commitWrites(run, { ...noWrites(), outbox: rows });
  return rows;
}

test('who is bound after publication is told then, at once and only once', async () => {
  const stage = await openStage('2026-06-22T22:30:00+08:00');
  const id = await load(stage, await campaignText('jiaxing-2014'));
  const early = await bind(stage, 'wechat:early', 'haiyan');
  const told = (contact: string, urn: string) =>
    inTransaction(stage.database.pool, (run) => tell(stage, run, id, 'haiyan', contact, urn));
  expect(await told(early, 'wechat:early')).toEqual([]);
  await publish(stage, id);
  const late = await bind(stage, 'wechat:late', 'haiyan');
  expect(await told(late, 'wechat:late')).toMatchObject([{ dueAt: '2026-06-22T14:30:00.000Z' }]);
  await told(late, 'wechat:late');
  await told(early, 'wechat:early');
  const sent = (await outbox(stage, 'publish:')).filter(({ address }) => address.startsWith('wechat:'));
  expect(sent.map(({ address }) => address)).toEqual(['wechat:early', 'wechat:late']);
  expect(sent[1]?.text).toContain('请海盐县政府检查桐乡市政府');
});

test('who is bound in the very moment of publication is told once, whoever comes first', async () => {
  const stage = await openStage(now);
  const id = await load(stage, await campaignText('jiaxing-2014'));
  const { pool } = stage.database;
  const published = await inTransaction(pool, async (run) => {
    const contact = await bind(stage, 'wechat:first', 'haiyan', run);
    expect(await tell(stage, run, id, 'haiyan', contact, 'wechat:first')).toEqual([]);
    const publishing = publish(stage, id);
    await blocked(stage);
    return { publishing };
  });
  expect(await published.publishing).toMatchObject({ kind: 'published', people: 3 });
  expect((await outbox(stage, 'publish:')).map(({ address }) => address)).toContain('wechat:first');

  const other = await load(
    stage,
    (await campaignText('../test/campaign/three-halls')).replaceAll('console: true', 'console: false'),
  );
  const late = await inTransaction(pool, async (run) => {
    await publishCampaign(run, other, at);
    const binding = inTransaction(pool, async (inner) => {
      const contact = await bind(stage, 'wechat:second', 'south', inner);
      return tell(stage, inner, other, 'south', contact, 'wechat:second');
    });
    await blocked(stage);
    return { binding };
  });
  expect(await late.binding).toHaveLength(1);
});

/** Resolves when some connection to this database waits for a lock. */
async function blocked({ query }: Stage): Promise<void> {
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await query(waiting)).length === 0);
}

test('a person is written to where they last wrote in private, else at their newest address', async () => {
  const stage = await openStage(now);
  const id = await load(stage, await campaignText('jiaxing-2014'));
  const chat = await bind(stage, 'wechat:chat', 'haiyan');
  await stage.query(`UPDATE contact SET address = 'slack:T1/U9' WHERE id = $1`, [chat]);
  const room = await bind(stage, 'slack:U7', 'haining');
  await stage.query(
    `INSERT INTO urn (urn, contact_id, created_at) VALUES ('slack:T1/U7', $1, '2020-01-01')`,
    [room],
  );
  const unreachable = await bind(stage, 'wechat:gone', 'tongxiang');
  await stage.query(`DELETE FROM urn WHERE contact_id = $1`, [unreachable]);
  expect(await publish(stage, id)).toMatchObject({
    people: 4,
    unmanned: expect.toSatisfy((list) => list.length === 4),
  });
  const addresses = (await outbox(stage, 'publish:')).map(({ address }) => address);
  expect(addresses).toEqual(expect.arrayContaining(['slack:T1/U9', 'slack:T1/U7']));
});

test('of many units without inspectors fifty are named, and it is said how to see the others', () => {
  const told = (count: number) => {
    const unmanned = Array.from({ length: count }, (_, n) => `单位${n}`);
    const result = {
      kind: 'published',
      assignments: count,
      rooms: 1,
      people: 0,
      unmanned,
      overlaps: [],
      toldAt: at,
    };
    const lines = publishLines(
      result as Parameters<typeof publishLines>[0],
      { title: '互查', zone: 'UTC' },
      at,
    );
    return post({ lines }, 'zh-CN').text;
  };
  expect(told(67)).toContain('以下67个单位尚无检查员绑定');
  expect(told(67)).toContain('、单位49等；其余请回复“谁还没报”查看。');
  expect(told(67)).not.toContain('单位50');
  expect(told(50)).toContain('、单位49。');
});

test('more tasks than one statement takes keep the order of the file', async () => {
  const stage = await openStage(now);
  const count = 500;
  const units = Array.from({ length: count }, (_, n) => `  - { id: u${n}, name: 单位${n}, kind: hall }`);
  const activity = (id: number) => [
    `  - { id: a${id}, mode: cross, title: 互查, coordinator: centre, deadline: { workdays: 5 }, checklist: tidy, pairs: [`,
    ...units.map((_, n) => `      { inspector: u${n}, inspected: u${(n + id) % count} },`),
    '    ] }',
  ];
  const text = (await campaignText('../test/campaign/three-halls'))
    .replace('units:', `units:\n${units.join('\n')}`)
    .replace(/activities:[\s\S]*flows:/, `activities:\n${[1, 2, 3].flatMap(activity).join('\n')}\nflows:`);
  const id = await load(stage, text);
  await bind(stage, 'wechat:a', 'u7');
  expect(await publish(stage, id)).toMatchObject({ kind: 'published', assignments: 1500, people: 1 });
  expect(
    await stage.query(
      `SELECT a.number, v.code FROM assignment a JOIN activity v ON v.id = a.activity_id
       JOIN unit s ON s.id = a.assignee_unit_id WHERE s.code = 'u7' ORDER BY 1`,
    ),
  ).toEqual([1, 2, 3].map((n) => ({ number: (n - 1) * count + 8, code: `a${n}` })));
  const [first] = await outbox(stage, 'publish:');
  expect(first?.text).toContain('共1500项任务');
});
