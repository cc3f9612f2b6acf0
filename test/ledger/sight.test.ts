import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { inTransaction } from '../../src/store/database.ts';
import { type LedgerSight, takeFindings } from '../../src/store/ledger.ts';
import type { Run } from '../../src/store/writes.ts';
import { photo } from '../commands/visit.ts';
import { stage, type Talk } from '../conversation/stage.ts';
import { enrol, found, ledgerCast, stateOf, to } from './people.ts';

const { coordinator, liaison, inspector, head } = ledgerCast;

/** Two problems of Haiyan: the first, with a photo, for coordinators only. */
async function graded(): Promise<Talk> {
  const talk = await stage();
  await talk.says(inspector, '发现问题 收受好处');
  await talk.says(inspector, '', { files: [photo] });
  await found(talk, '指示牌缺失');
  await talk.says(coordinator, '定级 1 严重 仅协调员');
  return talk;
}

test('the list of problems shows the inspected unit nothing that is for coordinators only, nor its photos', async () => {
  const talk = await graded();
  const own = await talk.says(liaison, '问题清单');
  expect(own[0]?.text).toContain('待整改问题1个');
  expect(own[0]?.text).not.toMatch(/收受|照片/);
  const hidden = await talk.says(liaison, '问题清单 1号');
  expect(hidden[0]?.text).toContain('没有编号为1的待整改问题，或您无权查看');
  expect(hidden[0]?.say.attachments).toBeUndefined();
  const tasks = (await talk.says(liaison, '我的任务'))[0]?.text;
  expect(tasks).toContain('指示牌缺失');
  expect(tasks).not.toContain('收受');
  // Who found it and who coordinates see it as before.
  for (const urn of [inspector, coordinator]) {
    expect((await talk.says(urn, '问题清单'))[0]?.text).toContain('待整改问题2个');
    expect((await talk.says(urn, '问题清单 1号'))[0]?.say.attachments).toHaveLength(1);
  }
});

test('what is for coordinators only is not ordered before it is opened to the unit', async () => {
  const talk = await graded();
  const refused = await talk.says(coordinator, '整改 1 7月10日');
  expect(refused.map(({ to: address, text }) => [address, text])).toEqual([
    [
      coordinator,
      '1号问题仅协调员可见，下达整改后该单位即会知情。如确需下达，请先回复“定级 1 公开”，再下达整改。',
    ],
  ]);
  // Asked for a day, it would be given by a tap.
  expect((await talk.says(coordinator, '整改 1'))[0]?.text).toContain('仅协调员可见');
  expect(await stateOf(talk, 1)).toBeNull();
  await talk.says(coordinator, '定级 1 公开');
  const heard = await talk.says(coordinator, '整改 1 7月10日');
  expect(to(liaison, heard)[0]).toContain('1号问题（海盐县政府）：收受好处');
  expect((await talk.says(liaison, '接受 1'))[0]?.text).toContain('已接受1号问题');
});

/** The statements that a message brings about, from its arrival to its answer. */
async function statementsOf(talk: Talk, urn: string, text: string): Promise<string[]> {
  const sent = vi.spyOn(pg.Client.prototype, 'query');
  const heard = await talk.says(urn, text);
  const texts = (sent.mock.calls as unknown[][]).map(([query]) =>
    typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : String(query),
  );
  sent.mockRestore();
  expect(to(urn, heard)).toEqual([`没有编号为${/\d+/.exec(text)?.[0]}的问题，请核对编号。`]);
  return texts;
}

test('a problem beyond somebody’s sight costs as many statements as none', async () => {
  const talk = await graded();
  await enrol(talk, head, { role: 'leader', unit: 'haiyan', title: '海盐县政府负责人' });
  for (const urn of [liaison, head]) {
    for (const command of ['问题', '接受']) {
      await statementsOf(talk, urn, `${command} 98`);
      const none = await statementsOf(talk, urn, `${command} 99`);
      expect(none.length).toBeGreaterThan(3);
      expect(await statementsOf(talk, urn, `${command} 1`)).toEqual(none);
    }
  }
});

test('nor does it wait for whoever is at it', async () => {
  const talk = await graded();
  const [unit] = await talk.query<{ id: string }>(`SELECT unit_id::text AS id FROM finding WHERE number = 1`);
  const sight: LedgerSight = {
    everywhere: false,
    campaigns: [],
    answersFor: [unit?.id ?? ''],
    inspects: [],
  };
  // A wait of a millisecond is an error: nothing can come out of it by luck.
  const ask = (number: number, how: LedgerSight | null) =>
    inTransaction(talk.database.pool, async (run: Run) => {
      await run(`SET LOCAL lock_timeout = '1ms'`, []);
      return (await takeFindings(run, how, number)).map((one) => one.number);
    });
  expect(await ask(2, sight)).toEqual([2]);
  await inTransaction(talk.database.pool, async (run) => {
    await takeFindings(run, null, 1, 2);
    expect(await ask(1, sight)).toEqual([]);
    await expect(ask(2, sight)).rejects.toThrow('lock timeout');
  });
});

test('who knows of which problem', async () => {
  const talk = await graded();
  const [row] = await talk.query<{ campaign: string; unit: string; inspects: string }>(
    `SELECT f.campaign_id::text AS campaign, f.unit_id::text AS unit, a.assignee_unit_id::text AS inspects
     FROM finding f JOIN assignment a ON a.id = f.assignment_id WHERE f.number = 1`,
  );
  const { campaign = '', unit = '', inspects = '' } = row ?? {};
  const nobody: LedgerSight = { everywhere: false, campaigns: [], answersFor: [], inspects: [] };
  const known = (sight: Partial<LedgerSight>) =>
    inTransaction(talk.database.pool, async (run) =>
      (await takeFindings(run, { ...nobody, ...sight }, 1, 2)).map(({ number }) => number),
    );
  const each = async () => [
    await known({}),
    await known({ everywhere: true }),
    await known({ campaigns: [campaign] }),
    await known({ campaigns: [unit] }),
    await known({ inspects: [inspects] }),
    // Whoever answers for the unit sees what the unit may, also as an inspector.
    await known({ answersFor: [unit] }),
    await known({ answersFor: [unit], inspects: [inspects] }),
    await known({ answersFor: [unit], campaigns: [campaign] }),
  ];
  expect(await each()).toEqual([[], [1, 2], [1, 2], [], [1, 2], [2], [2], [1, 2]]);
  // Of a hidden inspection nobody knows anything (JX-4.4).
  await talk.query('UPDATE activity SET secret = true');
  expect(await each()).toEqual([[], [], [], [], [], [], [], []]);
});
