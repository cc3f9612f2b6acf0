import { expect, test } from 'vitest';
import { SendFault } from '../../../src/channels/channel.ts';
import { createReceive } from '../../../src/conversation/receive.ts';
import { takeTurns } from '../../../src/conversation/turn.ts';
import { wakeSessions } from '../../../src/conversation/wake.ts';
import { exportOf } from '../../../src/report/export.ts';
import { stage } from '../../conversation/stage.ts';
import { answers, caseCodes, count, delivered, says, stored, sweep, tallied } from './ground.ts';

test('a message that is delivered again rates no second time', async () => {
  const talk = await stage({ language: 'en' });
  await says(talk, 'wechat:citizen', ['survey', ...answers]);
  const receive = createReceive({
    database: talk.database,
    clock: talk.clock,
    stored: () => undefined,
    fetchLater: () => Promise.reject(new Error('nothing here is fetched later')),
  });
  const again = async () => {
    for (const [index, text] of ['survey', ...answers].entries())
      await receive({
        channel: 'wechat',
        account: 'wechat',
        externalId: `message-${index + 1}`,
        urn: 'wechat:citizen',
        kind: 'text',
        text,
        addressed: true,
        slash: false,
        files: [],
        sentAt: talk.clock.now().toISOString(),
      });
    while ((await takeTurns(talk.options)) > 0);
  };
  const kept = async () => [
    await talk.query('SELECT id, receipt FROM rating'),
    await count(talk, 'rating_case'),
    await count(talk, 'session'),
    await tallied(talk),
  ];
  const before = await kept();
  expect(before).toMatchObject([[{}], 1, 0, [{ level: 1, n: 1 }]]);
  await again();
  await delivered(talk, 'wechat');
  await sweep(talk);
  await again();
  expect(await kept()).toEqual(before);
  expect(await delivered(talk, 'wechat')).toEqual([]);
});

test('what was not submitted is deleted: left, or silent for too long', async () => {
  const talk = await stage();
  await says(talk, 'wechat:left', ['评价', '不满意', '1']);
  await says(talk, 'wechat:silent', ['评价', '满意']);
  expect(await stored(talk)).toEqual([{ sessions: 2, answers: 3, ratings: 0 }]);
  const heard = await talk.says('wechat:left', '退出');
  expect(heard.at(-1)?.text).toBe('已退出，已填的内容已删除。感谢您！');
  expect(await stored(talk)).toEqual([{ sessions: 1, answers: 1, ratings: 0 }]);
  for (const later of ['2026-06-22T14:00:00+08:00', '2026-06-23T16:00:00+08:00']) {
    talk.clock.set(later);
    expect(await wakeSessions(talk.options, 100)).toBe(1);
  }
  expect(await stored(talk)).toEqual([{ sessions: 0, answers: 0, ratings: 0 }]);
  expect(await tallied(talk)).toEqual([]);
  expect(JSON.stringify(await exportOf(talk.database, 'jiaxing-2014', ''))).not.toContain('"level"');
  await delivered(talk, 'wechat');
  expect(await talk.query('SELECT 1 FROM outbox WHERE channel = $1', ['wechat'])).toEqual([]);
});

test('a code of a case that was not rated to the end can be used by whoever comes next', async () => {
  const talk = await stage({ language: 'en' });
  const [code] = await caseCodes(talk, 1);
  const used = () => talk.query('SELECT used FROM survey_code');
  await says(talk, 'wechat:left', [`survey ${code}`, ...answers.slice(0, 2), 'quit']);
  expect(await used()).toEqual([{ used: false }]);
  await says(talk, 'wechat:next', [`survey ${code}`, ...answers]);
  expect(await used()).toEqual([{ used: true }]);
  expect(await talk.query('SELECT matter, source FROM rating')).toEqual([
    { matter: 'matter 51', source: 'chat' },
  ]);
  await says(talk, 'wechat:third', [`survey ${code}`]);
  expect(await stored(talk)).toEqual([{ sessions: 0, answers: 0, ratings: 1 }]);
});

test('nothing of it is kept for somebody who can’t be reached', async () => {
  const talk = await stage();
  await says(talk, 'wechat:gone', ['评价', '满意', '10', '跳过']);
  await talk.says('wechat:gone', '你好', { room: 'wechat:room/hall' });
  await delivered(talk, 'wechat', () => Promise.reject(new SendFault('unreachable', 'deleted us')));
  expect(await talk.query(`SELECT status FROM outbox WHERE channel = 'wechat'`)).toEqual([]);
});
