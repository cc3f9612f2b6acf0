import { expect, it } from 'vitest';
import { SendFault } from '../../../src/channels/channel.ts';
import { explain, toSendFault } from '../../../src/channels/wechat/faults.ts';
import { TooLate } from '../../../src/channels/wechat/timers.ts';

const grpc = (code: number, message: string) => Object.assign(new Error(message), { code });

it.each<[what: string, fault: unknown, kind: SendFault['kind']]>([
  ['the service is away', grpc(14, '14 UNAVAILABLE: No connection established'), 'passing'],
  ['the token is not taken (its messages wait for a better one)', grpc(16, '16 UNAUTHENTICATED'), 'passing'],
  ['no answer', new TooLate('sending a text', 15_000), 'passing'],
  ['a puppet cannot do it', grpc(12, '12 UNIMPLEMENTED'), 'refused'],
  ['a puppet says so in words', new Error('Wechaty Puppet Unsupported API Error'), 'refused'],
  ['no friend', grpc(2, '2 UNKNOWN: 你还不是他（她）朋友，请先发送朋友验证请求'), 'unreachable'],
  ['turned away', new Error('消息已发出，但被对方拒收了。'), 'unreachable'],
  ['too often', new Error('操作过于频繁，请稍后再试'), 'rate'],
  ['anything else', new Error('ret: -1, user wxid_abc, text 你好'), 'passing'],
  ['our own', new SendFault('refused', 'x'), 'refused'],
  ['no error at all', undefined, 'passing'],
])('%s', (_, fault, kind) => {
  const found = toSendFault(fault);
  expect(found).toBeInstanceOf(SendFault);
  expect(found.kind).toBe(kind);
  expect(found.retryAfterMs !== undefined).toBe(kind === 'rate');
  expect(found.message).not.toMatch(/wxid|你好/);
});

it.each<[fault: unknown, words: string]>([
  [grpc(14, 'connect to 10.0.0.1 for wxid_abc'), 'puppet service: UNAVAILABLE'],
  [grpc(99, 'x'), 'puppet service: gRPC status 99'],
  [Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }), 'Error ENOTFOUND'],
  [new TypeError('wxid_abc'), 'TypeError'],
  ['wxid_abc', 'string'],
])('a log never quotes a puppet', (fault, words) => {
  expect(explain(fault)).toBe(words);
});
