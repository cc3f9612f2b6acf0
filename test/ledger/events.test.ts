import { expect, test } from 'vitest';
import { wakeSessions } from '../../src/conversation/wake.ts';
import { changesOf } from '../../src/store/ledger-changes.ts';
import { noWrites, type Run } from '../../src/store/writes.ts';
import { stage, type Talk } from '../conversation/stage.ts';
import { found, ledgerCast } from './people.ts';

const { coordinator, inspector } = ledgerCast;

interface Kept {
  kind: string;
  about: string;
  urn: string | null;
  question: string | null;
  secret: string | null;
}

/** What the audit log keeps of problems, without what was ordered and done about them. */
function kept({ query }: Talk): Promise<Kept[]> {
  return query<Kept>(
    `SELECT a.kind, a.about, (SELECT min(u.urn) FROM urn u WHERE u.contact_id = (a.body ->> 'by')::uuid) AS urn,
       a.body #>> '{data,question}' AS question, a.secret::text AS secret
     FROM audit a WHERE a.kind IN ('finding.opened', 'finding.withdrawn') ORDER BY a.seq`,
  );
}

/** As far as the two figures of the sample’s checklist. */
async function figures(talk: Talk, accepted: string, reviewed: string): Promise<void> {
  await talk.says(inspector, '签到');
  await talk.says(inspector, '不动产登记窗口');
  await talk.says(inspector, '跳过');
  await talk.says(inspector, '是');
  await talk.says(inspector, accepted);
  await talk.says(inspector, reviewed);
}

const question = 'accepted-and-handled';

test('problems that answers open, take back and open again are in the audit log; what changes nothing is not', async () => {
  const talk = await stage();
  await figures(talk, '80', '70');
  for (const figure of [75, 95, 96, 60]) {
    const [which] = await talk.says(inspector, `改 4 ${figure}`);
    await talk.taps(inspector, which, '第4题：二、既受理又办理的事项占多少？');
  }
  const event = { about: 'finding:1', urn: inspector, question, secret: null };
  expect(await kept(talk)).toEqual([
    { kind: 'finding.opened', ...event },
    { kind: 'finding.opened', ...event, about: 'finding:2', question: 'one-review' },
    { kind: 'finding.withdrawn', ...event },
    { kind: 'finding.opened', ...event },
  ]);
  const [finding] = await talk.query<{ status: string }>('SELECT status FROM finding WHERE number = 1');
  expect(finding?.status).toBe('open');
  // None of the figures is told.
  const bodies = await talk.query<{ body: string }>(
    `SELECT body::text FROM audit WHERE kind LIKE 'finding.%'`,
  );
  for (const { body } of bodies) expect(body).not.toMatch(/"(?:value|problem|said)"/);
});

test('a checklist that is left takes them back by whoever left it; one that expires, by nobody', async () => {
  const talk = await stage();
  await figures(talk, '80', '90');
  await talk.says(inspector, '退出');
  talk.clock.advance(60_000);
  await figures(talk, '70', '90');
  for (let day = 23; day <= 30; day += 1) {
    talk.clock.set(`2026-06-${day}T10:00:00+08:00`);
    while ((await wakeSessions(talk.options, 100)) > 0);
  }
  const ended = await talk.query<{ status: string }>('SELECT status FROM session ORDER BY started_at');
  expect(ended.map(({ status }) => status)).toEqual(['left', 'expired']);
  const events = (await kept(talk)).map(({ kind, about, urn }) => [kind, about, urn]);
  expect(events).toEqual([
    ['finding.opened', 'finding:1', inspector],
    ['finding.withdrawn', 'finding:1', inspector],
    ['finding.opened', expect.stringContaining('finding:'), inspector],
    ['finding.withdrawn', expect.stringContaining('finding:'), null],
  ]);
});

test('of a hidden inspection the event carries the activity, so that it is told to nobody else', async () => {
  const talk = await stage();
  await talk.query('UPDATE activity SET secret = true');
  const [activity] = await talk.query<{ id: string }>('SELECT id::text FROM activity');
  await figures(talk, '80', '90');
  expect(await kept(talk)).toMatchObject([{ kind: 'finding.opened', secret: activity?.id }]);
});

test('answers that can open nothing ask nothing of the database', async () => {
  const run: Run = () => Promise.reject(new Error('nothing is to be asked'));
  let written = 0;
  const write = () => {
    written += 1;
    return Promise.resolve();
  };
  const words = { ...noWrites(), findings: [finding(null)] };
  for (const writes of [noWrites(), words]) expect(await changesOf(run, writes, write)).toEqual([]);
  expect(written).toBe(2);
  // Whereas those that can, do.
  await expect(changesOf(run, { ...noWrites(), findings: [finding('s')] }, write)).rejects.toThrow('asked');
});

function finding(sessionId: string | null) {
  return {
    campaignId: 'c',
    assignmentId: 'a',
    unitId: 'u',
    sessionId,
    question: sessionId === null ? null : 'q',
    problem: '窗口无人',
    value: null,
    reportedBy: 'p',
    attachments: [],
    place: null,
    at: '2026-06-22T02:00:00.000Z',
  };
}

test('where a problem comes from: an inspection by others, or the unit’s own self-check', async () => {
  const talk = await stage();
  await found(talk);
  expect((await talk.says(coordinator, '问题 1'))[0]?.text).toContain('来源：检查发现；');
  const own = await stage({ now: '2026-06-22T10:00:00+08:00', campaign: { file: 'daan-2018' } });
  await found(own, '窗口无人值守');
  await own.says(inspector, '签到');
  await own.says(inspector, '475项事项已公布办事指南');
  await own.says(inspector, '475项');
  await own.says(inspector, '是');
  for (const number of [1, 2])
    expect((await own.says(coordinator, `问题 ${number}`))[0]?.text).toContain('来源：本单位自查；');
});
