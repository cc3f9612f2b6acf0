import { describe, expect, it } from 'vitest';
import { types } from 'wechaty-puppet';
import type { Inbound } from '../../../src/channels/channel.ts';
import type { Message } from '../../../src/channels/wechat/puppet.ts';
import { type Surroundings, toInbound } from '../../../src/channels/wechat/to-inbound.ts';

const surroundings: Surroundings = {
  account: 'wechat:3f1c0a9d22b7',
  self: { id: 'wxid_bot', names: ['督办小助手', '督办'] },
  sentAt: '2026-06-22T00:00:00.000000Z',
};
const dashes = '- - - - - - - - - - - - - - -';

function message(parts: Partial<Message> & { mentionIdList?: string[] }): Message {
  return {
    id: 'm1',
    talkerId: 'wxid_first',
    listenerId: 'wxid_bot',
    timestamp: 1_782_086_400,
    type: types.Message.Text,
    ...parts,
  } as Message;
}
const inRoom = (text: string, mentionIdList: string[] = []) =>
  message({ text, roomId: '1@chatroom', mentionIdList });
const inbound = (from: Message, more: Partial<Surroundings> = {}) =>
  toInbound(from, { ...surroundings, ...more });

describe('a text', () => {
  it('in private is for us, exactly as typed', () => {
    expect(inbound(message({ text: ' @督办 在吗\u2005 ' }))).toEqual({
      channel: 'wechat',
      account: 'wechat:3f1c0a9d22b7',
      externalId: 'wechat:3f1c0a9d22b7/m1',
      urn: 'wechat:wxid_first',
      kind: 'text',
      text: ' @督办 在吗\u2005 ',
      addressed: true,
      slash: false,
      files: [],
      sentAt: '2026-06-22T00:00:00.000000Z',
    } satisfies Inbound);
  });

  it('keeps odd ids as they are', () => {
    const odd = inbound(message({ talkerId: '@a/b:c 1', roomId: '@@d/e', text: '好' }));
    expect([odd?.urn, odd?.room]).toEqual(['wechat:@a/b:c 1', 'wechat:@@d/e']);
  });

  const bot = ['wxid_bot'];
  it.each<[said: string, mentioned: string[], text: string, addressed: boolean]>([
    ['状态', [], '状态', false],
    ['@督办\u2005状态', bot, '状态', true],
    ['@督办小助手\u2005状态', bot, '状态', true],
    ['@督办 状态', [], '状态', true],
    ['@督办', bot, '', true],
    ['请看 @督办\u2005', bot, '请看', true],
    ['@督办，状态', [], '状态', true],
    ['＠督办　状态', [], '状态', true],
    ['@督办\u2005@检查员乙\u2005请核实', ['wxid_bot', 'wxid_second'], '@检查员乙\u2005请核实', true],
    // Another one whose name begins alike.
    ['@督办员老张\u2005请核实', ['wxid_other'], '@督办员老张\u2005请核实', false],
    // The list names the bot, the text calls it something unknown here.
    ['@旧名字\u2005状态', bot, '状态', true],
    ['@甲\u2005@旧 名字\u2005状态', ['wxid_first', 'wxid_bot'], '@甲\u2005状态', true],
    ['大家好', bot, '大家好', true],
    // Everybody: several puppets list each member then.
    ['@所有人 明天检查', ['wxid_first', 'wxid_bot'], '@所有人 明天检查', false],
    ['@all\u2005meeting', bot, '@all\u2005meeting', false],
    ['@所有人\u2005@督办\u2005状态', bot, '@所有人\u2005状态', true],
    ['someone@督办.cn', [], 'someone@督办.cn', false],
  ])('in a room: %j mentioning %j', (said, mentioned, text, addressed) => {
    expect(inbound(inRoom(said, mentioned))).toMatchObject({ room: 'wechat:1@chatroom', text, addressed });
  });

  it('does not take a name apart that looks like a pattern', () => {
    const self = { id: 'wxid_bot', names: ['(督.办)*'] };
    expect(inbound(inRoom('@(督.办)*\u2005状态'), { self })).toMatchObject({ text: '状态', addressed: true });
    expect(inbound(inRoom('@督x办 状态'), { self })).toMatchObject({ addressed: false });
  });

  it.each<[said: string, text: string, slash: boolean]>([
    ['/duban status', 'status', true],
    ['／duban　状态', '状态', true],
    [' /DUBAN invite inspector 南湖区 ', 'invite inspector 南湖区', true],
    ['/duban', '', true],
    ['/dubans status', '/dubans status', false],
    ['see /duban status', 'see /duban status', false],
  ])('is a command when it begins with /duban: %j', (said, text, slash) => {
    expect(inbound(message({ text: said }))).toMatchObject({ kind: 'text', text, slash });
    expect(inbound(inRoom(`@督办\u2005${said}`))).toMatchObject({ slash });
    expect(inbound(inRoom(said))).toMatchObject({ slash, addressed: slash });
  });
});

