import { describe, expect, test } from 'vitest';
import { composed, forms } from '../../src/commands/forms/compose.ts';
import { type FormField, name, ownSentence } from '../../src/commands/forms/form.ts';
import { readField } from '../../src/commands/forms/read-field.ts';
import { sendForm } from '../../src/commands/forms/send.ts';
import { commands } from '../../src/commands/registry.ts';
import { prepareBackground } from '../../src/jobs/background.ts';
import { cast, type Heard, stage, type Talk } from '../conversation/stage.ts';
import { enrol, found, putRight, to } from '../ledger/people.ts';

const { coordinator, inspector, liaison, room } = cast;
const said = (heard: Heard[], who: string = coordinator) => to(who, heard).join('\n');

/** Says one message after another; what was heard after the last. */
async function inTurn(talk: Talk, who: string, ...texts: string[]): Promise<string> {
  let heard: Heard[] = [];
  for (const text of texts) heard = await talk.says(who, text);
  return said(heard, who);
}

async function waiting({ query }: Talk): Promise<{ command: string; field: string; values: object }[]> {
  return query('SELECT command, field, "values" FROM command_form ORDER BY command');
}

async function dueOf({ query }: Talk, number: number) {
  const [row] = await query<{ due: string }>('SELECT due_on AS due FROM assignment WHERE number = $1', [
    number,
  ]);
  return row?.due;
}

/** Makes somebody a coordinator of the campaign, too. */
async function coordinates({ query }: Talk, who: string): Promise<void> {
  await query(
    `INSERT INTO membership (contact_id, campaign_id, role)
     SELECT u.contact_id, k.id, 'coordinator' FROM urn u, campaign k WHERE u.urn = $1`,
    [who],
  );
}

async function english(talk: Talk, who: string): Promise<void> {
  await talk.says(who, 'English');
}

describe('the words that a form composes', () => {
  test.each([
    ['assign', { number: '12', to: '桐乡市' }, '12 桐乡市'],
    ['assign', { number: '12', to: '桐乡市\n确认' }, '12 桐乡市'],
    ['reassign', { from: '供给局', to: '桐乡市，确认' }, '供给局 → 桐乡市'],
    ['reassign', { from: '甲→乙', to: 'Tongxiang confirm' }, '甲 乙 → Tongxiang'],
    ['extend-task', { number: '12', until: '2026-07-20' }, '12 2026-07-20'],
    ['extend-task', { number: '12', until: '2026-07-20', reason: '台风\r\n停运' }, '12 2026-07-20 台风 停运'],
    ['return', { number: '3', answer: '2', reason: '措施不具体 确认' }, '3 2 措施不具体 确认。'],
    ['return', { number: '3', answer: '2', reason: '见 @17' }, '3 2 见 @17。'],
    [
      'send',
      { from: '报到处、市纪委', to: '市民政局', day: '2026-07-06' },
      '报到处、市纪委 → 市民政局 2026-07-06',
    ],
    ['send', { activity: 'covert', from: '甲', to: '乙' }, 'covert 甲 → 乙'],
    ['invite', { role: 'inspector', unit: '南湖区' }, '检查员 南湖区'],
    ['invite', { role: 'auditor', unit: '南湖区' }, '审计员'],
    ['invite', { role: 'self' }, '自己'],
    ['invite', { role: 'nobody' }, ''],
  ])('%s %j', (command, values, words) => expect(composed(command, values, 'zh-CN')).toBe(words));

  test('in English', () => {
    expect(composed('invite', { role: 'leading-group' }, 'en')).toBe('leading group');
    expect(composed('return', { number: '3', answer: '2', reason: 'see jiaxing-2014' }, 'en')).toBe(
      '3 2 see jiaxing-2014.',
    );
    expect(composed('status', {}, 'en')).toBeNull();
  });

  test('a name holds nothing that parts names, a sentence ends in nothing that is a command', () => {
    expect(name('  南湖区\u2028 确认，确认 ')).toBe('南湖区');
    expect(ownSentence('照片看不清', 'zh-CN')).toBe('照片看不清');
    expect(ownSentence('x'.repeat(600), 'en')).toHaveLength(501);
  });

  test('every form belongs to a command that offers one', () => {
    for (const { command } of forms)
      expect(commands.find((one) => one.name === command)?.form, command).toBeDefined();
  });
});

