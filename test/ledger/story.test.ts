import { expect, test } from 'vitest';
import { photo } from '../commands/visit.ts';
import { stage, type Talk } from '../conversation/stage.ts';
import { enrol, found, lastTo, ledgerCast, stateOf, to } from './people.ts';

const { coordinator, liaison, second, inspector, citizen } = ledgerCast;

async function events(talk: Talk, number: number): Promise<string[]> {
  const rows = await talk.query<{ kind: string }>(
    'SELECT e.kind FROM finding_event e JOIN finding f ON f.id = e.finding_id WHERE f.number = $1 ORDER BY e.seq',
    [number],
  );
  return rows.map(({ kind }) => kind);
}

test('整改全过程：下达、接受、回复、退回一题、核实、销号、回头看、异议', async () => {
  const talk = await stage();
  await enrol(talk, second, {
    role: 'coordinator',
    unit: 'approval-centre',
    title: '市行政审批服务中心第二协调员',
  });
  const number = await found(talk);
  expect(number).toBe(1);

  // 下达：没有写期限就问，理由不用再写一遍。
  const [asked] = await talk.says(coordinator, '整改 1 增配人员');
  expect(asked?.text).toContain('1号问题（海盐县政府）：综合窗口无人值守\n请选择整改期限。');
  expect(asked?.options).toEqual(['立行立改', '5个工作日', '10个工作日', '15个工作日']);
  let heard = await talk.taps(coordinator, asked, '10个工作日');
  expect(to(coordinator, heard)).toEqual([
    '已下达1号问题（海盐县政府）的整改，已通知1人。\n限期整改：请于2026年7月6日（周一）前完成并回复（含当日），还有10个工作日。\n期限需要更正时，请回复“改期 1”加新的日期和理由。',
  ]);
  const order = lastTo(liaison, heard);
  expect(order?.text).toBe(
    [
      '【窗口“办事难”集中整治交叉式抽查】整改通知：1号问题（海盐县政府）：综合窗口无人值守',
      '整改要求：增配人员',
      '限期整改：请于2026年7月6日（周一）前完成并回复（含当日），还有10个工作日。',
      '接受请回复“接受 1”。',
      '如有异议，可在收到之日起30日内（2026年7月22日（周三）前，含当日）提出，回复“异议 1”加理由；未提出异议的，仍按上述期限整改。',
      '整改后请回复“整改回复 1”，填报措施并发送照片。',
    ].join('\n'),
  );
  expect(order?.options).toEqual(['接受', '提出异议']);
  expect((await talk.says(coordinator, '整改 1 立行立改'))[0]?.text).toContain(
    '已经下达整改，目前是“待接受”',
  );

  // 接受：只有一项待办时不写编号也行。
  heard = await talk.says(liaison, '接受');
  expect(to(liaison, heard)[0]).toContain('已接受1号问题');
  expect(to(coordinator, heard)).toEqual(['海盐县政府已接受1号问题的整改：综合窗口无人值守']);

  // 回复：措施以“整改”开头也是答案，不是指令。
  await talk.says(liaison, '整改回复 1');
  await talk.says(liaison, '综合窗口负责人');
  heard = await talk.says(liaison, '整改：进一步加强管理');
  heard = await talk.taps(liaison, lastTo(liaison, heard), '已整改到位');
  heard = await talk.says(liaison, '', { files: [photo] });
  expect(to(liaison, heard)[0]).toContain('1号问题的整改回复已送协调单位核实。');
  expect(to(liaison, heard)[0]).toContain('“进一步、加强”较空泛');
  const reply = lastTo(coordinator, heard);
  expect(reply?.text).toBe(
    [
      '海盐县政府回复1号问题已整改到位：综合窗口无人值守',
      '1. 责任人：综合窗口负责人',
      '2. 整改措施：整改：进一步加强管理',
      '3. 进展：已整改到位',
      '4. 整改照片：1张照片',
      '提示：措施中“进一步、加强”较空泛，请写明做什么、做多少、做到什么程度。',
      '核实通过请回复“核实 1”；某一题需补充，请回复“退回 1”加题号和理由，只退回该题。',
    ].join('\n'),
  );
  const [stored] = await talk.query<{ id: string }>('SELECT id::text FROM attachment');
  expect(reply?.say.attachments).toEqual([stored?.id]);

  // 退回一题：其余内容保留，只重新问这一题。
  expect((await talk.taps(coordinator, reply, '退回'))[0]?.text).toContain('“退回 1 2 措施不具体”');
  const [which] = await talk.says(coordinator, '退回 1 写得太空');
  expect(which?.options).toEqual(['责任人', '整改措施', '进展', '整改照片']);
  heard = await talk.taps(coordinator, which, '整改措施');
  const back = lastTo(liaison, heard);
  expect(back?.text).toContain('“整改措施”被退回');
  expect(back?.text).toContain('理由：写得太空');
  expect(await stateOf(talk, 1)).toBe('returned');
  heard = await talk.taps(liaison, back, '重新回答');
  expect(to(liaison, heard)[0]).toContain('2/4 采取了或将采取什么整改措施？');
  heard = await talk.says(liaison, '增配2名人员轮岗');
  expect(to(liaison, heard)).toEqual(['整改回复已保存。\n1号问题的整改回复已送协调单位核实。']);
  expect(to(coordinator, heard)[0]).toContain(
    '2. 整改措施：增配2名人员轮岗\n3. 进展：已整改到位\n4. 整改照片：1张照片',
  );
  const standing = await talk.query<{ question: string; n: number }>(
    `SELECT question, count(*)::int AS n FROM answer GROUP BY question ORDER BY 1`,
  );
  expect(standing).toEqual([
    { question: 'measure', n: 2 },
    { question: 'owner', n: 1 },
    { question: 'progress', n: 1 },
    { question: 'proof', n: 1 },
  ]);

  // 核实后才能销号；整改单位的人不能销号。
  expect((await talk.says(coordinator, '销号 1'))[0]?.text).toContain('不能销号：须先回复“核实 1”');
  expect((await talk.says(liaison, '销号 1'))[0]?.text).toContain('由协调员使用');
  const verified = await talk.says(coordinator, '核实 1');
  heard = await talk.taps(
    second,
    { ...(verified[0] as NonNullable<(typeof verified)[0]>), to: second },
    '销号',
  );
  expect(to(liaison, heard)).toEqual(['1号问题（海盐县政府）已核实销号：综合窗口无人值守']);
  expect((await talk.says(coordinator, '台账'))[0]?.text).toBe('台账中没有未销号的问题。');

  // 回头看：再次出现，换措施重报；申请延期后同意。
  heard = await talk.says(coordinator, '回头看 1 7月30日 又无人值守');
  heard = await talk.taps(liaison, lastTo(liaison, heard), '填报整改');
  expect(to(liaison, heard)[0]).toContain('2/3 采取了或将采取什么整改措施？');
  await talk.says(liaison, '改为三班轮岗');
  heard = await talk.says(liaison, '正在整改');
  heard = await talk.says(liaison, '8月1日前排好班表');
  expect(to(liaison, heard)[0]).toContain('已登记为“整改中”');
  heard = await talk.says(liaison, '延期 1 8月5日 等待招录');
  heard = await talk.taps(coordinator, lastTo(coordinator, heard), '同意延期');
  expect(to(liaison, heard)).toEqual([
    '1号问题（海盐县政府）的延期申请已同意，新的期限为2026年8月5日（周三）（含当日）。',
  ]);

  // 异议：下达、退回过的人回避，由他人审定；改派后前一单位不再看到。
  await talk.says(liaison, '异议 1 该窗口由桐乡市管理');
  expect((await talk.says(coordinator, '异议成立 1 桐乡'))[0]?.text).toContain(
    '须回避（督查工作条例第十七条）',
  );
  heard = await talk.says(second, '异议成立 1 桐乡');
  expect(to(liaison, heard)[0]).toContain('贵单位不再承担整改');
  expect(to(second, heard)[0]).toContain('已改派桐乡市政府整改。\n');
  expect(to(second, heard)[0]).toContain('无人绑定');
  expect((await talk.says(liaison, '问题 1'))[0]?.text).toBe('没有编号为1的问题，请核对编号。');

  // 检查方能看到自己发现的问题；群众看不到。
  expect((await talk.says(inspector, '问题 1'))[0]?.text).toContain(
    '市行政审批服务中心第二协调员：审定异议成立',
  );
  expect((await talk.says(citizen, '问题 1'))[0]?.text).toContain('需要相应的工作身份');
  expect(await events(talk, 1)).toEqual([
    'order',
    'accept',
    'reply',
    'return',
    'reply',
    'verify',
    'close',
    'reopen',
    'plan',
    'ask-extension',
    'grant',
    'dispute',
    'uphold',
  ]);
  const audited = await talk.query<{ kind: string }>(
    `SELECT kind FROM audit WHERE kind LIKE 'finding.%' ORDER BY seq`,
  );
  expect(audited.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([
      'finding.ordered',
      'finding.returned',
      'finding.closed',
      'finding.reopened',
      'finding.upheld',
    ]),
  );
});

