import { expect, test } from 'vitest';
import { readCaseWords } from '../../src/commands/case-words.ts';
import { leaveContact, rateFix, withdraw } from '../../src/conversation/receipts.ts';
import { createReceive } from '../../src/conversation/receive.ts';
import { takeTurns } from '../../src/conversation/turn.ts';
import { inTransaction } from '../../src/store/database.ts';
import { cast, type Heard, stage, type Talk } from '../conversation/stage.ts';
import { opened, rated, recordOf } from '../ledger/cases.ts';
import { enrol, ledgerCast, to } from '../ledger/people.ts';

const { coordinator, liaison, inspector, citizen } = cast;
const { second, head } = ledgerCast;
const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');

/** Does something as whoever holds the receipt. */
function byReceipt<Result>(
  talk: Talk,
  work: (work: Parameters<typeof leaveContact>[0]) => Promise<Result>,
): Promise<Result> {
  const { library, clock, options } = talk;
  return inTransaction(talk.database.pool, (run) =>
    work({ run, library, keys: options.keys, at: clock.now().toISOString() }),
  );
}

test('the whole way in Chinese: list, 核实, 整改, 反馈, 回访 by the liaison, closed by the coordinator', async () => {
  const talk = await stage();
  await enrol(talk, head, { role: 'leader', unit: 'haiyan', title: '海盐县政府负责人' });
  const number = await opened(talk, { matter: '不动产登记', words: '排队太久' });
  await byReceipt(talk, (work) => leaveContact(work, 'A3', '下午三点后 座机八位'));
  expect(textOf(await talk.says(liaison, '差评'))).toBe(
    `【窗口“办事难”集中整治交叉式抽查】未办结的差评共1件：
${number} 海盐县政府，不动产登记（不满意）：待核实，2026年6月23日（周二）截止，还有1个工作日
回复“差评”加编号，查看详情和下一步。`,
  );
  const [shown] = to(liaison, await talk.says(liaison, `差评 ${number}`));
  for (const words of ['排队太久', '目前：待核实，最后一天2026年6月23日', '群众留有联系方式'])
    expect(shown).toContain(words);
  expect(shown).not.toMatch(/座机|answer\./);
  // The head sees that there is a case and how it stands, and no citizen's words.
  const [forHead] = to(head, await talk.says(head, `差评 ${number}`));
  expect(forHead).toContain('评价内容仅承办联络员和协调员可看');
  expect(forHead).not.toContain('排队太久');

  const verified = await talk.says(liaison, `差评 ${number} 核实 限期 7月3日 叫号机须更换`);
  expect(to(liaison, verified)).toEqual([
    `${number}号差评（海盐县政府，不动产登记）已记录核实结果。
目前：整改中，最后一天2026年7月3日（周五）。
整改到位后，请回复“差评 ${number} 整改”加措施。`,
  ]);
  expect(textOf(await talk.says(liaison, `差评 ${number} 整改 已更换叫号机，增开一个窗口`))).toContain(
    '待反馈',
  );
  expect(textOf(await talk.says(liaison, `差评 ${number} 反馈 叫号机已更换，感谢您的意见`))).toContain(
    '待回访',
  );
  const [contact] = to(liaison, await talk.says(liaison, `差评 ${number} 联系方式`));
  expect(contact).toContain('座机八位');
  const called = await talk.says(liaison, `差评 ${number} 回访 满意 群众认可`);
  expect(to(liaison, called)[0]).toContain('须由整改人以外的人确认');
  const asked = called.find(({ to: address }) => address === coordinator);
  expect(asked?.text).toContain('记录的回访结果是“满意”');
  expect(await recordOf(talk, number)).toMatchObject({ stage: 'calling-back', ended: null });
  expect(textOf(await talk.taps(coordinator, asked, '确认回访结果'))).toContain('已办结：群众对整改表示认可');
  expect(await recordOf(talk, number)).toMatchObject({ stage: 'closed', again: 3, late: false });
  const history = textOf(await talk.says(coordinator, `差评 ${number}`));
  for (const step of ['核实，限期整改', '完成整改', '反馈群众', '回访：满意（群众认可）'])
    expect(history).toContain(step);
  expect(textOf(await talk.says(liaison, '差评'))).toBe('目前没有需要您办理的差评。');
  expect(textOf(await talk.says(liaison, `差评 ${number} 联系方式`))).toContain('不再显示');
  const events = await talk.query<{ kind: string }>(`SELECT kind FROM audit WHERE about = $1 ORDER BY seq`, [
    `case:${number}`,
  ]);
  expect(events.map(({ kind }) => kind)).toEqual([
    'case.verified',
    'case.rectified',
    'case.replied',
    'contact.shown',
    'case.called-back',
    'case.called-back',
  ]);
  const log = await talk.query<{ body: string }>('SELECT body::text FROM audit');
  for (const { body } of log) expect(body).not.toMatch(/座机|排队|叫号机/);
});

