import { expect, it } from 'vitest';
import { machineClock } from '../../src/clock.ts';
import { clearOut } from '../../src/jobs/housekeeping.ts';
import { cast, stage } from '../conversation/stage.ts';

const answers = ['非常满意', '20分钟', '跳过', '不用了'];

it('keeps messages 90 days, and what citizens answered 90 days after the campaign', async () => {
  const talk = await stage();
  await talk.says(cast.citizen, '评价');
  for (const answer of answers) await talk.says(cast.citizen, answer);
  const count = async (table: string) =>
    (await talk.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n;
  const clean = () => clearOut({ ...talk.options, machine: machineClock });
  expect(await count('answer')).toBe(3);
  expect(await count('inbox')).toBe(5);

  talk.clock.set('2026-09-20T10:00:00+08:00');
  await clean();
  expect(await count('inbox')).toBe(5);

  talk.clock.set('2026-09-21T10:00:00+08:00');
  await clean();
  expect(await count('inbox')).toBe(0);
  expect(await count('answer')).toBe(3);

  // The last due day is 15 July; the 90th day after it is 13 October.
  talk.clock.set('2026-10-13T10:00:00+08:00');
  await clean();
  expect(await count('answer')).toBe(3);
  talk.clock.set('2026-10-14T10:00:00+08:00');
  await clean();
  expect(await count('answer')).toBe(0);
  expect(await count("session WHERE flow_id = 'jiaxing-2014/citizen'")).toBe(0);
});
