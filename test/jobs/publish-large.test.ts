import { once } from 'node:events';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { prepareBackground, startBackground } from '../../src/jobs/background.ts';
import { workChannel } from '../../src/store/listen.ts';
import { stage } from '../conversation/stage.ts';

const units = 500;
const activities = 5;

/** More tasks than are given out while somebody waits. */
const text = `duban: 1
id: large
title: 大督查
notice: { issuer: 市政府办公室, title: 通知, date: 2026-06-01 }
units:
${Array.from({ length: units }, (_, n) => `  - { id: u${n}, name: 第${n}单位, kind: organisation }`).join('\n')}
people:
  - { role: coordinator, unit: u0, title: 协调员, console: coordinator }
  - { role: inspector, unit: u1, title: 检查员, console: inspector-1 }
activities:
${Array.from(
  { length: activities },
  (_, n) => `  - id: own-${n}
    mode: selfcheck
    title: 自查${n}
    coordinator: u0
    deadline: { workdays: 5 }
    participants: [${Array.from({ length: units }, (_, unit) => `u${unit}`).join(', ')}]
    checklist: tidy`,
).join('\n')}
flows:
  - { id: tidy, title: 清单, questions: [{ id: tidy, type: choice, label: 是否整洁？, options: yes-no }] }
`;

test('a large publication is answered at once and done in the background; who asked hears when it is done', async () => {
  const talk = await stage({ campaign: { text, published: false } });
  const { database, clock, log } = talk;
  await prepareBackground(database, log);
  const heard = new pg.Client(database.pool.options);
  await heard.connect();
  onTestFinished(() => heard.end());
  await heard.query(`LISTEN ${workChannel}`);
  const [answer] = await talk.says('console:coordinator', '发布');
  expect(answer?.text).toBe('【大督查】任务较多（2500项），正在下达，完成后私信告知您。');
  const done = once(heard, 'notification');
  const background = await startBackground({ database, clock, machine: clock, log, keys: talk.options.keys });
  await done;
  await background.stop();
  expect((await talk.said('console:coordinator')).at(-1)?.text).toContain('2500');
  expect(await talk.query('SELECT status FROM campaign')).toEqual([{ status: 'published' }]);
  expect(await talk.query(`SELECT count(*)::int AS n FROM outbox WHERE key LIKE 'publish:%'`)).toEqual([
    { n: activities },
  ]);
  const [again] = await talk.says('console:coordinator', '发布');
  expect(again?.text).toContain('已');
});