test('the same in English, put right at once, the rater answering by receipt', async () => {
  const talk = await stage({ language: 'en' });
  const number = await opened(talk, { level: 1 });
  expect(textOf(await talk.says(liaison, 'case'))).toContain(`${number} Haiyan County (Very dissatisfied)`);
  expect(textOf(await talk.says(liaison, `case ${number} verify`))).toContain('Please say what was found');
  expect(textOf(await talk.says(liaison, `case ${number} verify simple seats were added`))).toContain(
    'to be replied to, last day Tue 23 June 2026',
  );
  expect(textOf(await talk.says(liaison, `case ${number} reply There are seats now, thank you`))).toContain(
    'the rater can rate again by receipt',
  );
  expect(textOf(await talk.says(coordinator, `case ${number} call satisfied`))).toContain(
    'No contact was left',
  );
  expect(textOf(await talk.says(liaison, `case ${number} contact`))).toContain('No contact was left');
  expect(await byReceipt(talk, (work) => rateFix(work, 'A3', 1))).toBe('kept');
  expect(textOf(await talk.says(liaison, `case ${number}`))).toContain('this is the second');
  expect(textOf(await talk.says(liaison, `case ${number} rectify more seats`))).toContain('to be replied to');
  await talk.says(liaison, `case ${number} reply Even more seats`);
  expect(await byReceipt(talk, (work) => rateFix(work, 'A3', 2))).toBe('kept');
  expect(await recordOf(talk, number)).toMatchObject({
    stage: 'closed',
    ended: 'satisfied',
    againBy: 'rater',
  });
  expect(textOf(await talk.says(coordinator, `case ${number}`))).toContain(
    'Rated again by receipt: fairly satisfied',
  );
});

test('an appeal goes to the coordinators; upheld by one of another house, the rating is not counted', async () => {
  const talk = await stage();
  await enrol(talk, second, { role: 'coordinator', unit: 'haiyan', title: '海盐县协调员' });
  const { number, id } = await rated(talk);
  const appealed = await talk.says(liaison, `差评 ${number} 申诉 当日该窗口未开放`);
  expect(to(coordinator, appealed)[0]).toContain('理由：当日该窗口未开放');
  expect(textOf(await talk.says(second, `差评 ${number} 复核 成立 属实`))).toContain('复核须回避');
  expect(textOf(await talk.says(liaison, `差评 ${number} 复核 成立 属实`))).toContain(
    '由协调员或领导小组复核',
  );
  const decided = await talk.says(coordinator, `差评 ${number} 复核 成立 监控显示窗口未开放`);
  expect(to(coordinator, decided)[0]).toContain('申诉成立，评价不计入');
  expect(to(liaison, decided)[0]).toContain('申诉已复核');
  expect(await talk.query('SELECT struck FROM rating WHERE id = $1', [id])).toEqual([{ struck: true }]);
  expect(await talk.query('SELECT n FROM rating_tally WHERE struck AND n > 0')).toEqual([{ n: 1 }]);
});

test('what the unit finds to have no basis is for the coordinator, told with the reason; nobody is told words of others', async () => {
  const talk = await stage();
  const number = await opened(talk);
  const found = await talk.says(liaison, `差评 ${number} 核实 无依据 该材料为法定要件`);
  expect(to(liaison, found)[0]).toContain('不能由被评单位自己认定');
  expect(to(liaison, found)[0]).not.toContain(`差评 ${number} 同意`);
  const asked = to(coordinator, found)[0];
  expect(asked).toContain('理由：该材料为法定要件');
  expect(asked).toContain(`差评 ${number} 同意`);
  expect(textOf(await talk.says(liaison, `差评 ${number} 反馈 无需整改`))).toContain('现在不能反馈');
  expect(textOf(await talk.says(liaison, `差评 ${number} 同意`))).toContain('由协调员或领导小组复核');
  const back = await talk.says(coordinator, `差评 ${number} 退回 请写明依据的条款`);
  expect(to(liaison, back)[0]).toContain('理由：请写明依据的条款');
  await talk.says(liaison, `差评 ${number} 核实 无依据 条例第八条`);
  const agreed = await talk.says(coordinator, `差评 ${number} 同意`);
  expect(to(liaison, agreed)[0]).toContain('无依据的结论已经复核同意');
  await talk.says(liaison, `差评 ${number} 反馈 依据条例第八条`);
  expect(await byReceipt(talk, (work) => rateFix(work, 'A3', 2))).toBe('kept');
  expect(await recordOf(talk, number)).toMatchObject({ stage: 'closed', ended: 'satisfied' });
});

