import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCampaignFile } from '../../src/campaign/load.ts';
import { filesIn } from '../../src/campaign-files.ts';
import { packageRoot } from '../../src/package-root.ts';
import { planRoster } from '../../src/roster/plan.ts';
import { readTables } from '../../src/roster/read-table.ts';
import type { Standing } from '../../src/roster/standing.ts';
import { campaignText } from '../conversation/campaign-stage.ts';

const open = filesIn(path.join(packageRoot(), 'campaigns'));
async function standing(name = 'jiaxing-2014', given: Partial<Standing> = {}): Promise<Standing> {
  const read = readCampaignFile(await campaignText(name), { start: '2026-06-22', open });
  if (read.campaign === undefined) throw new Error(JSON.stringify(read.faults));
  return { campaign: read.campaign, people: [], codes: [], owners: new Map(), ...given };
}

/** `表名` and rows of cells parted by commas. */
function plan(before: Standing, tables: Record<string, string>, answers: Record<string, string> = {}) {
  const all = Object.entries(tables).map(([name, text]) => ({
    name,
    rows: text.split('\n').map((line, index) => ({ row: index + 1, cells: line.split(',') })),
  }));
  const { entries, faults } = readTables(all);
  expect(faults).toEqual([]);
  return planRoster(before, entries, answers);
}

const told = (
  faults: { sheet: string | null; row: number | null; column: number | null; sentence: { key: string } }[],
) =>
  faults.map(({ sheet, row, column, sentence }) => [sheet, row, column, sentence.key.replace('roster:', '')]);

describe('units', () => {
  test('windows of the same name in two halls bear their hall’s name, and are found again by it', async () => {
    const before = await standing();
    const tables = {
      单位: '名称,类别,上级\n平湖大厅,大厅,平湖市\n海盐大厅,大厅,海盐县',
      窗口: '名称,大厅\n1号窗口,平湖大厅\n1号窗口,海盐大厅\n咨询台,海盐大厅',
    };
    const first = plan(before, tables);
    expect([told(first.faults), first.questions]).toEqual([[], []]);
    expect(first.units.added.map(({ id, name, parent }) => [id, name, parent])).toEqual([
      ['hall-1', '平湖大厅', 'pinghu'],
      ['hall-2', '海盐大厅', 'haiyan'],
      ['window-1', '平湖大厅1号窗口', 'hall-1'],
      ['window-2', '海盐大厅1号窗口', 'hall-2'],
      ['window-3', '咨询台', 'hall-2'],
    ]);
    const again = plan({ ...before, campaign: first.campaign }, tables);
    expect([again.isEmpty, again.units.same]).toEqual([true, 5]);
    // A third hall with such a window, later.
    const third = plan(
      { ...before, campaign: first.campaign },
      { 单位: '名称,类别\n嘉善大厅,大厅', 窗口: '名称,大厅\n咨询台,嘉善大厅' },
    );
    expect(third.units.added.map(({ name }) => name)).toEqual(['嘉善大厅', '嘉善大厅咨询台']);
  });

  test('an id renames, and the old name still finds it; empty cells change nothing', async () => {
    const before = await standing();
    const first = plan(before, { 地区: '编号,名称,权重,上级\nhaiyan,海盐新区,3,' });
    expect(first.units.changed.map(({ after }) => after)).toMatchObject([{ id: 'haiyan', weight: 3 }]);
    const after = { ...before, campaign: first.campaign };
    expect(plan(after, { 地区: '名称\n海盐县\n海盐新区' })).toMatchObject({ isEmpty: true, faults: [] });
    expect(told(plan(after, { 地区: '名称\n海盐县\n海盐新区' }).notes)).toEqual([['地区', 3, 1, 'row.same']]);
  });

  test('a short form is asked about; the answer is an alias from then on, or another unit', async () => {
    const before = await standing();
    const full = plan(before, { 单位: '名称\n平湖市人力资源和社会保障局' });
    const at = { ...before, campaign: full.campaign };
    const tables = { 单位: '名称\n平湖市人社局' };
    const asked = plan(at, tables);
    expect(asked.questions).toMatchObject([
      { place: { sheet: '单位', row: 2, column: 1 }, options: [{ value: 'unit-1' }, { value: 'new' }] },
    ]);
    const [question] = asked.questions;
    const same = plan(at, tables, { [question?.id ?? '']: 'unit-1' });
    expect([same.questions, same.units.added, same.units.changed[0]?.after.aliases]).toEqual([
      [],
      [],
      ['平湖市人社局'],
    ]);
    expect(plan({ ...at, campaign: same.campaign }, tables).isEmpty).toBe(true);
    const other = plan(at, tables, { [question?.id ?? '']: 'new' });
    expect(other.units.added.map(({ name }) => name)).toEqual(['平湖市人社局']);
    // Two spellings in one file.
    const both = plan(before, { 单位: '名称\n平湖市人力资源和社会保障局\n平湖市人社局' });
    expect(both.questions).toHaveLength(1);
    const one = plan(
      before,
      { 单位: '名称\n平湖市人力资源和社会保障局\n平湖市人社局' },
      { [both.questions[0]?.id ?? '']: 'unit-1' },
    );
    expect([one.units.added.length, one.units.added[0]?.aliases]).toEqual([1, ['平湖市人社局']]);
  });

  test('faults stand where they are', async () => {
    const before = await standing();
    const at = (text: string, sheet = '单位') => told(plan(before, { [sheet]: text }).faults);
    expect(at('名称,编号\n甲局,甲局')).toEqual([['单位', 2, 2, 'unit.bad-id']]);
    expect(at('名称,编号\n海盐县,other')).toEqual([['单位', 2, 2, 'unit.other-id']]);
    expect(at('编号,名称,类别,上级\n甲 1,甲局,小组,火星基地')).toEqual([
      ['单位', 2, 1, 'unit.bad-id'],
      ['单位', 2, 3, 'unit.bad-kind'],
      ['单位', 2, 4, 'unit.unknown'],
    ]);
    expect(at('名称,类别\n甲局,小组')).toEqual([['单位', 2, 2, 'unit.bad-kind']]);
    expect(at('名称,权重\n甲局,0')).toEqual([['单位', 2, 2, 'unit.bad-weight']]);
    expect(at('名称,上级\n甲局,火星基地')).toEqual([['单位', 2, 2, 'unit.unknown']]);
    expect(at('名称,上级\n甲局,甲局')).toEqual([['单位', 2, 2, 'unit.loop']]);
    expect(at('名称,别名\n甲局,平湖市')).toEqual([['单位', 2, 2, 'unit.shared-name']]);
    expect(at('名称,权重\n甲局,1\n甲局,2')).toEqual([['单位', 3, 2, 'row.double']]);
    expect(at('名称\n海盐县', '窗口')).toEqual([['窗口', 2, 1, 'unit.other-kind']]);
    expect(at('名称,别名\n甲局,'.concat(Array.from({ length: 21 }, (_, n) => `别${n}`).join('、')))).toEqual([
      ['单位', 2, 2, 'unit.aliases'],
    ]);
  });
});

