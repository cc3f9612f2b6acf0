import { describe, expect, test } from 'vitest';
import { factsOf } from '../../src/conversation/found-facts.ts';
import { Flow } from '../../src/flow/definition.ts';
import type { Values } from '../../src/flow/value.ts';
import { visit } from '../commands/visit.ts';
import { cast, stage } from '../conversation/stage.ts';
import { openHouse } from '../web/desk/house.ts';
import { wordsOf } from '../web/survey/house.ts';

const { coordinator, inspector, liaison } = cast;

const flow = Flow.parse({
  id: 'list',
  title: 'List',
  questions: [
    { id: 'post', type: 'choice', label: 'Posts?', options: 'yes-no', expect: { is: 'yes' } },
    { id: 'tidy', type: 'choice', label: 'Tidy?', options: 'yes-no', expect: { is: 'yes' } },
    {
      id: 'share',
      type: 'number',
      unit: 'percent',
      counts: { of: 'matters', done: 'done' },
      label: 'Share?',
      expect: { atLeast: 90 },
    },
    { id: 'citizens', type: 'level', label: 'What do citizens say?', expect: { atLeast: 3 } },
    { id: 'own', type: 'level', label: 'What do you say?', expect: { atLeast: 3 } },
    {
      id: 'citizens-why',
      type: 'text',
      label: 'Why do they?',
      relevant: { question: 'citizens', atMost: 2 },
    },
    {
      id: 'why',
      type: 'text',
      label: 'What is wrong?',
      title: 'Wrong',
      relevant: { any: [{ question: 'post', is: 'no' }, { not: { question: 'tidy', is: 'yes' } }] },
    },
    { id: 'remark', type: 'text', label: 'Anything else?' },
  ],
});

describe('what was answered where a problem was found', () => {
  const no = { list: [{ 'zh-CN': '否', en: 'No' }] };
  test.each<[string, string, Values, [string, unknown][]]>([
    [
      'with its follow-up',
      'post',
      { post: 'no', why: 'nobody at 9', remark: 'rain' },
      [
        ['Posts', no],
        ['Wrong', 'nobody at 9'],
      ],
    ],
    [
      'of one follow-up to several',
      'tidy',
      { tidy: 'no', why: 'dust' },
      [
        ['Tidy', no],
        ['Wrong', 'dust'],
      ],
    ],
    ['that is not asked any more', 'tidy', { post: 'yes', tidy: 'yes', why: 'dust' }, []],
    [
      'with the counts',
      'share',
      { share: { done: 16, of: 20, percent: 80 } },
      [['Share', { key: 'flow:share', params: { done: 16, of: 20, percent: 80 } }]],
    ],
    ['of one citizen: never', 'citizens', { citizens: 1, 'citizens-why': 'rude' }, []],
    ['of the inspector', 'own', { own: 1 }, [['What do you say', { list: [{ key: 'flow:level.1' }] }]]],
    ['that is good', 'post', { post: 'yes' }, []],
    ['that is not there', 'post', {}, []],
    ['to a question that is not there', 'gone', { post: 'no' }, []],
  ])('%s', (_, id, values, facts) =>
    expect(factsOf(flow, id, values).map(({ label, answer }) => [label, answer])).toEqual(facts),
  );
});

test('a problem is told with what was answered, to coordinators and in the order to the unit; its parts too', async () => {
  const talk = await stage();
  await visit(talk, inspector, {
    name: '不动产登记窗口',
    accepted: '20项中16项',
    onPost: false,
    citizens: 4,
  });
  const shown = async (number: number, who: string = coordinator) =>
    (await talk.says(who, `问题 ${number}`))[0]?.text ?? '';
  expect(await shown(1)).toContain('既受理又办理的事项占比：80%（16/20）\n');
  expect(await shown(2)).toContain(
    '在岗和AB岗制度：缺岗或未执行\n缺岗或未执行的情况：窗口没有人\n地点：不动产登记窗口',
  );
  // One citizen's opinion is not told again.
  expect(await shown(3)).toContain('评价为差评');
  expect(await shown(3)).not.toContain('非常不满意');

  const ordered = (await talk.says(coordinator, '整改 1 7月31日')).filter(({ to }) => to === liaison);
  expect(ordered[0]?.text).toContain('既受理又办理的事项占比：80%（16/20）');
  expect(await shown(1, liaison)).toContain('80%（16/20）');

  for (const words of ['拆分 2 缺岗；未执行AB岗', '确认', '拆分 4 上午缺岗；下午缺岗', '确认'])
    await talk.says(coordinator, words);
  for (const part of [5, 6]) {
    expect(await shown(part)).toContain('缺岗或未执行的情况：窗口没有人');
    expect(await shown(part)).toContain('地点：不动产登记窗口');
  }
});

test('the page of a problem says what was answered', async () => {
  const house = await openHouse({});
  await visit(house, inspector, { onPost: false });
  const page = await (await house.as(coordinator)).get('/desk/c/jiaxing-2014/findings/1');
  expect(wordsOf(page)).toContain('在岗和AB岗制度 缺岗或未执行 缺岗或未执行的情况 窗口没有人');
});
