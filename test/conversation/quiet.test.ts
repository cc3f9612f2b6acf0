import { expect, test } from 'vitest';
import { sendDueDigests } from '../../src/conversation/digest.ts';
import { tellNewRoom } from '../../src/conversation/publish.ts';
import { sendDueReminders } from '../../src/conversation/remind.ts';
import { inTransaction } from '../../src/store/database.ts';
import { cast, stage } from './stage.ts';

const night = { from: '21:00', to: '08:00', zone: 'Asia/Shanghai' };

test('whatever nobody waits for carries the hours in which it must not go out; answers carry none', async () => {
  const talk = await stage();
  const quiet = async (where: string) =>
    (await talk.query<{ quiet: unknown }>(`SELECT DISTINCT quiet FROM outbox WHERE ${where}`)).map(
      (row) => row.quiet,
    );
  expect(await quiet(`key LIKE 'publish:%'`)).toEqual([night]);
  await talk.says(cast.inspector, '我的任务');
  expect(await quiet('key IS NULL')).toEqual([null]);
  talk.clock.set('2026-07-10T09:00:00+08:00');
  while ((await sendDueReminders(talk, 100)) > 0);
  expect(await quiet(`key LIKE 'remind:%'`)).toEqual([night]);
  await talk.says(cast.coordinator, '催办');
  await talk.says(cast.coordinator, '催办 确认');
  expect(await quiet(`key LIKE 'nudge:%'`)).toEqual([night]);
  talk.clock.set('2026-07-16T09:00:00+08:00');
  while ((await sendDueDigests(talk, 100)) > 0);
  expect(await quiet(`key LIKE 'digest:%'`)).toEqual([night]);
  await talk.says(cast.inspector, '签到');
  expect(await quiet('session_id IS NOT NULL')).toEqual([null]);
});

test('who binds or ties a room at night is told at once', async () => {
  const talk = await stage();
  const told = (at: string) => {
    const room = { campaignId: talk.campaignId, campaign: '互查', urn: 'console:room/late' };
    return inTransaction(talk.database.pool, (run) => tellNewRoom({ ...talk, run }, room, at));
  };
  const [late] = await told('2026-06-22T22:00:00+08:00');
  expect(late).not.toHaveProperty('quiet');
  const [soon] = await told('2026-06-22T12:00:00+08:00');
  expect(soon?.quiet).toEqual(night);
});
