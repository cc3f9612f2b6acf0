import { expect, test } from 'vitest';
import { chatContact, leaveContact, rateFix, withdraw } from '../../src/conversation/receipts.ts';
import { inTransaction } from '../../src/store/database.ts';
import { campaignText } from '../conversation/campaign-stage.ts';
import { cast, type Heard, stage, type Talk } from '../conversation/stage.ts';
import { looked, opened, recordOf } from '../ledger/cases.ts';
import { enrol, ledgerCast, to } from '../ledger/people.ts';

const { coordinator, liaison } = cast;
const { head, group } = ledgerCast;
const citizen = 'console:citizen';

function byReceipt<Result>(
  talk: Talk,
  work: (work: Parameters<typeof leaveContact>[0]) => Promise<Result>,
): Promise<Result> {
  const { library, clock, options } = talk;
  return inTransaction(talk.database.pool, (run) =>
    work({ run, library, keys: options.keys, at: clock.now().toISOString() }),
  );
}

/** Looks every full hour from one instant to another (local time of the sample), and gives what was said and when. */
async function hours(talk: Talk, from: string, until: string): Promise<(Heard & { hour: string })[]> {
  const said: (Heard & { hour: string })[] = [];
  for (
    let at = new Date(`${from}:00+08:00`);
    at <= new Date(`${until}:00+08:00`);
    at = new Date(at.getTime() + 3_600_000)
  ) {
    talk.clock.set(at.toISOString());
    const hour = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(5, 16);
    said.push(...(await looked(talk)).map((one) => ({ ...one, hour })));
  }
  return said;
}

test('owners hear of all new cases in one message, on the next full hour in working time, and once', async () => {
  const talk = await stage({ now: '2026-06-26T20:17:31+08:00' });
  const numbers = [await opened(talk), await opened(talk, { receipt: 'A4', matter: '户口迁移' })];
  // Friday evening and the weekend are nobody's working time.
  const said = await hours(talk, '2026-06-26T21:00', '2026-06-29T12:00');
  expect(said.map(({ to: address, hour }) => [address, hour])).toEqual([[liaison, '06-29T08:00']]);
  const [first] = said;
  expect(first?.text).toContain('差评办理，共2件');
  for (const number of numbers) expect(first?.text).toContain(`${number} 海盐县政府`);
  expect(first?.text).toContain('请于2026年6月29日（周一）前（含当天）核实');
  expect(first?.text).not.toContain('四十分钟');
  expect(await talk.query('SELECT DISTINCT wake_at AS at FROM rating_case')).toEqual([
    { at: new Date('2026-06-30T00:00:00Z') },
  ]);
});

test('two processes that look in the same hour say it once', async () => {
  const talk = await stage({ now: '2026-06-22T10:00:00+08:00' });
  await opened(talk);
  const said = await talk.during(() => Promise.all([looked(talk), looked(talk)]));
  expect(to(liaison, said)).toHaveLength(1);
});

test('silence goes to the head, the coordinators and the leading group, on workdays and never at night', async () => {
  const campaign = (await campaignText('jiaxing-2014')).replace(
    /^reminders:/m,
    'ledger: { leadingGroup: city }\nreminders:',
  );
  const talk = await stage({ now: '2026-07-03T16:40:00+08:00', campaign: { text: campaign } });
  await enrol(talk, head, { role: 'leader', unit: 'haiyan', title: '海盐县政府负责人' });
  await enrol(talk, group, { role: 'leader', unit: 'city', title: '领导小组组长' });
  const number = await opened(talk);
  const said = await hours(talk, '2026-07-03T17:00', '2026-07-13T23:00');
  expect(said.map(({ to: address, hour }) => `${hour} ${address.slice('console:'.length)}`)).toEqual([
    '07-03T17:00 liaison',
    '07-06T09:00 liaison',
    '07-07T08:00 head',
    '07-07T08:00 liaison',
    '07-08T08:00 coordinator',
    '07-09T08:00 group',
  ]);
  expect(said[2]?.text).toBe(
    `${number}号差评（海盐县政府）待核实，最后一天是2026年7月6日（周一），已逾期。
请单位负责人督促办理。
回复“差评 ${number}”查看情况。`,
  );
  expect(new Set(said.map(({ key }) => key)).size).toBe(said.length);
  // What was late stays so, and the next stage has a silence of its own.
  await talk.says(liaison, `差评 ${number} 核实 立行立改 已增设座椅`);
  expect(await recordOf(talk, number)).toMatchObject({ stage: 'replying', late: true, chase: null });
  expect(await talk.query(`SELECT count(*)::int AS n FROM audit WHERE kind = 'case.escalated'`)).toEqual([
    { n: 3 },
  ]);
});