describe('an answer to one field', () => {
  const field = (kind: FormField['kind'], required = true): FormField => ({
    ...{ id: 'x', label: 'forms:task', hint: 'forms:task.hint', kind, required },
    ...(kind === 'choice'
      ? {
          options: [
            { id: 'one', label: { 'zh-CN': '甲', en: 'first' } },
            { id: 'two', label: { 'zh-CN': '乙', en: 'second' }, synonyms: ['老二'] },
          ],
        }
      : {}),
  });
  const context = { at: '2026-06-22T02:00:00.000Z', zone: 'Asia/Shanghai' };
  const read = (kind: FormField['kind'], text: string, required = true) =>
    readField(field(kind, required), text, context, ({ label }) =>
      typeof label === 'object' && 'key' in label ? label.key : label,
    );
  test.each<[FormField['kind'], string, string]>([
    ['number', '12', '12'],
    ['number', '第１２号任务', '12'],
    ['number', '#7', '7'],
    ['number', '十二', '12'],
    ['date', '7月20日', '2026-07-20'],
    ['date', '20 July', '2026-07-20'],
    ['date', '2026-07-20', '2026-07-20'],
    ['choice', '2', 'two'],
    ['choice', '乙', 'two'],
    ['choice', 'first', 'one'],
    ['choice', '老二', 'two'],
    ['choice', 'two', 'two'],
    ['text', ' 南湖区\n政府 ', '南湖区 政府'],
  ])('%s: %s', (kind, text, value) => expect(read(kind, text)).toEqual({ kind: 'value', value }));
  test.each<[FormField['kind'], string]>([
    ['number', '南湖区'],
    ['number', '0'],
    ['number', '1.5'],
    ['number', '99999999999'],
    ['date', '尽快'],
    ['date', '13月40日'],
    ['choice', '7'],
    ['text', ' \u200b '],
  ])('%s: %s is asked again', (kind, text) => expect(read(kind, text)).toMatchObject({ kind: 'wrong' }));
  test('nothing to say passes over what need not be said', () => {
    expect(read('text', '没有', false)).toEqual({ kind: 'skip' });
    expect(read('date', '无', false)).toEqual({ kind: 'skip' });
  });
});

test('延期任务 field by field: wrong answers are asked again with an example, the last one is obeyed and can be undone', async () => {
  const talk = await stage();
  expect(await inTurn(talk, coordinator, '任务延期')).toBe(
    '【任务延期】第1步，共3步：任务编号\n例如“12”；编号在“谁还没报”“逾期”的清单里。\n不办了请回复“取消”，改上一步请回复“上一题”。',
  );
  expect(await inTurn(talk, coordinator, '南湖区')).toMatch(/^没有看懂编号.*\n【任务延期】第1步/u);
  expect(await inTurn(talk, coordinator, '1号任务')).toContain('第2步，共3步：延至哪一天');
  expect(await inTurn(talk, coordinator, '尽快')).toContain('例如“7月20日”');
  expect(await inTurn(talk, coordinator, '7月20日')).toContain('不填请回复“跳过”');
  const done = await inTurn(talk, coordinator, '台风停运');
  expect(done).toMatch(/^已按“任务延期 1 2026-07-20 台风停运”办理。\n1号任务.*延至2026年7月20日/u);
  expect(await dueOf(talk, 1)).toBe('2026-07-20');
  expect(await waiting(talk)).toEqual([]);
  expect(await inTurn(talk, coordinator, '撤销')).toContain('已撤销“任务延期”');
  expect(await dueOf(talk, 1)).toBe('2026-07-15');
  // The word alone, and the command that came of it.
  const noted = await talk.query(
    `SELECT FROM audit WHERE about = 'command:extend-task' AND kind = 'command'`,
  );
  expect(noted).toHaveLength(2);
});

