import { describe, expect, test } from 'vitest';
import type { Post } from '../../../src/channels/channel.ts';
import { toInbound } from '../../../src/channels/slack/to-inbound.ts';
import { toMessage } from '../../../src/channels/slack/to-message.ts';
import { labels, type SentBlock } from './press.ts';
import { pressBody } from './requests.ts';

const self = { team: 'T1', user: 'U0BOT' };

function asked(options: [string, string][], more: Partial<NonNullable<Post['ask']>> = {}): SentBlock[] {
  const ask = {
    target: 'session:0b7e/1',
    question: 'service-attitude',
    options: options.map(([id, label]) => ({ id, label })),
    many: false,
    numbered: true,
    ...more,
  };
  const { blocks } = toMessage({ text: '服务态度如何？', ask, files: [] });
  return JSON.parse(JSON.stringify(blocks)) as SentBlock[];
}

function press(blocks: SentBlock[], choose: string[], channel = 'C1') {
  const given = { user: 'U1', channel, message: { ts: '1.1', blocks }, choose, trigger: 'tr.1' };
  return toInbound(pressBody({ team: 'T1' }, given), self, '2026-06-22T08:00:00.000Z');
}

const many = (count: number): [string, string][] =>
  Array.from({ length: count }, (_, index) => [`o${index + 1}`, `选项${index + 1}`]);

describe('comes back as it was asked, whatever draws it', () => {
  test.each([
    ['buttons', many(2), false, ['选项2'], ['o2']],
    ['buttons', many(5), false, ['选项5'], ['o5']],
    ['static_select', many(6), false, ['选项6'], ['o6']],
    ['static_select', many(20), false, ['选项1'], ['o1']],
    ['checkboxes', many(2), true, ['选项1', '选项2'], ['o1', 'o2']],
    ['checkboxes', many(10), true, ['选项3'], ['o3']],
    ['multi_static_select', many(11), true, ['选项3', '选项11'], ['o3', 'o11']],
    ['checkboxes', many(3), true, [], []],
  ])('%s', (_kind, options, several, choose, ids) => {
    const inbound = press(asked(options, { many: several }), choose);
    expect(inbound).toMatchObject({
      externalId: 'slack:act:T1/tr.1',
      urn: 'slack:T1/U1',
      room: 'slack:T1/C1',
      kind: 'text',
      text: choose.join('、'),
      addressed: true,
      slash: false,
      press: { target: 'session:0b7e/1', question: 'service-attitude', options: ids },
    });
  });

  test('labels with what Slack escapes, and targets with what we separate by', () => {
    const blocks = asked([['yes', '<!channel> & 是']], { target: 'command:a/b:c', question: 'x/y:z 中' });
    expect(press(blocks, ['yes'])).toMatchObject({
      text: '<!channel> & 是',
      press: { target: 'command:a/b:c', question: 'x/y:z 中', options: ['yes'] },
    });
  });

  test('in private without a room', () => {
    expect(press(asked(many(2)), ['选项1'], 'D1')).not.toHaveProperty('room');
  });
});

describe('is drawn as the number of options allows', () => {
  const kinds = (blocks: SentBlock[]) =>
    blocks
      .flatMap((block) => [...(block.elements ?? []), ...(block.accessory ? [block.accessory] : [])])
      .map((element) => element.type)
      .filter((type) => type !== 'rich_text_section');

  test.each([
    [many(1), false, ['button']],
    [many(5), false, Array(5).fill('button')],
    [many(6), false, ['static_select']],
    [many(100), false, ['static_select']],
    [many(101), false, []],
    [many(10), true, ['checkboxes', 'button']],
    [many(11), true, ['multi_static_select', 'button']],
    [[], false, []],
  ] as [[string, string][], boolean, string[]][])('%#', (options, several, expected) => {
    expect(kinds(asked(options, { many: several }))).toEqual(expected);
  });

  test('without things to tap when target and question are too long for Slack', () => {
    expect(kinds(asked(many(2), { target: `session:${'中'.repeat(100)}` }))).toEqual([]);
  });

  test('with the given word on the button that sends', () => {
    expect(labels(asked(many(2), { many: true, send: '提交' }))).toEqual(['选项1', '选项2', '提交']);
  });

  test('with labels Slack takes: cut at 75, never empty', () => {
    const [cut, empty] = labels(
      asked([
        ['long', '长'.repeat(200)],
        ['none', ' '],
      ]),
    );
    expect(cut).toBe(`${'长'.repeat(74)}…`);
    expect(empty).toBe('none');
  });
});