describe('a quoting message', () => {
  const body = (title: string, refers: string) =>
    `<?xml version="1.0"?>\n<msg><appmsg appid="" sdkver="0"><title>${title}</title><des /><type>57</type>` +
    `<refermsg><type>1</type>${refers}<content>第2题</content></refermsg></appmsg></msg>`;
  it.each<[what: string, said: string, text: string, addressed: boolean]>([
    ['ours', `「督办：第2题：窗口是否整洁？」\n${dashes}\n是`, '是', true],
    ['ours by its other name', `「督办小助手：第2题」\n${dashes}\n90`, '90', true],
    ["somebody else's", `「检查员乙：今天去哪」\n${dashes}\n去南湖`, '去南湖', false],
    ['a quoting one', `「督办：「检查员乙：是」\n${dashes}\n否」\n${dashes}\n改成是`, '改成是', true],
    ['several lines', `「督办：1. 是\n2. 否」\n${dashes}\n第一行\n第二行`, '第一行\n第二行', true],
    ['with a mention too', `「检查员乙：好」\n${dashes}\n@督办\u2005状态`, '状态', true],
    ['with a command', `「检查员乙：好」\n${dashes}\n/duban status`, 'status', true],
    ['an empty reply', `「督办：好」\n${dashes}\n`, '', true],
    ['something that only looks like a body', '<msg> 是什么', '<msg> 是什么', false],
    ['no quote at all', '「督办」说得对', '「督办」说得对', false],
    [
      'a body, by id',
      body('是 &amp; 否', '<fromusr>1@chatroom</fromusr><chatusr>wxid_bot</chatusr>'),
      '是 & 否',
      true,
    ],
    ['a body, of another', body('是', '<fromusr>1@chatroom</fromusr><chatusr>wxid_x</chatusr>'), '是', false],
    [
      'a body, by name',
      body('<![CDATA[是]]>', '<fromusr></fromusr><displayname>督办</displayname>'),
      '是',
      true,
    ],
  ])('%s', (_, said, text, addressed) => {
    expect(inbound(inRoom(said))).toMatchObject({ kind: 'text', text, addressed });
  });

  it('is found in a message of a type that the puppet does not know', () => {
    const said = body('是', '<fromusr>1@chatroom</fromusr><chatusr>wxid_bot</chatusr>');
    const unknown = { ...inRoom(said), type: types.Message.Unknown };
    expect(inbound(unknown)).toMatchObject({ kind: 'text', text: '是', addressed: true });
  });
});