test('in English, passing over the reason', async () => {
  const talk = await stage({ language: 'en' });
  await english(talk, coordinator);
  expect(await inTurn(talk, coordinator, 'extend task')).toContain(
    'More time for a task, step 1 of 3: Number of the task',
  );
  expect(await inTurn(talk, coordinator, 'soon')).toContain('reply with digits only');
  const done = await inTurn(talk, coordinator, '2', '20 July', 'skip');
  expect(done).toContain('Taken as "extend task 2 2026-07-20".');
  expect(await dueOf(talk, 2)).toBe('2026-07-20');
});

test('延期 of a coordinator asks too; of a liaison it goes on being about their own problem', async () => {
  const talk = await stage();
  expect(await inTurn(talk, coordinator, '延期')).toContain('【任务延期】第1步');
  expect(await inTurn(talk, liaison, '延期')).not.toContain('第1步');
});

test('指派 and 移交: what the command asks itself it still asks; a step back takes back one answer', async () => {
  const talk = await stage();
  expect(await inTurn(talk, coordinator, '指派', '1')).toContain('改由哪个单位承担');
  expect(await inTurn(talk, coordinator, '上一题')).toContain('第1步，共2步');
  expect(await inTurn(talk, coordinator, '上一题')).toContain('这已经是第一步');
  expect(await inTurn(talk, coordinator, '2', '没有这个单位')).toContain('没有找到“没有这个单位”');
  expect(await inTurn(talk, coordinator, '指派', '1', '桐乡市')).toContain('由南湖区政府改派给桐乡市政府');
  const plan = await inTurn(talk, coordinator, '移交', '秀洲区', '桐乡市 确认');
  expect(plan).toContain('确认');
  expect(await talk.query(`SELECT FROM task_event WHERE kind = 'handed-over'`)).toEqual([]);
  const [open] = await talk.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM assignment a JOIN unit u ON u.id = a.assignee_unit_id WHERE u.code = 'xiuzhou'`,
  );
  expect(open?.count).toBeGreaterThan(0);
  expect(await inTurn(talk, coordinator, '确认')).toContain('移交');
  const [left] = await talk.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM assignment a JOIN unit u ON u.id = a.assignee_unit_id WHERE u.code = 'xiuzhou'`,
  );
  expect(left?.count).toBe(0);
});

test('邀请: a choice by number, label or tap; a role without a unit is asked for none', async () => {
  const talk = await stage();
  const [asked] = await talk.says(coordinator, '邀请');
  expect(asked?.options).toContain('检查员');
  const [unit] = await talk.taps(coordinator, asked, '检查员');
  expect(unit?.text).toContain('第2步，共2步：哪个单位');
  expect(await inTurn(talk, coordinator, '南湖区')).toContain('已按“邀请 检查员 南湖区”办理');
  expect(await talk.query(`SELECT role FROM invite WHERE created_by IS NOT NULL`)).toEqual([
    { role: 'inspector' },
  ]);
  // What was tapped is over.
  expect((await talk.taps(coordinator, asked, '检查员'))[0]?.text).toContain('已经失效');
  expect(await inTurn(talk, coordinator, '邀请', '审计员')).toContain('已按“邀请 审计员”办理');
  // Somebody else's address of their own: whoever coordinates nothing is asked for nothing.
  expect(await inTurn(talk, inspector, '邀请')).not.toContain('第1步');
});

test('退回: of a problem, which answer, and why; the command judges', async () => {
  const talk = await stage();
  await found(talk);
  await putRight(talk);
  expect(await inTurn(talk, coordinator, '退回', '12', '2', '措施不具体')).toMatch(
    /^没有编号为12的问题.*\n【退回整改回复】第1步/u,
  );
  expect(await inTurn(talk, coordinator, '1')).toMatch(/^已按“退回 1 2 措施不具体”办理/u);
});

test('取消 leaves it, a question that is over takes nothing, and half an hour ends it', async () => {
  const talk = await stage();
  expect(await inTurn(talk, coordinator, '指派', '1', '取消')).toBe('【改派任务】已取消，未作任何改动。');
  expect(await inTurn(talk, coordinator, '桐乡市')).not.toContain('改派');
  await inTurn(talk, coordinator, '指派', '1');
  talk.clock.advance(30 * 60_000 - 1);
  expect(await inTurn(talk, coordinator, '上一题', '1')).toContain('第2步');
  talk.clock.advance(30 * 60_000);
  expect(await inTurn(talk, coordinator, '桐乡市')).toBe(
    '【改派任务】超过30分钟没有填完，已作废；需要办理请重新回复“指派”。',
  );
  expect(await waiting(talk)).toEqual([]);
  expect(await talk.query(`SELECT FROM audit WHERE kind = 'assignment.reassigned'`)).toEqual([]);
});

