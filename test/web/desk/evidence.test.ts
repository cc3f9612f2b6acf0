import { expect, test } from 'vitest';
import { loadFiles } from '../../../src/store/attachments.ts';
import { consoleDoors } from '../../../src/web/console-doors.ts';
import { jpeg, tellTale } from '../../plain-file/pictures.ts';
import { enrol, openHouse } from './house.ts';

const [inspector, liaison] = ['console:inspector-east', 'console:liaison-west'];

test('a photo reaches whoever is inspected without where and by what it was taken; what was sent is kept as it was', async () => {
  const house = await openHouse();
  await enrol(house, 'console:whole', { role: 'coordinator' });
  const sent = jpeg(6);
  const files = [{ name: 'a.jpg', mime: 'image/jpeg', bytes: sent }];
  await house.says(inspector, '发现问题 西厅无人值守', { files });
  const heard = await house.says('console:whole', '整改 1 7月20日');
  const notice = heard.find(({ to }) => to === liaison);
  const ids = notice?.say.attachments ?? [];
  expect(ids).toHaveLength(1);
  const [carried] = await loadFiles(house.database, ids);
  const told = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').includes(tellTale);
  expect(carried?.mime).toBe('image/jpeg');
  expect(told(carried?.bytes ?? sent)).toBe(false);
  // The dashboard's original, to everybody.
  for (const urn of [liaison, 'console:whole']) {
    const { cookies } = await house.as(urn);
    const response = await fetch(`${house.origin}/desk/c/mixed/findings/1/evidence/${ids[0]}`, {
      headers: { cookie: [...cookies.values()].join('; ') },
    });
    expect([urn, response.status]).toEqual([urn, 200]);
    expect([urn, told(new Uint8Array(await response.arrayBuffer()))]).toEqual([urn, false]);
  }
  const doors = consoleDoors({ ...house, rehearsal: false, log: house.log });
  const [own, theirs] = [await doors.file(ids[0] ?? '', inspector), await doors.file(ids[0] ?? '', liaison)];
  expect([own, theirs].map((file) => told(file?.bytes ?? new Uint8Array()))).toEqual([true, false]);
  const [kept] = await house.query<{ bytes: Buffer }>(
    'SELECT c.bytes FROM attachment_content c JOIN attachment a USING (sha256) WHERE a.id = $1::uuid',
    [ids[0]],
  );
  expect(kept?.bytes).toEqual(sent);
});