describe('people', () => {
  const heading = '称呼,角色,单位,地址';
  const people = async (text: string, given: Partial<Standing> = {}, answers = {}) =>
    plan(await standing('jiaxing-2014', given), { 人员: `${heading}\n${text}` }, answers);
  const known = {
    contactId: 'c1',
    title: '张晓明',
    urns: ['slack:T1/U1'],
    roles: [{ role: 'inspector', unit: 'nanhu' }],
  } as const;
  const there = {
    people: [{ ...known, urns: [...known.urns], roles: [...known.roles] }],
    owners: new Map([
      ['slack:T1/U1', 'c1'],
      ['slack:T1/U9', 'c2'],
    ]),
  };

  test('rows with one address are one person with several roles', async () => {
    const { people: plan_, faults } = await people(
      '张晓明,检查员,南湖区,slack:T1/U1\n张晓明,联络员,南湖区,slack:T1/U1；wechat:wxid_1',
    );
    expect(faults).toEqual([]);
    expect(plan_.steps).toEqual([
      {
        kind: 'person',
        contactId: null,
        title: '张晓明',
        urns: ['slack:T1/U1', 'wechat:wxid_1'],
        roles: [
          { role: 'inspector', unit: 'nanhu' },
          { role: 'liaison', unit: 'nanhu' },
        ],
        retitled: true,
      },
    ]);
  });

  test('whoever is known keeps what they have, and gets what they have not', async () => {
    expect((await people('张晓明,检查员,南湖区,slack:T1/U1', there)).isEmpty).toBe(true);
    expect((await people('张晓明,检查员,南湖区,', there)).isEmpty).toBe(true);
    expect((await people('李四光,检查员,南湖区,slack:T1/U1', there)).people.steps).toMatchObject([
      { contactId: 'c1', retitled: true, urns: [], roles: [] },
    ]);
    expect((await people('张晓明,联络员,南湖区,slack:T1/U1', there)).people.steps).toMatchObject([
      { contactId: 'c1', retitled: false, roles: [{ role: 'liaison', unit: 'nanhu' }] },
    ]);
  });

  test('two spellings, or another address: asked, and remembered for the same words', async () => {
    const asked = await people('张小明,检查员,南湖区,', there);
    expect(asked.questions).toMatchObject([
      { place: { row: 2, column: 1 }, options: [{ value: 'c1', label: '张晓明' }, { value: 'new' }] },
    ]);
    const id = asked.questions[0]?.id ?? '';
    expect((await people('张小明,检查员,南湖区,', there, { [id]: 'c1' })).isEmpty).toBe(true);
    expect((await people('张小明,检查员,南湖区,', there, { [id]: 'new' })).people.steps).toMatchObject([
      { kind: 'code', title: '张小明' },
    ]);
    const other = await people('张晓明,检查员,南湖区,wechat:wxid_7', there);
    const same = await people('张晓明,检查员,南湖区,wechat:wxid_7', there, {
      [other.questions[0]?.id ?? '']: 'c1',
    });
    expect(same.people.steps).toMatchObject([
      { contactId: 'c1', urns: ['wechat:wxid_7'], roles: [], retitled: false },
    ]);
    const inFile = await people('张晓明,检查员,南湖区,\n张晓明（副局长）,检查员,南湖区,');
    expect(inFile.questions).toHaveLength(1);
  });

  test('namesakes and addresses that do not agree are faults', async () => {
    const faults = async (text: string, given = {}) => told((await people(text, given)).faults);
    expect(await faults('张伟,检查员,南湖区,slack:T1/U1\n张伟,检查员,南湖区,slack:T1/U2')).toEqual([
      ['人员', 3, 1, 'person.same-name'],
    ]);
    expect(await faults('张伟,检查员,南湖区,slack:T1/U1\n李娜,检查员,南湖区,slack:T1/U1')).toEqual([
      ['人员', 3, 1, 'person.two-names'],
    ]);
    expect(await faults('张伟,检查员,南湖区,slack:T1/U1；slack:T1/U9', there)).toEqual([
      ['人员', 2, 4, 'person.two-people'],
    ]);
    const twice = await people('张伟,检查员,南湖区,\n张 伟,检查员,南湖区,');
    expect([told(twice.notes), twice.people.steps.length]).toEqual([[['人员', 3, 1, 'row.same']], 1]);
  });

  test('thousands of a unit are planned in a moment', { timeout: 15_000 }, async () => {
    const numbers = Array.from({ length: 10_000 }, (_, at) => at);
    const rows = numbers.map((at) => `第${at}位,检查员,海盐县,${at % 2 === 0 ? '' : `console:p${at}`}`);
    expect((await people(rows.join('\n'))).people.steps).toHaveLength(numbers.length);
  });

  test('a code is made once, and anew when it has run out', async () => {
    const codes = (state: 'open' | 'used' | 'over') => ({
      codes: [{ title: '甲', role: 'liaison' as const, unit: 'haiyan', state }],
    });
    const steps = async (given = {}) => (await people('甲,联络员,海盐县,', given)).people.steps.length;
    expect([
      await steps(),
      await steps(codes('open')),
      await steps(codes('used')),
      await steps(codes('over')),
    ]).toEqual([1, 0, 0, 1]);
  });
});

