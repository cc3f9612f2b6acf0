import { expect, test } from 'vitest';
import { cast, stage, type Talk } from '../conversation/stage.ts';
import { testKeys } from '../keys.ts';

const citizen = 'wechat:citizen';
const { coordinator } = cast;

/** Rates in a chat and gives the receipt that was said at the end. */
async function rated(talk: Talk, urn: string, level: string): Promise<string> {
  const words = ['评价', level, ...(level.includes('不') ? ['1'] : []), '20', '柜台只开了一个'];
  let last = '';
  for (const text of words) last = (await talk.says(urn, text)).at(-1)?.text ?? '';
  const [, code = ''] = /回执码 ([\w-]+)：/.exec(last) ?? [];
  expect(code).toMatch(/^\w{4}-\w{4}-\w{4}$/);
  return code;
}

const text = async (talk: Talk, words: string, urn = citizen) => (await talk.says(urn, words)).at(-1)?.text;

test('whoever holds the receipt sees the rating; nobody else does, and a wrong one finds nothing', async () => {
  const talk = await stage();
  const code = await rated(talk, citizen, '满意');
  const shown = await text(talk, `回执 ${code}`, 'wechat:their-other-phone');
  expect(shown).toMatch(/您于2026年6月22日（周一）的评价：满意。\n评价已计入统计，没有需要核实的问题。/);
  expect(await text(talk, `回执 ${code.toLowerCase().replaceAll('-', ' ')}`)).toBe(shown);
  expect(await text(talk, '回执 ACFH-3467-KMNP')).toMatch(/没有找到这个回执码/);
  expect(await text(talk, '回执 1234')).toMatch(/请在后面写上回执码/);
});

test('a message with a receipt, and the answer to it, are kept nowhere', async () => {
  const talk = await stage();
  const code = await rated(talk, citizen, '不满意');
  await talk.says(citizen, `回执 ${code}`);
  await talk.says(citizen, `回访我 ${code} 请打大厅服务台8001`);
  expect(
    await talk.query(
      `SELECT body FROM inbox WHERE body::text LIKE '%' || $1 || '%' OR body::text LIKE '%服务台%'`,
      [code],
    ),
  ).toEqual([]);
  // What still waits to be sent says it; once sent it is deleted (store/sql/outbox-settle.sql).
  const waiting = await talk.query<{ forget: boolean }>(
    `SELECT forget FROM outbox WHERE say::text LIKE '%' || $1 || '%'`,
    [code],
  );
  expect(waiting).not.toEqual([]);
  expect(waiting.every(({ forget }) => forget)).toBe(true);
});

test('a contact is sealed, seen by the owner of the case alone, and every look is in the audit log', async () => {
  const talk = await stage();
  const code = await rated(talk, citizen, '非常不满意');
  expect(await text(talk, `回访我 ${code}，请打大厅服务台8001`)).toMatch(/加密保存.*办结30天后删除/);
  const [row] = await talk.query<{ number: number; contact: Buffer }>(
    'SELECT number, contact FROM rating_case',
  );
  expect(testKeys.open(row?.contact ?? Buffer.alloc(0))).toBe('请打大厅服务台8001');
  expect(row?.contact.toString('utf8')).not.toContain('大厅');
  expect(await text(talk, `差评 ${row?.number} 联系方式`, cast.inspector)).not.toContain('服务台');
  expect(await talk.query(`SELECT 1 FROM audit WHERE kind = 'contact.shown'`)).toEqual([]);
});

test('in the chat itself, where no other contact is given', async () => {
  const talk = await stage();
  const code = await rated(talk, citizen, '不满意');
  expect(await text(talk, `回访我 ${code}`)).toBe('好的。有了答复，会在这里告诉您。');
  expect(await text(talk, `回访我 ${code} ${'长'.repeat(101)}`)).toMatch(/联系方式太长/);
});

test('where nothing is to be looked into nobody calls', async () => {
  const talk = await stage();
  const code = await rated(talk, citizen, '非常满意');
  expect(await text(talk, `回访我 ${code}`)).toMatch(/不安排回访/);
  expect(await text(talk, `评整改 ${code} 满意`)).toMatch(/没有整改可评/);
});

test('a rating is taken back at any time; its case ends, its contact goes', async () => {
  const talk = await stage();
  const code = await rated(talk, citizen, '不满意');
  await talk.says(citizen, `回访我 ${code} 请打大厅服务台8001`);
  expect(await text(talk, `撤回评价 ${code}`)).toMatch(
    /评价：不满意。\n.*这份评价和留下的联系方式会被删除.*无法恢复.*“撤回评价 .* 确认”/,
  );
  expect(await text(talk, `撤回评价 ${code} 不要`)).toBe('好的，没有撤回，评价还在。');
  expect(await text(talk, `撤回评价 ${code} 这写的什么`)).toMatch(/“这写的什么”没有看懂，没有删除/);
  expect(await talk.query('SELECT 1 FROM rating')).toHaveLength(1);
  expect(await text(talk, `撤回评价 ${code} 确认`)).toMatch(/都已删除/);
  expect(await talk.query('SELECT 1 FROM rating')).toEqual([]);
  expect(await talk.query('SELECT sum(n)::int AS n FROM rating_tally')).toEqual([{ n: 0 }]);
  expect(await talk.query('SELECT stage, contact, rating_id FROM rating_case')).toEqual([
    { stage: 'closed', contact: null, rating_id: null },
  ]);
  expect(await text(talk, `撤回评价 ${code}`)).toMatch(/没有找到/);
});

