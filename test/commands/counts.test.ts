import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWalked, matterFlags } from '../../src/campaign/activities/walkthrough.ts';
import { type Heard, stage, type Talk } from '../conversation/stage.ts';
import { photo } from './visit.ts';

const head = 'console:inspector-1';
const deputy = 'console:deputy';
const campaign = { file: 'mudanjiang-2018' };
const now = '2026-07-03T09:00:00+08:00';
const walked = [
  '亲身办',
  ...Array(6).fill('跳过'),
  '已受理',
  '当场受理',
  '跳过',
  '已办成',
  '办结',
  '是',
  '是',
  '是',
  '是',
];

const said = async (talk: Talk, who: string, words: string) =>
  (await talk.says(who, words))
    .filter(({ to }) => to === who)
    .map(({ text }) => text)
    .join('\n');

async function walk(talk: Talk, who: string, matter: number): Promise<string> {
  talk.clock.advance(60_000);
  await talk.says(who, `走流程 ${matter}`);
  for (const answer of walked) await talk.says(who, answer);
  return said(talk, who, '都没有问题');
}

const codeIn = (heard: Heard[]) =>
  /邀请码：([A-Z0-9]{6})/.exec(heard.map(({ text }) => text).join('\n'))?.[1] ?? expect.fail('no code');

const reported = (talk: Talk) =>
  talk.query('SELECT number, open_reason FROM assignment WHERE reported_at IS NOT NULL');

test('what counts in the database is what counts by the rule, however matters were walked through (MDJ-1.1, MDJ-1.2)', async () => {
  const talk = await stage({ campaign, now });
  const [task] = await talk.query<{ id: string }>('SELECT id::text FROM assignment WHERE number = 1');
  const matters = await talk.query<{ id: string }>(
    `SELECT m.id::text FROM matter m JOIN assignment a ON a.activity_id = m.activity_id AND a.target_unit_id = m.unit_id
     WHERE a.number = 1 ORDER BY m.number`,
  );
  expect(matters).toHaveLength(3);
  const record = fc.record({ byDeputy: fc.boolean(), status: fc.constantFrom('completed', 'left', 'live') });
  const one = fc.record({
    flags: fc.uniqueArray(fc.constantFrom(...matterFlags), { maxLength: 2 }),
    records: fc.array(record, { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.tuple(one, one, one), async (made) => {
      await talk.query('DELETE FROM walk');
      await talk.query('DELETE FROM session');
      for (const [index, { flags, records }] of made.entries()) {
        const matter = matters[index]?.id;
        await talk.query('UPDATE matter SET flags = $2 WHERE id = $1', [matter, flags]);
        for (const { byDeputy, status } of records)
          await talk.query(
            `WITH s AS (INSERT INTO session (room, campaign_id, assignment_id, flow_id, flow_version, status, state,
                 active_at, started_at, ended_at)
               SELECT gen_random_uuid()::text, v.campaign_id, a.id, v.flow_id, v.flow_version, $2, '{}', now(), now(),
                 CASE WHEN $2 <> 'live' THEN now() END
               FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE a.number = 1 RETURNING id)
             INSERT INTO walk (session_id, matter_id, by_deputy) SELECT id, $1, $3 FROM s`,
            [matter, status, byDeputy],
          );
      }
      const done = made.filter(({ flags, records }) => {
        const complete = records.filter(({ status }) => status === 'completed');
        const byDeputy = complete.filter((each) => each.byDeputy).length;
        return isWalked({ flags, byHead: complete.length - byDeputy, byDeputy });
      }).length;
      const [counted] = await talk.query('SELECT * FROM visits_of($1)', [task?.id]);
      expect(counted).toEqual({ done, needed: 3, most: 100 });
    }),
    { numRuns: 30 },
  );
});

test('a deputy has the entrusted matter alone: no task of the head’s, no reminder, no report', async () => {
  const talk = await stage({ campaign, now });
  const code = codeIn(await talk.says(head, '委托 3 分管副局长'));
  const heard = await talk.says(deputy, `绑定 ${code}`);
  expect(heard.filter(({ to }) => to === deputy)).toHaveLength(1);
  expect(await said(talk, deputy, '任务')).toContain(
    '委托给您的事项：\n3. 商品房预售许可：已委托分管副局长，未体验',
  );
  await talk.says(deputy, '收到');
  expect(await walk(talk, deputy, 3)).toContain('报告由主要负责同志上报，您无需另行上报。');
  expect(
    await talk.query('SELECT 1 FROM assignment WHERE number = 1 AND acknowledged_at IS NOT NULL'),
  ).toEqual([]);
  for (const words of ['上报', '上报 1', '确认上报'])
    expect(await said(talk, deputy, words)).toContain('报告由市住建局主要负责同志核对上报，您不用上报');
  expect(await reported(talk)).toEqual([]);
  expect(await said(talk, head, '任务')).toContain('已走完1件事项（需3件）');
});

test('a deputy’s record of what was flagged meanwhile is kept, told apart and not counted', async () => {
  const talk = await stage({ campaign, now });
  await talk.says(deputy, `绑定 ${codeIn(await talk.says(head, '委托 3 分管副局长'))}`);
  await walk(talk, deputy, 3);
  await talk.says(head, '事项 3 重要');
  expect(await said(talk, head, '上报')).toContain('已走完0件事项，按通知要求至少3件，还需3件');
  expect(await walk(talk, head, 1)).toContain('已走完1件事项，按通知要求至少3件，还需2件');
  // The same once more is the same matter.
  expect(await walk(talk, head, 1)).toContain('已走完1件事项');
  await talk.says(head, '上报 原因：时间不够');
  for (const answer of ['指南更新不及时', '跳过', '跳过']) await talk.says(head, answer);
  await talk.says(head, '', { files: [photo] });
  const shown = await said(talk, head, '上报');
  expect(shown).toContain('走流程1件：建筑工程施工许可。');
  expect(shown).toContain('另有受托人记录1份不计入（须由主要负责同志亲身体验）：商品房预售许可。');
});

test('what is listed and open is named, and goes out with a reason alone; returned, the reason is asked again', async () => {
  const talk = await stage({ campaign, now });
  await walk(talk, head, 3);
  expect(await said(talk, head, '确认上报')).toContain('清单上还有2项没有走完');
  expect(await said(talk, head, `上报 原因：${'长'.repeat(151)}`)).toContain('原因请写在150字以内');
  expect(await said(talk, head, '确认上报 原因：系统升级，确认不了；请谅解')).toContain('上报前请补充');
  for (const answer of ['指南更新不及时', '跳过', '跳过']) await talk.says(head, answer);
  await talk.says(head, '', { files: [photo] });
  const shown = await said(talk, head, '上报');
  expect(shown).toContain('没有走完的事项2项：建筑工程施工许可、公租房申请。');
  expect(shown).toContain('没有走完的原因：系统升级，确认不了；请谅解');
  expect(await reported(talk)).toEqual([]);
  expect(await said(talk, head, '好的')).toContain(
    '作风评议组（市直机关工委）（作风评议组联系人）目前无人绑定',
  );
  expect(await reported(talk)).toEqual([{ number: 1, open_reason: '系统升级，确认不了；请谅解' }]);
  await talk.says('console:coordinator', '退回上报 1 请走完全部事项');
  expect(await said(talk, head, '确认上报')).toContain('清单上还有2项没有走完');
});
