import { expect, test } from 'vitest';
import { unitAtStart } from '../../src/campaign/unit.ts';
import { stage, type Talk } from '../conversation/stage.ts';
import { to } from './people.ts';

const [first, second] = ['console:accompany-1', 'console:accompany-2'];
const coordinator = 'console:coordinator';
const campaign = { file: 'jiaxing-2014-full' };

const unitOf = async (talk: Talk, number: number) =>
  (
    await talk.query<{ code: string }>(
      'SELECT u.code FROM finding f JOIN unit u ON u.id = f.unit_id WHERE f.number = $1',
      [number],
    )
  )[0]?.code;

test('what is found while a claimed matter is accompanied belongs to the unit that its place names', async () => {
  const talk = await stage({ campaign });
  await talk.says(first, '认领 不动产转移登记，市行政服务中心3号窗口');
  for (const said of ['9:05取号，9:20受理，10:10办结', '是', '是', '否']) await talk.says(first, said);
  await talk.says(first, '发现问题 排队秩序混乱');
  expect([await unitOf(talk, 1), await unitOf(talk, 2)]).toEqual(['approval-centre', 'approval-centre']);
  expect((await talk.says(coordinator, '问题 1'))[0]?.text).toContain(
    '地点：市行政服务中心3号窗口（陪同办理“不动产转移登记”）。',
  );
  // No coordinator of another role is in the unit’s way: the order reaches whoever is bound there, or says that nobody is.
  expect(to(coordinator, await talk.says(coordinator, '整改 1 立行立改'))[0]).toContain(
    '1号问题（市行政审批服务中心）',
  );
});

test('a place that names no unit leaves the problem where it was, and the ledger tells the place', async () => {
  const talk = await stage({ campaign });
  await talk.says(second, '认领 户口迁移，3号窗口');
  for (const said of ['9:05取号，9:20受理，10:10办结', '是', '是', '否']) await talk.says(second, said);
  expect(await unitOf(talk, 1)).toBe('city');
  expect((await talk.says(coordinator, '台账'))[0]?.text).toContain('1号 嘉兴市（3号窗口）：办事流程不便民');
});

test('a unit is named at the beginning of a place, the longest name first; nothing is guessed', () => {
  const units = [
    { id: 'city', name: { 'zh-CN': '嘉兴市', en: 'Jiaxing' }, aliases: [] },
    {
      id: 'centre',
      name: { 'zh-CN': '市政务中心', en: 'Service Centre' },
      aliases: ['嘉兴市政务中心', '中心'],
    },
    { id: 'port', name: { 'zh-CN': '港区', en: 'Port' }, aliases: ['中心'] },
  ];
  const at = (place: string) => unitAtStart(units, place)?.id;
  expect(at('嘉兴市政务中心3号窗口')).toBe('centre');
  expect(at('嘉兴市 公安窗口')).toBe('city');
  expect(at('Port, window 3')).toBe('port');
  for (const place of ['3号窗口', '中心3号窗口', '新市政务中心', 'Portal 3', 'centre window 3', ''])
    expect(at(place)).toBeUndefined();
});
