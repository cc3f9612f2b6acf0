import { expect, test } from 'vitest';
import { plainText } from '../../../src/channels/slack/plain-text.ts';

const bot = 'U0BOT';

test.each([
  ['状态', '状态'],
  ['<@U0BOT> 状态', '状态'],
  ['<@U0BOT|duban>： 状态', '状态'],
  ['  <@U0BOT>,status', 'status'],
  ['please <@U0BOT> status', 'please status'],
  ['谢谢<@U0BOT>', '谢谢'],
  ['<@U0BOT>', ''],
  ['<@U0BOT> <@U0BOT> help', 'help'],
  ['<@U123> 请看', '@U123 请看'],
  ['<@U123|li.si> 请看', '@li.si 请看'],
  ['<@W123>', '@W123'],
  ['see <#C1|office>', 'see #office'],
  ['see <#C1|>', 'see #C1'],
  ['see <#C1>', 'see #C1'],
  ['<!channel> <!here> <!everyone>', '@channel @here @everyone'],
  ['<!subteam^S1|@leaders>', '@leaders'],
  ['<!date^1392734382^{date}|Feb 18>', 'Feb 18'],
  ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
  ['&amp;lt;', '&lt;'],
  ['&lt;!channel&gt;', '<!channel>'],
  ['&lt;@U123&gt; typed', '<@U123> typed'],
  ['&nbsp; stays', '&nbsp; stays'],
  ['<http://example.com|example.com>', 'example.com'],
  ['<https://example.com/a?b=1&amp;c=2>', 'https://example.com/a?b=1&c=2'],
  ['<https://example.com/|点这里>', '点这里 (https://example.com/)'],
  ['<mailto:a@example.com|a@example.com>', 'a@example.com'],
  ['<tel:12345|12345>', '12345'],
  ['a <b> c', 'a <b> c'],
  ['x < y > z', 'x < y > z'],
  ['line one\nline two', 'line one\nline two'],
  ['10:30:20', '10:30:20'],
  [`'; DROP TABLE x; --`, `'; DROP TABLE x; --`],
  ['مرحبا بالعالم', 'مرحبا بالعالم'],
])('%j reads %j', (raw, typed) => {
  expect(plainText(raw, bot)).toBe(typed);
});

const rich = (...elements: unknown[]) => [
  { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] },
];

test.each([
  [':+1: 很满意', rich({ type: 'emoji', name: '+1', unicode: '1f44d' }), '👍 很满意'],
  [
    '好:+1::skin-tone-2:',
    rich({ type: 'emoji', name: '+1', unicode: '1f44d-1f3fb', skin_tone: 2 }),
    '好👍🏻',
  ],
  [
    ':family: 10:30',
    rich({ type: 'emoji', name: 'family', unicode: '1f468-200d-1f469-200d-1f467' }),
    '👨‍👩‍👧 10:30',
  ],
  [':our-logo:', rich({ type: 'emoji', name: 'our-logo', url: 'https://example.com/x.png' }), ':our-logo:'],
  [':x:', rich({ type: 'emoji', name: 'x', unicode: 'ffffff' }), ':x:'],
  [':x: typed', rich({ type: 'text', text: ':x: typed' }), ':x: typed'],
  [':+1:', undefined, ':+1:'],
])('%j with its rich text reads %j', (raw, blocks, typed) => {
  expect(plainText(raw, bot, blocks)).toBe(typed);
});