test('another command leaves it, and says so; the same one begins anew', async () => {
  const talk = await stage();
  await inTurn(talk, coordinator, '指派', '1');
  const left = await inTurn(talk, coordinator, '状态');
  expect(left).toMatch(/^【改派任务】没有填完，已放弃，未作任何改动。\n/u);
  expect(await waiting(talk)).toEqual([]);
  await inTurn(talk, coordinator, '指派', '1');
  expect(await inTurn(talk, coordinator, '指派')).toMatch(/^【改派任务】第1步/u);
  // Nothing was given yet.
  expect(await inTurn(talk, coordinator, '移交')).toMatch(/^【移交工作】第1步/u);
  expect(await waiting(talk)).toEqual([{ command: 'reassign', field: 'from', values: {} }]);
});

test('a roster that is sent in the middle of it is another command: its 确认 is no answer', async () => {
  const talk = await stage();
  await prepareBackground(talk.database, talk.log);
  await inTurn(talk, coordinator, '指派', '1');
  const bytes = Buffer.from('名称,类别,上级\n平湖市行政服务中心,大厅,平湖市\n');
  const heard = await talk.says(coordinator, '', { files: [{ name: '单位.csv', mime: 'text/csv', bytes }] });
  expect(said(heard)).toMatch(/^【改派任务】没有填完，已放弃/u);
  expect(await waiting(talk)).toEqual([]);
});

test('a questionnaire that asked something since is the one that is answered, and the form waits', async () => {
  const talk = await stage();
  await coordinates(talk, inspector);
  await talk.says(inspector, '签到');
  await inTurn(talk, inspector, '任务延期');
  // As if it had been begun from elsewhere meanwhile.
  await talk.query(`UPDATE session SET status = 'live', state = jsonb_set(state, '{status}', '"live"')`);
  await talk.query(
    `UPDATE outbox SET created_at = created_at + interval '1 minute' WHERE session_id IS NOT NULL`,
  );
  talk.clock.advance(2 * 60_000);
  await talk.says(inspector, '1');
  expect(await talk.query('SELECT FROM answer')).toHaveLength(1);
  expect(await waiting(talk)).toEqual([{ command: 'extend-task', field: 'number', values: {} }]);
});

test('a checklist that is open is set aside, answers slide neither way, and it goes on when it is asked to', async () => {
  const talk = await stage();
  await coordinates(talk, inspector);
  await talk.says(inspector, '签到');
  const before = await talk.query('SELECT question, value FROM answer ORDER BY question');
  const begun = said(await talk.says(inspector, '任务延期'), inspector);
  expect(begun).toMatch(/先停在这里[\s\S]*【任务延期】第1步/u);
  expect(await inTurn(talk, inspector, '2', '7月20日')).toContain('第3步');
  expect(await talk.query('SELECT question, value FROM answer ORDER BY question')).toEqual(before);
  const done = await inTurn(talk, inspector, '跳过');
  expect(done).toMatch(/已按“任务延期 2 2026-07-20”办理[\s\S]*没有填完，回复“继续”/u);
  await inTurn(talk, inspector, '指派', '1');
  const resumed = await inTurn(talk, inspector, '继续');
  expect(resumed).toContain('【改派任务】没有填完，已放弃');
  expect(await waiting(talk)).toEqual([]);
  await talk.says(inspector, '1');
  expect((await talk.query('SELECT FROM answer')).length).toBeGreaterThan(before.length);
});

test('in a room it is asked in private, answered in private, and talk in the room is no answer', async () => {
  const talk = await stage();
  const begun = await talk.says(coordinator, '任务延期', { room, addressed: true });
  expect(to(room, begun)).toEqual(['已私信回复。']);
  expect(said(begun)).toContain('【任务延期】第1步');
  const slash = await talk.says(coordinator, 'extend-task', { room, slash: true });
  expect(to(room, slash)).toEqual(['已私信回复。']);
  expect(said(slash)).toContain('【任务延期】第1步');
  await talk.says(coordinator, '1', { room });
  expect(await waiting(talk)).toEqual([{ command: 'extend-task', field: 'number', values: {} }]);
  expect(await inTurn(talk, coordinator, '1')).toContain('第2步');
});