describe('other kinds', () => {
  const Type = types.Message;
  it.each<[type: keyof typeof Type, kind: Inbound['kind']]>([
    ['Image', 'media'],
    ['Video', 'media'],
    ['Attachment', 'binary'],
    ['Audio', 'voice'],
    ['Emoticon', 'sticker'],
    ['Location', 'place'],
    ['ChatHistory', 'forwarded'],
    ['RedEnvelope', 'red-packet'],
    ['Transfer', 'red-packet'],
    ['MiniProgram', 'other'],
    ['Url', 'other'],
    ['Contact', 'other'],
    ['GroupNote', 'other'],
    ['Post', 'other'],
  ])('%s is %s, without the markup that nobody typed', (type, kind) => {
    const from = message({ type: Type[type], text: '<msg><appmsg><title>x</title></appmsg></msg>' });
    expect(inbound(from)).toMatchObject({ kind, text: '', addressed: true });
    expect(inbound({ ...from, roomId: '1@chatroom' } as Message)).toMatchObject({ kind, addressed: false });
  });

  it('a kind of a later protocol is "other"', () => {
    expect(inbound(message({ type: 99 as Message['type'], text: 'x' }))).toMatchObject({
      kind: 'other',
      text: '',
    });
  });

  it.each<
    [
      type: 'Image' | 'Video' | 'Attachment',
      filename: string | undefined,
      kind: string,
      mime: string,
      ref: string,
    ]
  >([
    ['Image', undefined, 'media', 'image/jpeg', 'image:m1'],
    ['Image', 'a.png', 'media', 'image/png', 'image:m1'],
    ['Video', 'v.MOV', 'media', 'video/quicktime', 'file:m1'],
    ['Video', '', 'media', 'video/mp4', 'file:m1'],
    ['Attachment', '原图.JPG', 'media', 'image/jpeg', 'file:m1'],
    ['Attachment', 'table.xlsx', 'binary', 'application/octet-stream', 'file:m1'],
    ['Attachment', 'notice.pdf', 'binary', 'application/pdf', 'file:m1'],
  ])('the file of %s %s', (type, filename, kind, mime, ref) => {
    const from = message({ type: Type[type], ...(filename === undefined ? {} : { filename }) });
    const name = filename ? { name: filename } : {};
    expect(inbound(from)).toMatchObject({ kind });
    expect(inbound(from)?.files).toEqual([{ ...name, mime, source: { ref } }]);
  });

  it.each<[said: string, place: Inbound['place']]>([
    [
      '<msg><location x="30.7522" y="120.7500" scale="13" label="嘉兴市南湖区&amp;广场" poiname="行政中心" /></msg>',
      { label: '行政中心 嘉兴市南湖区&广场', latitude: 30.7544, longitude: 120.7454 },
    ],
    [
      '<msg><location x="51.5" y="-0.12" label="London" poiname="[位置]"/></msg>',
      { label: 'London', latitude: 51.5, longitude: -0.12 },
    ],
    ['<msg><location x="930" y="1" label="somewhere" /></msg>', { label: 'somewhere' }],
    ['<msg><location x="" y="" label="" poiname="" /></msg>', undefined],
  ])('a place from %s', (text, place) => {
    const found = inbound(message({ type: Type.Location, text }));
    expect(found?.place?.label).toBe(place?.label);
    for (const axis of ['latitude', 'longitude'] as const)
      if (place?.[axis] === undefined) expect(found?.place?.[axis]).toBeUndefined();
      else expect(found?.place?.[axis]).toBeCloseTo(place[axis], 3);
  });

  it('a place from what the puppet says, unless that is its stand-in', () => {
    const said = { accuracy: 1, address: '中山东路', latitude: 51.5, longitude: -0.12, name: '广场' };
    const from = message({ type: Type.Location });
    expect(inbound(from, { location: said })?.place).toEqual({
      label: '广场 中山东路',
      latitude: 51.5,
      longitude: -0.12,
    });
    const empty = { accuracy: 0, address: 'NOADDRESS', latitude: 0, longitude: 0, name: 'NONAME' };
    expect(inbound(from, { location: empty })?.place).toBeUndefined();
  });

  it('a place as web WeChat sends it', () => {
    const text = '行政中心:\n/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=xxx&msgid=1&pictype=location';
    expect(inbound(message({ text }))).toMatchObject({
      kind: 'place',
      text: '',
      place: { label: '行政中心' },
    });
  });
});

describe('what nobody said to us', () => {
  it.each<[what: string, from: Message]>([
    ['our own message', message({ talkerId: 'wxid_bot', text: 'x' })],
    ['our own in a room', { ...inRoom('x'), talkerId: 'wxid_bot' }],
    ['a notice said by the room', { ...inRoom('x'), talkerId: '1@chatroom' }],
    ['a message taken back', message({ type: types.Message.Recalled, text: 'm0' })],
    ['a public account', message({ talkerId: 'gh_1a2b3c', text: '今日要闻' })],
    ['WeChat itself', message({ talkerId: 'weixin', text: '登录提醒' })],
    ['the file helper', message({ talkerId: 'filehelper', text: 'x' })],
    ['a notice', message({ type: types.Message.Unknown, text: '你已添加了检查员甲，现在可以开始聊天了。' })],
    ['a nudge', message({ type: types.Message.Unknown, text: '"检查员甲" 拍了拍我' })],
    ['a restriction', message({ type: types.Message.Unknown, text: '操作过于频繁，可稍后再试。' })],
    ['system markup', message({ type: types.Message.Unknown, text: '<sysmsg type="pat"></sysmsg>' })],
    ['nothing', message({ type: types.Message.Unknown })],
    ['nobody', message({ talkerId: '', text: 'x' })],
  ])('%s', (_, from) => {
    expect(inbound(from)).toBeNull();
  });

  it('but a person may type the same words', () => {
    expect(inbound(message({ text: '操作过于频繁，可稍后再试。' }))).toMatchObject({ kind: 'text' });
    expect(inbound(message({ type: types.Message.Unknown, text: '[不支持的消息]' }))).toMatchObject({
      kind: 'other',
    });
  });
});
