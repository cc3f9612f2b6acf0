import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Post } from '../../../src/channels/channel.ts';
import { textOnly, toMessage } from '../../../src/channels/slack/to-message.ts';
import { blockFaults } from './block-limits.ts';
import { type SentBlock, shownText } from './press.ts';

const post = (text: string, more: Partial<Post> = {}): Post => ({ text, files: [], ...more });
const ask = (labels: string[], more: Partial<NonNullable<Post['ask']>> = {}): Partial<Post> => ({
  ask: {
    target: 'session:1',
    question: 'q',
    options: labels.map((label, index) => ({ id: `o${index}`, label })),
    many: false,
    numbered: true,
    ...more,
  },
});
const blocksOf = (given: Post) => JSON.parse(JSON.stringify(toMessage(given).blocks ?? [])) as SentBlock[];

describe('a text is shown letter by letter', () => {
  test.each([
    '好的，谢谢！',
    'two\nlines\n\nand a gap',
    '*not bold* _nor italic_ ~x~ `y` > quote',
    ':tada: 10:30:00',
    '<!channel> <!here|here> <@U123> <#C1|x> <https://evil.example|click>',
    '@here @channel @所有人',
    '&lt; &amp; <b>',
    `'; DROP TABLE answers; -- =cmd('x')`,
    'مرحبا 👨‍👩‍👧 é',
  ])('%j', (text) => {
    expect(shownText(blocksOf(post(text)))).toBe(text);
  });

  test('but for what nobody sees and what spoils the rest of the line', () => {
    expect(shownText(blocksOf(post('a\u0000b\u001b[31m \u202eltr\u2066 \ud800 end\r\nnext')))).toBe(
      'ab[31m ltr \ufffd end\nnext',
    );
  });
});

test('nothing that Slack would act on is in the notice', () => {
  const { text } = toMessage(post('<!channel> & <@U123>', ask(['<!here>', 'b'])));
  expect(text).toBe('&lt;!channel&gt; &amp; &lt;@U123&gt;\n1. &lt;!here&gt;\n2. b');
});

test('addresses written out become links, without the punctuation after them', () => {
  const [block] = blocksOf(post('请打开 https://duban.example.org/s/1?x=2。或 http://a.example/b).'));
  expect(block?.elements?.[0]?.elements).toEqual([
    { type: 'text', text: '请打开 ' },
    { type: 'link', url: 'https://duban.example.org/s/1?x=2' },
    { type: 'text', text: '。或 ' },
    { type: 'link', url: 'http://a.example/b' },
    { type: 'text', text: ').' },
  ]);
});

describe('the person spoken to', () => {
  test('is mentioned in front', () => {
    const given = post('请回答', { mention: 'slack:T1/U1' });
    expect(toMessage(given).text).toBe('<@U1> 请回答');
    expect(blocksOf(given)[0]?.elements?.[0]?.elements?.[0]).toEqual({ type: 'user', user_id: 'U1' });
  });

  test.each(['slack:T1/C1', 'slack:T1/!channel', 'wechat:wxid_1', 'slack:T1/U1|x'])(
    '%s is nobody',
    (mention) => {
      const given = post('请回答', { mention });
      expect(toMessage(given).text).toBe('请回答');
      expect(shownText(blocksOf(given))).toBe('请回答');
    },
  );
});

describe('options', () => {
  test('are numbered in the notice, and not said twice in the message', () => {
    const given = post('满意吗？', ask(['是', '否']));
    expect(toMessage(given).text).toBe('满意吗？\n1. 是\n2. 否');
    expect(shownText(blocksOf(given))).toBe('满意吗？');
  });

  test('are listed in full when a label is cut', () => {
    const long = '长'.repeat(80);
    expect(shownText(blocksOf(post('选一个', ask([long, '短']))))).toBe(`选一个\n1. ${long}\n2. 短`);
  });

  test('are listed when Slack can hold no more of them', () => {
    const given = post('选一个', ask(Array.from({ length: 101 }, (_, index) => `第${index + 1}项`)));
    expect(shownText(blocksOf(given))).toContain('\n101. 第101项');
  });

  test('alone make a message too', () => {
    expect(toMessage(post('', ask(['是']))).text).toBe('1. 是');
  });
});

describe('a long text', () => {
  const long = `${'评语很长。'.repeat(20)}\n`.repeat(100);

  test('up to 6,000 characters goes in blocks, cut between lines, nothing lost', () => {
    const text = long.slice(0, 5_900);
    const blocks = blocksOf(post(text));
    expect(blocks).toHaveLength(2);
    expect(blocks.map((block) => shownText([block])).join('')).toBe(text);
  });

  test('of 10,000 characters goes as text, in full, with the options', () => {
    const given = post(long.slice(0, 10_000), ask(['是', '否']));
    expect(toMessage(given).blocks).toBeUndefined();
    expect(toMessage(given).text).toBe(`${long.slice(0, 10_000)}\n1. 是\n2. 否`);
  });

  test('beyond what Slack holds is cut with a mark', () => {
    const { text } = toMessage(post('长'.repeat(50_000)));
    expect(text.length).toBeLessThanOrEqual(39_000);
    expect(text.endsWith('…')).toBe(true);
  });

  test('is never cut inside a character', () => {
    for (const lead of ['', 'a']) {
      const text = lead + '👍'.repeat(2_500);
      expect(
        blocksOf(post(text))
          .map((block) => shownText([block]))
          .join(''),
      ).toBe(text);
      // encodeURIComponent throws at half a character.
      expect(() => encodeURIComponent(toMessage(post(lead + '👍'.repeat(20_000))).text)).not.toThrow();
    }
  });
});

test('as text only, everything is there and means nothing to Slack', () => {
  expect(textOnly(post('<!here> 选', { ...ask(['<@U1>', '否']), mention: 'slack:T1/U7' }))).toEqual({
    text: '<@U7> &lt;!here&gt; 选\n1. &lt;@U1&gt;\n2. 否',
  });
});

test('whatever is said, the message keeps within the limits of Slack and mentions nobody else', () => {
  const wild = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.constantFrom('<!channel>', '<@U1>', '@here', '&lt;!here&gt;', '<https://x|y>', '\ud800', '\u202e'),
    fc.nat(9_000).map((length) => '字'.repeat(length)),
  );
  const given = fc.record({
    text: fc.array(wild, { maxLength: 4 }).map((parts) => parts.join(' ')),
    labels: fc.array(wild, { maxLength: 30 }),
    many: fc.boolean(),
  });
  fc.assert(
    fc.property(given, ({ text, labels, many }) => {
      const message = toMessage(post(text, labels.length === 0 ? {} : ask(labels, { many })));
      const blocks = JSON.parse(JSON.stringify(message.blocks ?? [])) as SentBlock[];
      expect(blockFaults(blocks)).toEqual([]);
      expect(message.text).not.toMatch(/[<>]/);
      expect(message.text.length).toBeLessThanOrEqual(message.blocks === undefined ? 40_000 * 5 : 4_000);
      expect(JSON.stringify(blocks)).not.toMatch(/"type":"(user|broadcast|channel|mrkdwn|usergroup)"/);
    }),
    { numRuns: 300 },
  );
});
