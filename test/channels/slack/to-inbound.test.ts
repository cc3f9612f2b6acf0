import { describe, expect, test } from 'vitest';
import type { Inbound } from '../../../src/channels/channel.ts';
import { toInbound } from '../../../src/channels/slack/to-inbound.ts';
import { commandFields, eventBody, messageEvent, type SaidMessage } from './requests.ts';

const self = { team: 'T1', user: 'U0BOT' };
const sending = { team: 'T1', bot: 'U0BOT' };
const receivedAt = '2026-06-22T08:00:00.500Z';
const ts = '1782115200.000123';
const read = (body: unknown) => toInbound(body, self, receivedAt);
const said = (message: Partial<SaidMessage>) =>
  read(eventBody(sending, messageEvent({ user: 'U1', channel: 'C1', ts, ...message })));
const photo = {
  id: 'F1',
  name: 'a.jpg',
  mimetype: 'image/jpeg',
  size: 9,
  url_private_download: 'https://files.slack.com/a',
};

describe('what is said', () => {
  const cases: [string, Partial<SaidMessage>, Partial<Inbound>][] = [
    ['in a room', { text: '好的' }, { room: 'slack:T1/C1', addressed: false, text: '好的', kind: 'text' }],
    ['in a private channel', { channel: 'G1', text: '好' }, { room: 'slack:T1/G1', addressed: false }],
    ['with a mention', { text: '<@U0BOT> 状态' }, { addressed: true, text: '状态' }],
    ['with the mention of somebody else', { text: '<@U9> 状态' }, { addressed: false, text: '@U9 状态' }],
    ['as app_mention', { text: '<@U0BOT> 状态', mention: true }, { addressed: true, text: '状态' }],
    ['under our message', { text: '是', thread: { ts: '1.1', user: 'U0BOT' } }, { addressed: true }],
    ['under another message', { text: '是', thread: { ts: '1.1', user: 'U9' } }, { addressed: false }],
    ['to the channel as well', { text: '是', more: { subtype: 'thread_broadcast' } }, { text: '是' }],
    ['with /me', { text: '到了', more: { subtype: 'me_message' } }, { text: '到了' }],
    ['from Enterprise Grid', { user: 'W77', text: 'x' }, { urn: 'slack:T1/W77' }],
    ['with a photo', { text: '证据', files: [photo] }, { kind: 'media', text: '证据' }],
    ['with a photo only', { files: [photo] }, { kind: 'media', text: '' }],
    ['with a video', { files: [{ ...photo, mimetype: 'video/mp4' }] }, { kind: 'media' }],
    ['by voice', { files: [{ ...photo, mimetype: 'audio/webm' }] }, { kind: 'voice' }],
    [
      'by a voice clip',
      { files: [{ ...photo, mimetype: 'video/mp4', subtype: 'slack_audio' }] },
      { kind: 'voice' },
    ],
    ['with a document', { files: [{ ...photo, mimetype: 'application/pdf' }] }, { kind: 'binary' }],
    [
      'with a document and a photo',
      { files: [{ ...photo, mimetype: 'text/plain' }, photo] },
      { kind: 'media' },
    ],
    ['with a deleted file', { files: [{ id: 'F1', mode: 'tombstone' }] }, { kind: 'binary', files: [] }],
    ['by forwarding', { more: { attachments: [{ is_share: true, text: 'x' }] } }, { kind: 'forwarded' }],
    ['with nothing in it', {}, { kind: 'other', text: '' }],
    [
      'with an unfurled link',
      { text: 'x', more: { attachments: [{ from_url: 'https://x' }] } },
      { kind: 'text' },
    ],
  ];
  test.each(cases)('%s', (_what, message, expected) => {
    expect(said(message)).toMatchObject({
      channel: 'slack',
      account: 'slack:T1',
      externalId: `slack:T1/${message.channel ?? 'C1'}/${ts}`,
      slash: false,
      sentAt: '2026-06-22T08:00:00.000123Z',
      ...expected,
    });
  });

  test('in private has no room and is addressed', () => {
    const inbound = said({ channel: 'D1', text: '收到' });
    expect(inbound).toMatchObject({ addressed: true, urn: 'slack:T1/U1', externalId: `slack:T1/D1/${ts}` });
    expect(inbound).not.toHaveProperty('room');
  });

  test('comes under our own workspace, also from a shared channel', () => {
    const body = {
      ...eventBody(sending, messageEvent({ user: 'U1', channel: 'C1', ts, text: 'x' })),
      team_id: 'T9',
    };
    expect(read(body)).toMatchObject({ account: 'slack:T1', urn: 'slack:T1/U1' });
  });
});

