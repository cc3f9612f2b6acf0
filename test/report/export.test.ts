import { expect, test } from 'vitest';
import { verifyRecord } from '../../src/campaign/draw/verify.ts';
import { exportOf } from '../../src/report/export.ts';
import { withWindows } from '../commands/draw-campaign.ts';
import { cast, stage, type Talk } from '../conversation/stage.ts';

const { coordinator, inspector, liaison } = cast;
const exported = (talk: Talk, code: string) =>
  exportOf(talk.database, code, talk.clock.now().toISOString()) as Promise<Record<string, object[]>>;

test('a problem is exported with what was ordered and every step, the times of cases with their task', async () => {
  const talk = await stage();
  await talk.says(inspector, '时限 1号 施工许可 法定20 承诺10 实际7');
  await talk.says(inspector, '发现问题 1号 综合窗口无人值守');
  await talk.says(coordinator, '整改 1 7月10日 增配人员');
  await talk.says(liaison, '接受 1');
  const { findings, caseTimes } = await exported(talk, 'jiaxing-2014');
  expect(findings).toEqual([
    expect.objectContaining({
      number: 1,
      severity: 'minor',
      seenBy: 'unit',
      rectification: expect.objectContaining({
        unit: 'haiyan',
        state: 'accepted',
        kind: 'dated',
        dueOn: '2026-07-10',
        requirement: '增配人员',
      }),
      history: expect.arrayContaining([
        expect.objectContaining({
          kind: 'order',
          data: expect.objectContaining({ unit: 'haiyan', requirement: '增配人员' }),
        }),
        expect.objectContaining({ kind: 'accept' }),
      ]),
    }),
  ]);
  const ids = (await talk.query<{ id: string }>('SELECT id::text FROM contact')).map(({ id }) => id);
  for (const id of ids) expect(JSON.stringify(findings)).not.toContain(id);
  expect(caseTimes).toEqual([
    {
      assignment: 1,
      matter: '施工许可',
      statutory: 20,
      promised: 10,
      actual: 7,
      recordedAt: expect.any(Date),
    },
  ]);
});

test('matters are exported with their flags and whom they are entrusted to, never by an address or a code', async () => {
  const talk = await stage({ campaign: { file: 'mudanjiang-2018' }, now: '2026-07-03T09:00:00+08:00' });
  const said = await talk.says('console:inspector-1', '委托 3 分管副局长');
  const [code] = /[A-Z0-9]{6}/.exec(said.map(({ text }) => text).join('')) ?? [];
  const { matters } = await exported(talk, 'mudanjiang-2018');
  expect(matters).toContainEqual(
    expect.objectContaining({ number: 1, flags: ['core'], walkedByHead: 0, entrusted: [] }),
  );
  expect(matters).toContainEqual(
    expect.objectContaining({
      number: 3,
      entrusted: [expect.objectContaining({ title: '分管副局长', endedAt: null })],
    }),
  );
  const text = JSON.stringify(await exported(talk, 'mudanjiang-2018'));
  expect(code).toBeDefined();
  expect(text).not.toContain(code);
  expect(text).not.toContain('console:inspector');
});

test('draws are exported with the record that repeats them', async () => {
  const talk = await stage({ campaign: { text: await withWindows() } });
  const [begun] = await talk.says(coordinator, '抽签 窗口 1 5');
  expect((await exported(talk, 'jiaxing-2014')).draws).toEqual([
    expect.objectContaining({ status: 'begun', record: null, commitment: expect.any(String) }),
  ]);
  await talk.taps(coordinator, begun, '抽取');
  const [draw] = (await exported(talk, 'jiaxing-2014')).draws as { record: unknown }[];
  expect(verifyRecord(draw?.record)).toMatchObject({ differences: [] });
});