test('a rating of no unit is handed on by the coordinator, who is offered no appeal', async () => {
  const talk = await stage();
  const number = await opened(talk, { unit: null });
  const shown = textOf(await talk.says(coordinator, `差评 ${number}`));
  expect(shown).toContain(`差评 ${number} 转`);
  expect(shown).not.toContain('申诉');
  expect(textOf(await talk.says(coordinator, `差评 ${number} 转 月球`))).toContain('没有找到“月球”');
  const handed = await talk.says(coordinator, `差评 ${number} 转 海盐县政府`);
  expect(to(coordinator, handed)[0]).toContain('已转交（海盐县政府）');
  expect(to(liaison, handed)[0]).toContain(`差评 ${number} 申诉`);
  expect(textOf(await talk.says(liaison, '差评'))).toContain(`${number} 海盐县政府`);
  expect(await talk.query('SELECT unit_id FROM rating')).toEqual([{ unit_id: null }]);
});

test('an appeal that is refused: the clock begins anew, and there is no second one', async () => {
  const talk = await stage();
  const number = await opened(talk);
  await talk.says(liaison, `差评 ${number} 申诉 不是我们的窗口`);
  talk.clock.set('2026-06-26T10:00:00+08:00');
  const decided = await talk.says(coordinator, `差评 ${number} 复核 不成立 由该县管理`);
  expect(to(liaison, decided)[0]).toContain('待核实，最后一天2026年6月29日');
  expect(textOf(await talk.says(liaison, `差评 ${number} 申诉 再次申诉`))).toContain('不再重复受理');
});

test('who may not see a case hears the same whether it is there or not', async () => {
  const talk = await stage();
  await enrol(talk, second, { role: 'liaison', unit: 'pinghu', title: '平湖市联络员' });
  const number = await opened(talk);
  const unseen = textOf(await talk.says(second, `差评 ${number}`));
  expect(unseen).toBe(`没有您可以查看的${number}号差评。回复“差评”查看清单。`);
  const missing = number === 5000 ? 5001 : 5000;
  expect(textOf(await talk.says(second, `差评 ${missing}`))).toBe(
    unseen.replace(String(number), String(missing)),
  );
  expect(textOf(await talk.says(second, `差评 ${number} 联系方式`))).toBe(unseen);
  expect(textOf(await talk.says(second, '差评'))).toBe('目前没有需要您办理的差评。');
  expect(textOf(await talk.says(inspector, `差评 ${number}`))).toContain(
    '由协调员、联络员、单位负责人、领导小组、审计人员使用',
  );
  expect(textOf(await talk.says(citizen, `差评 ${number}`))).toContain('需要相应的工作身份');
  // In a room nothing of it is read by others.
  const inRoom = await talk.says(liaison, `差评 ${number}`, { room: cast.room, addressed: true });
  expect(inRoom.filter(({ to: place }) => place === cast.room).map(({ text }) => text)).toEqual([
    '已私信回复。',
  ]);
});

test('the contact is for the owner alone, sealed in the database, and its message is kept nowhere', async () => {
  const talk = await stage();
  const number = await opened(talk);
  await byReceipt(talk, (work) => leaveContact(work, 'A3', '某手机尾号一二三四'));
  expect(textOf(await talk.says(coordinator, `差评 ${number} 联系方式`))).toContain('仅承办联络员可看');
  expect(textOf(await talk.says(liaison, `差评 ${number} 联系方式`))).toContain('某手机尾号一二三四');
  expect(await talk.query(`SELECT forget FROM outbox WHERE say::text LIKE '%尾号%'`)).toEqual([
    { forget: true },
  ]);
  const [row] = await talk.query<{ contact: Buffer }>('SELECT contact FROM rating_case');
  expect(row?.contact.toString('utf8')).not.toContain('尾号');
  expect(talk.options.keys.open(row?.contact ?? new Uint8Array())).toContain('尾号');
  const shown = await talk.query<{ urn: string }>(
    `SELECT (SELECT min(u.urn) FROM urn u WHERE u.contact_id = (a.body ->> 'by')::uuid) AS urn FROM audit a WHERE kind = 'contact.shown'`,
  );
  expect(shown).toEqual([{ urn: liaison }]);
  // Who takes the rating back takes the contact along, and the case is closed.
  expect(await byReceipt(talk, (work) => withdraw(work, 'A3'))).toBe(true);
  expect(await talk.query('SELECT contact, rating_id AS rating, stage FROM rating_case')).toEqual([
    { contact: null, rating: null, stage: 'closed' },
  ]);
  expect(textOf(await talk.says(liaison, `差评 ${number}`))).toContain('群众已撤回评价');
});

