import { expect, test } from 'vitest';
import { auditHead, walkAudit } from '../../src/store/audit-chain.ts';
import { runOn } from '../../src/store/database.ts';
import { rate, visit } from '../commands/visit.ts';
import { cast, stage, type Talk } from './stage.ts';

const { coordinator, inspector, liaison, citizen, room } = cast;

interface Kept {
  kind: string;
  about: string;
  by: string | null;
  body: string;
}

const kept = ({ query }: Talk): Promise<Kept[]> =>
  query(`SELECT kind, about, body ->> 'by' AS by, body::text AS body FROM audit ORDER BY seq`);
const kinds = async (talk: Talk) =>
  (await kept(talk)).map(({ kind, about }) => (kind === 'command' ? about : kind));

test('what people with a role do is kept, in order, without a word of theirs', async () => {
  const talk = await stage({ campaign: { published: false } });
  await talk.says(coordinator, '发布');
  const [invited] = await talk.says(coordinator, '邀请 检查员 平湖市政府');
  const code = /[A-Z0-9]{6}/.exec(invited?.text ?? '')?.[0] ?? '';
  await talk.says('wechat:wxid_new', `绑定 ${code}`);
  await talk.says(coordinator, '绑定群', { room: 'wechat:group@@1', addressed: true });
  await talk.says(inspector, '收到', { room });
  for (let done = 0; done < 3; done += 1) await visit(talk, inspector, { accepted: 80 });
  await talk.says(inspector, '发现问题 门口堆放杂物');
  await talk.says(inspector, '确认上报');
  await talk.says(liaison, '状态');
  expect(await kinds(talk)).toEqual([
    'campaign.loaded',
    'command:publish',
    'campaign.published',
    'command:invite',
    'invite.made',
    'invite.used',
    'command:room',
    'room.tied',
    'command:ack',
    'assignment.acknowledged',
    ...Array.from({ length: 3 }, () => ['command:checkin', 'assignment.checked-in', 'finding.opened']).flat(),
    'command:finding',
    'assignment.finding-opened',
    'command:report',
    'assignment.reported',
    'command:status',
  ]);
  const all = (await kept(talk)).map(({ body }) => body).join('\n');
  expect(all).toContain('"refused":true');
  for (const word of [code, '门口', '平湖', 'wechat:', 'console:', 'wxid']) expect(all).not.toContain(word);
  expect(await walkAudit(runOn(talk.database.pool))).toMatchObject({ kind: 'intact' });
});

test('answers are no events, and a citizen leaves no trace', async () => {
  const talk = await stage();
  const before = await auditHead(runOn(talk.database.pool));
  await rate(talk, citizen, 1);
  expect(await auditHead(runOn(talk.database.pool))).toEqual(before);
  // That somebody tried what is not theirs is kept, and not who.
  await talk.says(citizen, '状态');
  const [last] = await talk.query<{ body: object }>('SELECT body FROM audit ORDER BY seq DESC LIMIT 1');
  expect(last?.body).toMatchObject({ by: null, about: 'command:status', data: { refused: true } });
});

test('who was shown or sent something secret is kept, with the activity', async () => {
  const talk = await stage();
  await talk.query('UPDATE activity SET secret = true');
  const [activity] = await talk.query<{ id: string }>('SELECT id::text FROM activity');
  await talk.says(inspector, '任务');
  await talk.says(inspector, '任务', { room });
  await talk.says(liaison, '任务');
  await talk.says(coordinator, '状态');
  const seen = await talk.query<{ urn: string; secret: string }>(
    `SELECT u.urn, a.secret::text FROM audit a JOIN urn u ON u.contact_id = (a.body ->> 'by')::uuid
     WHERE a.kind = 'secret.seen' ORDER BY a.seq`,
  );
  expect(seen).toEqual([
    { urn: inspector, secret: activity?.id },
    { urn: coordinator, secret: activity?.id },
  ]);
  for (let done = 0; done < 3; done += 1) await visit(talk, inspector);
  await talk.says(inspector, '确认上报');
  const sent = await talk.query<{ urn: string }>(
    `SELECT u.urn FROM audit a JOIN urn u ON u.contact_id = (a.body ->> 'by')::uuid WHERE a.kind = 'secret.sent'`,
  );
  expect(sent).toEqual([{ urn: coordinator }]);
});

test('a secret checklist is asked in private, wherever it was begun', async () => {
  const talk = await stage();
  await talk.query('UPDATE activity SET secret = true');
  const heard = await talk.says(inspector, 'checkin', { room, slash: true });
  expect(heard.map(({ to, only }) => [to, only])).toEqual([
    [room, inspector],
    [inspector, null],
  ]);
  expect(heard[0]?.text).toBe('已私信回复。');
  expect(heard[1]?.text).toContain('窗口');
  expect((await talk.says(inspector, 'checkin', { room, slash: true })).map(({ text }) => text)).toEqual([
    expect.stringContaining('没有填完'),
  ]);
});

test('its own coordinators release what was secret, asked back first; from then on it is like any other', async () => {
  const talk = await stage();
  await talk.query('UPDATE activity SET secret = true');
  await visit(talk, inspector, { accepted: 80 });
  expect((await talk.says(liaison, '问题清单'))[0]?.text).toContain('没有');
  expect((await talk.says(coordinator, '公布', { room, addressed: true })).map(({ text }) => text)).toEqual([
    '请私聊我办理公布。',
  ]);
  const [asked] = await talk.says(coordinator, '公布');
  expect(asked?.text).toContain('还有8项任务尚未上报');
  expect((await talk.says(liaison, '问题清单'))[0]?.text).toContain('没有');
  expect((await talk.taps(coordinator, asked, '确认公布'))[0]?.text).toContain('已公布');
  expect((await talk.says(liaison, '问题清单'))[0]?.text).toContain('海盐县政府');
  expect((await talk.says(coordinator, '公布 cross 确认'))[0]?.text).toBe('目前没有可由您公布的检查。');
  expect(await kinds(talk)).toContain('activity.released');
  await talk.query(`UPDATE activity SET released_at = NULL`);
  await talk.query(`UPDATE membership SET unit_id = NULL WHERE role = 'coordinator'`);
  expect((await talk.says(coordinator, '公布 cross 确认'))[0]?.text).toBe('目前没有可由您公布的检查。');
  expect((await talk.says(inspector, '公布'))[0]?.text).toContain('由协调员使用');
});
