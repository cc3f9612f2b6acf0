import { expect, test } from 'vitest';
import { photo } from '../../story/photo.ts';
import { type Answer, wordsOf } from '../survey/house.ts';
import { enrol, type House, openHouse } from './house.ts';

const paths = [
  '/desk',
  ...[
    '',
    '/mine',
    '/units',
    '/units/west',
    '/units/team-a',
    '/units/east',
    '/units/south',
    '/findings',
    '/satisfaction',
  ].map((path) => `/desk/c/mixed${path}`),
  ...['/people', '/queue', '/audit', '/settings', '/activities/covert', '/activities/mutual'].map(
    (path) => `/desk/c/mixed${path}`,
  ),
  ...['progress', 'lamps', 'satisfaction', 'findings', 'trend'].map(
    (kind) => `/desk/c/mixed/pictures/${kind}.svg`,
  ),
];

/** A house in which a covert team has found something at 城西, with a photo. */
async function covertly(): Promise<House & { number: number; file: string }> {
  const house = await openHouse();
  await enrol(house, 'console:group', { role: 'leader' });
  await enrol(house, 'console:auditor', { role: 'auditor' });
  const team = 'console:team-a';
  await house.says(team, '发现问题 暗访所见：柜台无人', {
    files: [{ name: 'a.png', mime: 'image/png', bytes: photo(100) }],
  });
  const [row] = await house.query<{ number: number; file: string | null }>(
    'SELECT number, attachments[1]::text AS file FROM finding',
  );
  if (row === undefined || row.file === null) throw new Error('nothing was found');
  return { ...house, number: row.number, file: row.file };
}

/** What a page shows, but for its clock and the sealed address of the next part of the log. */
function shown({ status, text }: Answer): string {
  return `${status} ${text.replace(/before=[\w-]+/g, '')}`;
}

test('to everybody but its own people a hidden activity, its tasks, problems and evidence are as if there were none', {
  timeout: 120_000,
}, async () => {
  const house = await covertly();
  const strangers = [
    'console:centre',
    'console:group',
    'console:inspector-west',
    'console:liaison-west',
    'console:liaison-east',
  ];
  for (const urn of strangers) {
    const browser = await house.as(urn);
    for (const path of paths) {
      const page = await browser.get(path);
      expect([
        urn,
        path,
        /covert|暗访所见/.exec(page.text.replaceAll('/activities/covert', ''))?.[0],
      ]).toEqual([urn, path, undefined]);
      expect([urn, path, page.text.includes(String(house.number))]).toEqual([urn, path, false]);
    }
    // The same answer as to what there never was.
    const [there, none] = [
      await browser.get(`/desk/c/mixed/findings/${house.number}`),
      await browser.get('/desk/c/mixed/findings/77777777'),
    ];
    expect([there.status, there.text.replaceAll(String(house.number), '77777777')]).toEqual([404, none.text]);
    for (const more of ['', '/small'])
      expect(
        (await browser.get(`/desk/c/mixed/findings/${house.number}/evidence/${house.file}${more}`)).status,
      ).toBe(404);
    expect(wordsOf(await browser.get('/desk/c/mixed/units/west'))).not.toContain('暗访一组');
  }
  const seen = await house.query(
    `SELECT body ->> 'by' FROM audit WHERE kind IN ('secret.seen') AND about LIKE 'activity:%'
    AND body ->> 'by' = ANY ($1)`,
    [await Promise.all(strangers.map(house.contactOf))],
  );
  expect(seen).toEqual([]);
});

test('the inspected sees the very same pages with and without it', { timeout: 120_000 }, async () => {
  const house = await covertly();
  const without = async () => {
    const found = new Map<string, string>();
    for (const urn of ['console:liaison-west', 'console:inspector-west', 'console:group']) {
      const browser = await house.as(urn);
      for (const path of paths) found.set(`${urn} ${path}`, shown(await browser.get(path)));
    }
    return found;
  };
  // Pages keep the room of a picture that was drawn before, whoever looked: of what is open, and the same in both.
  await without();
  const before = await without();
  await house.query(`DELETE FROM finding WHERE number = $1`, [house.number]);
  expect(await without()).toEqual(before);
});

test('its coordinator, its team and the auditor see it, and that is kept in the log', async () => {
  const house = await covertly();
  for (const urn of ['console:office', 'console:team-a', 'console:auditor']) {
    const browser = await house.as(urn);
    const page = await browser.get(`/desk/c/mixed/findings/${house.number}`);
    expect([urn, page.status]).toEqual([urn, 200]);
    expect(wordsOf(page)).toContain('暗访所见：柜台无人');
    const file = await browser.get(`/desk/c/mixed/findings/${house.number}/evidence/${house.file}`);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(file.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(file.headers.get('cache-control')).toBe('no-store');
    const rows = await house.query<{ kind: string; isSecret: boolean }>(
      `SELECT DISTINCT kind, secret IS NOT NULL AS "isSecret" FROM audit
       WHERE body ->> 'by' = $1 AND kind IN ('secret.seen', 'desk.page', 'desk.evidence') ORDER BY kind`,
      [await house.contactOf(urn)],
    );
    expect(rows).toEqual(
      ['desk.evidence', 'desk.page', 'secret.seen'].map((kind) => ({ kind, isSecret: true })),
    );
  }
  const office = await house.as('console:office');
  expect(wordsOf(await office.get('/desk/c/mixed/activities/covert'))).toContain('暗访一组');
  expect(wordsOf(await office.get('/desk/c/mixed'))).toContain('covert 保密');
  const team = await house.as('console:team-a');
  expect(wordsOf(await team.get('/desk/c/mixed/mine'))).toContain('城西便民服务中心');
  // What the others' log shows says nothing of all that.
  const centre = await house.as('console:centre');
  expect(wordsOf(await centre.get('/desk/c/mixed/audit'))).not.toMatch(/secret\.seen|desk\.evidence/);
});

test('once it is released it stands with the others', async () => {
  const house = await covertly();
  await house.query('UPDATE activity SET released_at = now() WHERE secret');
  const centre = await house.as('console:centre');
  expect(wordsOf(await centre.get('/desk/c/mixed'))).toContain('covert');
  expect((await centre.get(`/desk/c/mixed/findings/${house.number}`)).status).toBe(200);
});
