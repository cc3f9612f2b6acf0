import { expect, it } from 'vitest';
import { PostedText, textToInbound } from '../../../src/channels/console/to-inbound.ts';

const at = '2026-06-22T00:00:00.000000Z';
const room = 'console:room/inspection';
const inbound = (text: string, more: object = {}) =>
  textToInbound(PostedText.parse({ id: 'abcdefgh', as: 'console:citizen', text, ...more }), at);

// As typed in a room, without the tick; what is left of it; whether it was said to the bot; whether it is a command.
it.each([
  ['状态', '状态', false, false],
  ['@bot 状态', '状态', true, false],
  ['@督办 状态', '状态', true, false],
  ['@督办状态', '状态', true, false],
  ['＠督办：状态', '状态', true, false],
  ['@机器人，催办', '催办', true, false],
  ['@Duban status', 'status', true, false],
  ['@BOT', '', true, false],
  ['你好 @bot 状态', '你好 状态', true, false],
  ['状态 @督办', '状态', true, false],
  ['@bot\u2005状态', '状态', true, false],
  ['@bottom 状态', '@bottom 状态', false, false],
  ['@督办员 你好', '@督办员 你好', false, false],
  ['@督办组 你好', '@督办组 你好', false, false],
  ['mail a@bot.example', 'mail a@bot.example', false, false],
  ['@所有人 状态', '@所有人 状态', false, false],
  ['/duban status', 'status', true, true],
  ['／duban 状态', '状态', true, true],
  ['  /DUBAN   invite inspector 南湖', 'invite inspector 南湖', true, true],
  ['/duban', '', true, true],
  ['@督办 /duban status', 'status', true, true],
  ['/dubanx', '/dubanx', false, false],
  ['说 /duban status', '说 /duban status', false, false],
  ['  两边 有空格  ', '  两边 有空格  ', false, false],
])('reads %j', (typed, text, addressed, slash) => {
  expect(inbound(typed, { room })).toMatchObject({ room, text, addressed, slash });
});

it('takes everything in a private chat as said to the bot', () => {
  const { room: none, ...rest } = inbound('状态');
  expect(none).toBeUndefined();
  expect(rest).toEqual({
    channel: 'console',
    account: 'console',
    externalId: 'console:citizen/abcdefgh',
    urn: 'console:citizen',
    kind: 'text',
    text: '状态',
    addressed: true,
    slash: false,
    files: [],
    sentAt: at,
  });
});

it('reads no command and no mention into the wording of a tapped option', () => {
  const press = { target: 'session:1', question: 'q', options: ['a'] };
  expect(inbound('/duban @bot', { room, press })).toMatchObject({
    text: '/duban @bot',
    slash: false,
    addressed: true,
    press,
  });
});

it('replaces what Postgres cannot keep, and nothing else', () => {
  expect(inbound('a\u0000b\u0007\u202E🧑‍🤝‍🧑').text).toBe('a\uFFFDb\u0007\u202E🧑‍🤝‍🧑');
});