describe('matters', () => {
  test('are added to the lists of units that take part, once', async () => {
    const before = await standing('mudanjiang-2018');
    const walk = before.campaign.activities.find(({ mode }) => mode === 'walkthrough');
    if (walk?.mode !== 'walkthrough') throw new Error('no walk-through');
    const unit = before.campaign.units.find(({ id }) => id === walk.participants[0]);
    const name = typeof unit?.name === 'string' ? unit.name : unit?.name['zh-CN'];
    const tables = { 事项: `事项,单位,标记\n企业开办,${name},重要、核心\n企业开办,${name},群众反映强烈` };
    const first = plan(before, tables);
    expect(first.faults).toEqual([]);
    expect(first.matters.added).toEqual([
      { unit: unit?.id, name: '企业开办', flags: ['important', 'core', 'complained'] },
    ]);
    expect(plan({ ...before, campaign: first.campaign }, tables).isEmpty).toBe(true);
    expect(told(plan(before, { 事项: `事项,单位,标记\n企业开办,${name},很急` }).faults)).toEqual([
      ['事项', 2, 3, 'matter.bad-flag'],
    ]);
  });

  test('need a walk-through', async () => {
    expect(told(plan(await standing(), { 事项: '事项,单位\n企业开办,南湖区' }).faults)).toEqual([
      ['事项', 2, 1, 'matter.no-walkthrough'],
    ]);
  });
});