describe('a file', () => {
  test.each([
    [photo, { name: 'a.jpg', mime: 'image/jpeg', size: 9, source: { ref: 'https://files.slack.com/a' } }],
    [
      { id: 'F2', url_private: 'https://files.slack.com/b' },
      { mime: 'application/octet-stream', source: { ref: 'https://files.slack.com/b' } },
    ],
    // As in a channel shared with another organisation.
    [{ id: 'F3', mode: 'file_access', file_access: 'check_file_info' }, { source: { ref: 'F3' } }],
  ])('%j', (file, expected) => {
    expect(said({ files: [file] })?.files).toMatchObject([expected]);
  });
});

test.each<[string, Partial<SaidMessage>]>([
  ['an edit', { more: { subtype: 'message_changed', message: { text: 'new' } } }],
  ['a deletion', { more: { subtype: 'message_deleted', deleted_ts: '1.1' } }],
  ['a hidden one', { more: { hidden: true } }],
  ['another bot', { more: { bot_id: 'B9' } }],
  ['another bot, old style', { more: { subtype: 'bot_message', user: undefined } }],
  ['ourselves', { user: 'U0BOT' }],
  ['Slackbot', { user: 'USLACKBOT' }],
  ['a join', { more: { subtype: 'channel_join' } }],
  ['a new topic', { more: { subtype: 'channel_topic' } }],
  ['a mention whose file comes with the message event', { mention: true, more: { upload: true } }],
  [
    'a mention with a file in its blocks alone',
    { mention: true, more: { blocks: [{ type: 'rich_text', elements: [{ type: 'file', file_id: 'F1' }] }] } },
  ],
])('%s is no message', (_what, message) => {
  expect(said({ text: 'x', ...message })).toBeUndefined();
});

test.each([
  [undefined],
  [null],
  ['text'],
  [{}],
  [{ type: 'event_callback', event: { type: 'reaction_added', user: 'U1' } }],
  [{ type: 'app_rate_limited', team_id: 'T1' }],
  [{ type: 'view_submission' }],
])('%j is no message', (body) => {
  expect(read(body)).toBeUndefined();
});

test.each([
  [eventBody(sending, messageEvent({ user: 'U1', channel: 'C1', ts: 'soon' }))],
  [eventBody(sending, messageEvent({ user: 'U1', channel: 'C 1' }))],
  [{ type: 'block_actions' }],
  [{ command: 'duban' }],
])('%j of a shape we do not know is a fault', (body) => {
  expect(() => read(body)).toThrow();
});

describe('a slash command', () => {
  test.each([
    ['status', 'status'],
    ['  invite inspector 一科 ', 'invite inspector 一科'],
    ['a &lt;b&gt;', 'a <b>'],
    ['', ''],
  ])('%j', (text, expected) => {
    expect(read(commandFields(sending, { user: 'U1', channel: 'C1', text, trigger: '1.2.x' }))).toEqual({
      channel: 'slack',
      account: 'slack:T1',
      externalId: 'slack:cmd:1.2.x',
      urn: 'slack:T1/U1',
      room: 'slack:T1/C1',
      kind: 'text',
      text: expected,
      addressed: true,
      slash: true,
      files: [],
      sentAt: receivedAt,
    });
  });

  test('in private has no room', () => {
    expect(read(commandFields(sending, { user: 'U1', channel: 'D1', text: 'help' }))).not.toHaveProperty(
      'room',
    );
  });
});