test('what was done is rated by the rater, on three levels, when there is something to rate', async () => {
  const talk = await stage();
  const code = await rated(talk, citizen, '不满意');
  expect(await text(talk, `评整改 ${code} 满意`)).toMatch(/还没有可以评价的整改结果/);
  const [row] = await talk.query<{ number: number }>('SELECT number FROM rating_case');
  await talk.says(coordinator, `差评 ${row?.number} 核实 立行立改 已增开窗口`);
  await talk.says(coordinator, `差评 ${row?.number} 反馈 已增开一个窗口`);
  expect(await text(talk, `回执 ${code}`)).toMatch(/待回访[\s\S]*答复：已增开一个窗口[\s\S]*评整改/);
  expect(await text(talk, `评整改 ${code}`)).toMatch(/请写/);
  for (const doubtful of ['满意个屁', '满意吗？你自己说呢', '满意 才怪'])
    expect(await text(talk, `评整改 ${code} ${doubtful}`)).toContain('说不准，没有记录');
  expect(await text(talk, `评整改 ${code} 满意，窗口多了`)).toBe(
    '已记录，谢谢您。\n这里只记录评价等级，后面的话没有保存；想补充说明，请凭回执码更改评价。',
  );
  expect(await text(talk, `评整改 ${code} 一般般吧`)).toMatch(/已按“基本满意”记录.*不对请回复“评整改/);
  expect(await talk.query(`SELECT stage, record ->> 'again' AS again FROM rating_case`)).toEqual([
    { stage: 'closed', again: '2' },
  ]);
});

test('whose rating is not counted, upheld on appeal, is told so by the receipt and not that all is done', async () => {
  const talk = await stage();
  const code = await rated(talk, citizen, '不满意');
  await talk.query(
    `UPDATE rating_case SET stage = 'closed', due_on = NULL,
       record = record || '{"stage": "closed", "dueOn": null, "ended": "struck", "news": null}'`,
  );
  expect(await text(talk, `回执 ${code}`)).toContain('认定为误评或者恶意评价，不计入结果');
});

test('a contact is taken back in the chat: it is deleted, the rating stays', async () => {
  const talk = await stage();
  const code = await rated(talk, citizen, '不满意');
  expect(await text(talk, `不要回访了 ${code}`)).toMatch(/没有留联系方式/);
  await talk.says(citizen, `回访我 ${code} 微信 banshi-1`);
  expect(await talk.query(`SELECT 1 FROM rating_case WHERE contact IS NOT NULL`)).toHaveLength(1);
  expect(await text(talk, `不用回访 ${code}`)).toMatch(/不再回访，留下的联系方式已删除；评价仍然保留/);
  expect(
    await talk.query(
      `SELECT contact, record -> 'contact' AS left, record -> 'chat' AS chat FROM rating_case`,
    ),
  ).toEqual([{ contact: null, left: false, chat: false }]);
  await talk.says(citizen, `回访我 ${code}`);
  expect(await text(talk, `cancel call back ${code}`)).toMatch(/已删除/);
  expect(await talk.query('SELECT contact FROM rating_case')).toEqual([{ contact: null }]);
  expect(await text(talk, `不用回访 ACFH-3467-KMNP`)).toMatch(/没有找到/);
});

test.each(['我不想留', '滚', '不用了', 'no thanks'])(
  '“%s” is no contact: it is asked for once more',
  async (words) => {
    const talk = await stage();
    const code = await rated(talk, citizen, '不满意');
    expect(await text(talk, `回访我 ${code} ${words}`)).toMatch(/没有看到电话、邮箱或微信号，没有保存/);
    expect(await talk.query('SELECT contact FROM rating_case')).toEqual([{ contact: null }]);
  },
);

test('whoever wants to change a rating, or sends nothing but a receipt, is told how', async () => {
  const talk = await stage();
  const code = await rated(talk, citizen, '满意');
  for (const words of [`更改评价 ${code}`, `修改评价 ${code}`, code, code.toLowerCase().replaceAll('-', ' ')])
    expect(await text(talk, words)).toMatch(/评价：满意。[\s\S]*要更改或撤回，请打开/);
  expect(await text(talk, '我想改评价')).toMatch(/请在后面写上回执码，例如：回执 /);
});