test('the same in English: order, more time refused, objection dismissed, verified and closed', async () => {
  const talk = await stage({ language: 'en' });
  await talk.query(`UPDATE contact SET language = 'en'`);
  await enrol(talk, second, { role: 'coordinator', unit: null, title: 'Second coordinator' });
  await talk.says(inspector, 'problem: nobody at the window');

  let heard = await talk.says(coordinator, 'rectify 1 once the council has agreed, review 10 July');
  expect(to(coordinator, heard)).toEqual([
    'Problem 1 (Haiyan County) is ordered to be put right; people told: 1.\n' +
      'Waits for a condition: once the council has agreed. To be looked at again on Fri 10 July 2026 (workdays left: 14).\n' +
      'To put the day right later, reply "change day 1" with the new day and the reason.',
  ]);
  expect(lastTo(liaison, heard)?.options).toEqual(['Accept', 'Object']);
  heard = await talk.taps(liaison, lastTo(liaison, heard), 'Accept');
  expect(to(coordinator, heard)).toEqual(['Haiyan County has taken problem 1 on: nobody at the window']);

  heard = await talk.says(liaison, 'extend 1 20 July, the council meets later');
  heard = await talk.taps(coordinator, lastTo(coordinator, heard), 'Refuse');
  expect(to(coordinator, heard)[0]).toBe('Please say why, for example "refuse 1 it can be done at once".');
  heard = await talk.says(coordinator, 'refuse 1 it meets on Friday');
  expect(to(liaison, heard)[0]).toBe(
    'No more time is given for problem 1 (Haiyan County): it stays due by the end of Fri 10 July 2026.\nReason: it meets on Friday',
  );

  await talk.says(liaison, 'object 1 the window is not ours');
  expect((await talk.says(liaison, 'reply 1'))[0]?.text).toContain(
    'Nothing is to be replied on problem 1 now: objected to.',
  );
  expect((await talk.says(coordinator, 'dismiss 1 it is'))[0]?.text).toContain(
    'you do not decide the objection',
  );
  expect((await talk.says(second, 'dismiss 1'))[0]?.text).toContain('Please say why');
  heard = await talk.says(second, 'dismiss 1 it is yours by the list');
  expect(to(liaison, heard)[0]).toContain('Your objection to problem 1 (Haiyan County) is dismissed.');

  await talk.says(liaison, 'reply 1');
  await talk.says(liaison, 'head of the window');
  // A command of others with a problem's number is no measure: it is told whose it is, and the question stands.
  expect((await talk.says(liaison, 'verify 1'))[0]?.text).toContain('coordinator');
  await talk.says(liaison, 'staff were added');
  await talk.says(liaison, 'put right');
  heard = await talk.says(liaison, 'skip');
  expect(lastTo(coordinator, heard)?.text).toContain(
    '2. What is done: staff were added\n3. How far: Put right',
  );
  await talk.says(coordinator, 'verify 1');
  heard = await talk.says(coordinator, 'close 1');
  expect(to(liaison, heard)).toEqual([
    'Problem 1 (Haiyan County) was verified and is closed: nobody at the window',
  ]);
  expect((await talk.says(coordinator, 'show 1'))[0]?.text).toContain('State: closed');
});