test('of two who act in the same second the second hears what the first has done', async () => {
  const talk = await stage();
  await enrol(talk, second, { role: 'liaison', unit: 'haiyan', title: '海盐县第二联络员' });
  const number = await opened(talk);
  const receive = createReceive({
    database: talk.database,
    clock: talk.clock,
    stored: () => undefined,
    fetchLater: () => Promise.reject(new Error('nothing here is fetched later')),
  });
  const people = [liaison, second];
  const holder = await talk.database.pool.connect();
  const heard = await talk.during(async () => {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM rating_case FOR UPDATE');
    for (const urn of people)
      await receive({
        ...{ channel: 'console', account: 'console', externalId: `${urn}-at-once`, urn, kind: 'text' },
        ...{ text: `差评 ${number} 核实 立行立改 已增设座椅`, addressed: true, slash: false, files: [] },
        sentAt: talk.clock.now().toISOString(),
      });
    const working = Promise.all(
      people.map(async () => {
        while ((await takeTurns(talk.options)) > 0);
      }),
    );
    for (;;) {
      const rows = await talk.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      if (rows.length >= people.length) break;
    }
    await holder.query('COMMIT');
    await working;
  });
  holder.release();
  const answers = people.flatMap((urn) => to(urn, heard));
  expect(answers.filter((text) => text.includes('已记录核实结果'))).toHaveLength(1);
  expect(
    answers.filter((text) => /无需再核实[\s\S]*最近一次办理：.*核实，立行立改/u.test(text)),
  ).toHaveLength(1);
  expect(await talk.query('SELECT count(*)::int AS n FROM rating_case_event')).toEqual([{ n: 1 }]);
});

test('what is not understood is answered with what can be said', async () => {
  const talk = await stage();
  const number = await opened(talk);
  for (const [said, answer] of [
    ['核实', '请写明核实结果'],
    ['核实 立行立改', '请写明已采取的措施'],
    ['核实 限期 12月1日 设备', '最迟应于2026年7月13日'],
    ['办完了', '可用：核实、整改'],
    ['复核', '请写明复核结果'],
    ['回访', '请写明回访结果'],
    ['回访 满意才怪', '说不准，没有记录'],
    [`反馈 ${'很'.repeat(1001)}`, '请控制在1000字以内'],
  ])
    expect(textOf(await talk.says(liaison, `差评 ${number} ${said}`))).toContain(answer);
  expect((await recordOf(talk, number)).stage).toBe('verifying');
  expect(textOf(await talk.says(coordinator, '差评 7'))).toContain('没有这一页');
  expect(textOf(await talk.says(coordinator, '差评 指标'))).toContain('回访率：暂无');
  expect(textOf(await talk.says(liaison, '差评 指标'))).toContain('海盐县政府差评办理指标');
});

test.each([
  ['', { do: 'show' }],
  ['联系方式', { do: 'contact' }],
  ['contact', { do: 'contact' }],
  ['核实立行立改，已换椅子', { do: 'move', move: { kind: 'verify', outcome: 'simple', words: '已换椅子' } }],
  ['verify no basis by law', { do: 'move', move: { kind: 'verify', outcome: 'no-basis', words: 'by law' } }],
  ['核实 限期 7月15日 更换', { do: 'complex', words: '7月15日 更换' }],
  ['回访 基本满意', { do: 'move', move: { kind: 'call', result: 2, words: '' } }],
  ['回访：不满意 没人管', { do: 'move', move: { kind: 'call', result: 1, words: '没人管' } }],
  [
    '回访 一般般吧，说得过去',
    { do: 'move', move: { kind: 'call', result: 2, words: '说得过去' }, heardAs: 2 },
  ],
  ['回访 满意才怪', { do: 'doubt', said: '满意才怪' }],
  ['call fairly satisfied', { do: 'move', move: { kind: 'call', result: 2, words: '' } }],
  ['call unreachable twice', { do: 'move', move: { kind: 'call', result: 'unreachable', words: 'twice' } }],
  ['复核 不成立 属实', { do: 'move', move: { kind: 'decide', upheld: false, words: '属实' } }],
  [
    'review upheld closed that day',
    { do: 'move', move: { kind: 'decide', upheld: true, words: 'closed that day' } },
  ],
  ['复核', { do: 'how', of: 'decide' }],
  ['callous', { do: 'unknown' }],
])('“%s”', (said, words) => {
  expect(readCaseWords(said)).toEqual(words);
});