test('whoever may not give the command is refused and asked nothing', async () => {
  const talk = await stage();
  for (const word of ['指派', '移交', '任务延期', '退回'])
    expect(await inTurn(talk, inspector, word), word).not.toContain('第1步');
  expect(await waiting(talk)).toEqual([]);
});

test('a role that was taken away meanwhile ends it', async () => {
  const talk = await stage();
  await inTurn(talk, coordinator, '指派', '1');
  await talk.query(`DELETE FROM membership WHERE contact_id = (SELECT contact_id FROM urn WHERE urn = $1)`, [
    coordinator,
  ]);
  expect(await inTurn(talk, coordinator, '桐乡市')).toContain('已放弃');
  expect(await waiting(talk)).toEqual([]);
});

describe('派暗访', () => {
  const covert = 'console:coordinator-covert';
  const campaign = { file: 'jiaxing-2014-full' };
  const now = '2026-06-30T09:00:00+08:00';

  test('asks its coordinators alone, in private, and sends', async () => {
    const talk = await stage({ campaign, now });
    const begun = await inTurn(talk, covert, '派暗访');
    expect(begun).toMatch(/撤回暗访[\s\S]*【派出检查】第1步，共3步：派谁去/u);
    const sent = await inTurn(talk, covert, '市发展改革委', '市民政局', '7月6日');
    expect(sent).toContain('已按“派暗访 市发展改革委 → 市民政局 2026-07-06”办理');
    const visits = await talk.query(
      `SELECT a.days FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE v.code = 'covert'`,
    );
    expect(visits).toEqual([{ days: ['2026-07-06'] }]);
  });

  test('nothing of it is said in a room, and nobody else learns that there is anything to send for', async () => {
    const talk = await stage({ campaign, now });
    const heard = await talk.says(covert, '派暗访', { room, addressed: true });
    expect(to(room, heard)).toEqual(['这件事请私聊我办理。']);
    expect(await waiting(talk)).toEqual([]);
    await enrol(talk, 'console:plain', { role: 'coordinator', unit: null, title: '协调员' });
    expect(said(await talk.says('console:plain', '派暗访'), 'console:plain')).not.toContain('第1步');
    expect(await waiting(talk)).toEqual([]);
    await talk.says(covert, '派暗访');
    await talk.says(covert, '市发展改革委', { room });
    expect(await waiting(talk)).toMatchObject([{ field: 'from', values: {} }]);
  });

  test('asks which where there are several', () => {
    const two = sendForm([
      { code: 'covert', title: '暗访' },
      { code: 'spot', title: '抽查' },
    ]);
    expect(two.fields.map(({ id }) => id)).toEqual(['activity', 'from', 'to', 'day']);
  });
});

test('what the command can make nothing of is asked again, with the rest kept, and nothing is said to be done', async () => {
  const talk = await stage();
  const unknown = await inTurn(talk, coordinator, '指派', '8', '9');
  expect(unknown).toMatch(/^没有找到“9”/u);
  expect(unknown).toContain('【改派任务】第2步，共2步');
  expect(unknown).not.toContain('办理');
  expect(await waiting(talk)).toEqual([{ command: 'assign', field: 'to', values: { number: '8' } }]);
  expect(await inTurn(talk, coordinator, '桐乡市政府')).toMatch(/^已按“指派 8 桐乡市政府”办理。/u);
  // The number is asked again alone: the rest of what was given is kept.
  const wrong = await inTurn(talk, coordinator, '任务延期', '99', '7月20日', '台风停运');
  expect(wrong).toMatch(/99/u);
  expect(wrong).toContain('【任务延期】第1步，共3步');
  expect(await inTurn(talk, coordinator, '2')).toMatch(/^已按“任务延期 2 2026-07-20 台风停运”办理。/u);
  expect(await waiting(talk)).toEqual([]);
});