test('where the unit has no liaison the nearest above has the case; where none has, the coordinators', async () => {
  const talk = await stage();
  await talk.query(
    `INSERT INTO unit (campaign_id, code, name, kind, parent_id)
     SELECT campaign_id, 'haiyan-hall', '{"zh-CN":"海盐县办事大厅"}', 'hall', id FROM unit WHERE code = 'haiyan'`,
  );
  const [below, elsewhere] = [
    await opened(talk, { unit: 'haiyan-hall' }),
    await opened(talk, { unit: 'pinghu', receipt: 'A4' }),
  ];
  const said = await looked(talk);
  expect(to(liaison, said)[0]).toContain(`${below} 海盐县办事大厅`);
  expect(to(liaison, said)[0]).not.toContain(String(elsewhere));
  expect(to(coordinator, said)[0]).toContain(`${elsewhere} 平湖市政府`);
  const [list] = to(liaison, await talk.says(liaison, '差评'));
  expect(list).toContain(String(below));
  expect(list).not.toContain(String(elsewhere));
  // The coordinators own it, so that they may see how to call.
  await byReceipt(talk, (work) => leaveContact(work, 'A4', '晚上打座机'));
  expect(to(coordinator, await talk.says(coordinator, `差评 ${elsewhere} 联系方式`))[0]).toContain(
    '晚上打座机',
  );
});

test('what a rater does is told on the hour and nowhere before; of what was never told nothing is', async () => {
  const talk = await stage();
  const number = await opened(talk);
  await opened(talk, { receipt: 'A4' });
  expect(await byReceipt(talk, (work) => withdraw(work, 'A4'))).toBe(true);
  expect(to(liaison, await looked(talk))[0]).toContain('共1件');
  await talk.says(liaison, `差评 ${number} 核实 立行立改 已增设座椅`);
  await talk.says(liaison, `差评 ${number} 反馈 已增设座椅`);
  const rating = () => byReceipt(talk, (work) => rateFix(work, 'A3', 1));
  expect(await talk.during(rating)).toEqual([]);
  expect(await talk.query('SELECT kind FROM rating_case_event ORDER BY seq')).toEqual([
    { kind: 'verify' },
    { kind: 'reply' },
  ]);
  expect(to(liaison, await looked(talk))[0]).toContain('群众对整改不满意，请于2026年7月13日');
  expect(await looked(talk)).toEqual([]);
});

test('a rater who waits in the chat hears the reply there, on the hour; nobody sees where that is', async () => {
  const talk = await stage();
  const number = await opened(talk);
  await byReceipt(talk, (work) => leaveContact(work, 'A3', chatContact(citizen)));
  expect(to(liaison, await talk.says(liaison, `差评 ${number} 联系方式`))[0]).toContain('反馈会自动转达');
  await talk.says(liaison, `差评 ${number} 核实 立行立改 已增设座椅`);
  const replied = await talk.says(liaison, `差评 ${number} 反馈 座椅已经增设，欢迎再来`);
  expect(to(citizen, replied)).toEqual([]);
  expect(to(citizen, await looked(talk))[0]).toContain('您的评价有了答复：座椅已经增设，欢迎再来');
  expect(to(citizen, await looked(talk))).toEqual([]);
  expect(await talk.query('SELECT forget, key FROM outbox WHERE address = $1', [citizen])).toEqual([
    { forget: true, key: null },
  ]);
});

test('a rater who says nothing is not chased: the case is closed when the days are over', async () => {
  const talk = await stage();
  const number = await opened(talk);
  await talk.says(liaison, `差评 ${number} 核实 无依据 该材料为法定要件`);
  await talk.says(coordinator, `差评 ${number} 同意`);
  await talk.says(liaison, `差评 ${number} 反馈 该材料为法定要件，附办事指南`);
  const said = await hours(talk, '2026-06-22T11:00', '2026-06-26T12:00');
  expect(said).toEqual([]);
  expect(await recordOf(talk, number)).toMatchObject({ stage: 'closed', ended: 'silent', late: false });
  expect(to(coordinator, await talk.says(coordinator, `差评 ${number}`))[0]).toContain(
    '系统：到期无人再评，自动办结',
  );
});

test('contacts are deleted so many days after closing, and it is said how many', async () => {
  const talk = await stage();
  const closed = await opened(talk);
  const open = await opened(talk, { receipt: 'A4' });
  for (const receipt of ['A3', 'A4']) await byReceipt(talk, (work) => leaveContact(work, receipt, '座机'));
  await talk.says(liaison, `差评 ${closed} 申诉 误评`);
  await talk.says(coordinator, `差评 ${closed} 复核 成立 属误评`);
  const kept = () =>
    talk.query<{ n: number }>(
      'SELECT number AS n FROM rating_case WHERE contact IS NOT NULL ORDER BY opened_on',
    );
  talk.clock.set('2026-07-21T23:00:00+08:00');
  await looked(talk);
  expect(await kept()).toHaveLength(2);
  // 30 days after 2026-06-22.
  talk.clock.set('2026-07-22T00:00:00+08:00');
  await looked(talk);
  expect(await kept()).toEqual([{ n: open }]);
  await looked(talk);
  expect(
    await talk.query(
      `SELECT body -> 'data' AS data, body ->> 'by' AS by FROM audit WHERE kind = 'contact.deleted'`,
    ),
  ).toEqual([{ data: { count: 1, days: 30 }, by: null }]);
});

test('a case that a fault keeps from being looked after keeps no other waiting', async () => {
  const talk = await stage();
  const [broken, sound] = [await opened(talk), await opened(talk, { receipt: 'A4' })];
  await talk.query(`UPDATE rating_case SET record = record || '{"since":"gestern"}' WHERE number = $1`, [
    broken,
  ]);
  expect(to(liaison, await looked(talk))[0]).toContain(String(sound));
  expect(await talk.query('SELECT wake_at AS at FROM rating_case WHERE number = $1', [broken])).toEqual([
    { at: new Date('2026-06-22T03:00:00Z') },
  ]);
});
