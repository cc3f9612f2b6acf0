import { expect, test } from 'vitest';
import { makeMove, moverFor } from '../../src/conversation/ledger.ts';
import { createReceive } from '../../src/conversation/receive.ts';
import { takeTurns } from '../../src/conversation/turn.ts';
import { inTransaction } from '../../src/store/database.ts';
import { lastEvents, takeFindings } from '../../src/store/ledger.ts';
import { noWrites, type Run } from '../../src/store/writes.ts';
import { bothSay } from '../commands/both-say.ts';
import { type Heard, stage, type Talk } from '../conversation/stage.ts';
import { standsAtLock } from '../store/at-lock.ts';
import { enrol, found, ledgerCast, putRight, stateOf, to } from './people.ts';

const { coordinator, second, liaison } = ledgerCast;

async function replied(): Promise<Talk> {
  const talk = await stage();
  await enrol(talk, second, { role: 'coordinator', unit: null, title: '第二协调员' });
  await found(talk);
  await putRight(talk);
  return talk;
}

async function contactOf(talk: Talk, urn: string): Promise<string> {
  const [row] = await talk.query<{ id: string }>('SELECT contact_id::text AS id FROM urn WHERE urn = $1', [
    urn,
  ]);
  return row?.id ?? '';
}

test('two transactions at once: the second waits for the first, finds what it did, and changes nothing', async () => {
  const talk = await replied();
  const [one, other] = [await contactOf(talk, coordinator), await contactOf(talk, second)];
  const decide = async (run: Run, contactId: string, move: 'verify' | 'return') => {
    const work = { run, library: talk.library, at: talk.clock.now().toISOString(), writes: noWrites() };
    const [finding] = await takeFindings(run, null, 1);
    if (finding === undefined) throw new Error('no such problem');
    const who = await moverFor(work, contactId, finding.campaignId);
    const step = move === 'verify' ? { kind: move } : { kind: move, question: 'measure', reason: '不具体' };
    return { moved: await makeMove(work, finding, step, who), last: await lastEvents(run, finding.id, 1) };
  };
  let started: () => void = () => undefined;
  const isHeld = new Promise<void>((resolve) => {
    started = resolve;
  });
  let release: () => void = () => undefined;
  const mayEnd = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = inTransaction(talk.database.pool, async (run) => {
    const decided = await decide(run, one, 'verify');
    started();
    await mayEnd;
    return decided;
  });
  await isHeld;
  const late = inTransaction(talk.database.pool, (run) => decide(run, other, 'return'));
  // The second one really stands at the lock before the first one ends.
  await standsAtLock(talk, late);
  release();
  expect((await first).moved).toMatchObject({ kind: 'moved', to: { state: 'verified' } });
  // Verified meanwhile: sent back only by who knows.
  const after = await late;
  expect(after.moved).toMatchObject({
    kind: 'refused',
    sentence: { key: 'ledger:refused.return-verified' },
  });
  expect(after.last[0]).toMatchObject({ seq: 3, kind: 'verify', by: one });
});

test('what another one has verified is sent back only when that is said, and whoever verified it hears', async () => {
  const talk = await replied();
  await talk.says(coordinator, '核实 1');
  const [asked] = await talk.says(second, '退回 1 2 写得太空');
  expect(asked?.text).toBe(
    '1号问题已经核实通过，待销号。确需退回的，请在原话后加“确认”再发一次。\n最近一次办理：市行政审批服务中心协调员于6月22日10:00核实通过。',
  );
  expect(asked?.options).toEqual(['确认退回']);
  expect(await stateOf(talk, 1)).toBe('verified');
  const heard = await talk.taps(second, asked, '确认退回');
  expect(to(second, heard)).toEqual(['已退回1号问题（海盐县政府）的“整改措施”，其余内容保留。']);
  expect(to(liaison, heard)[0]).toContain(
    '“整改措施”被退回，请补充；其余内容保留，无需重填。\n理由：写得太空\n',
  );
  expect(to(coordinator, heard)).toEqual([
    '您核实通过的1号问题（海盐县政府）已由第二协调员退回，“整改措施”由该单位补充：综合窗口无人值守\n理由：写得太空',
  ]);

  // Typed in full, and asked which answer first: both lead there too.
  for (const said of ['整改回复 1', '增配3名人员']) await talk.says(liaison, said);
  await talk.says(coordinator, '核实 1');
  const [which] = await talk.says(second, '退回 1 照片看不清');
  const [sure] = await talk.taps(second, which, '整改措施');
  expect(to(liaison, await talk.taps(second, sure, '确认退回'))[0]).toContain('理由：照片看不清\n');
  for (const said of ['整改回复 1', '增配4名人员']) await talk.says(liaison, said);
  await talk.says(coordinator, '核实 1');
  expect(to(liaison, await talk.says(coordinator, '退回 1 2 还是太空 确认'))[0]).toContain(
    '理由：还是太空\n',
  );
});

test('why it can’t be verified or closed once more says what it is', async () => {
  const talk = await replied();
  await talk.says(coordinator, '核实 1');
  expect((await talk.says(coordinator, '核实 1'))[0]?.text).toBe(
    '1号问题已经核实通过，无需再核实。销号请回复“销号 1”。',
  );
  await talk.says(coordinator, '销号 1');
  for (const said of ['核实 1', '销号 1'])
    expect((await talk.says(coordinator, said))[0]?.text).toBe(
      '1号问题已经销号，无需再办。再次出现的，请回复“回头看 1”加新的期限和理由。',
    );
});

test('two coordinators verify in the same second: one does it, the other hears who did and what', async () => {
  const talk = await replied();
  const receive = createReceive({
    database: talk.database,
    clock: talk.clock,
    stored: () => undefined,
    fetchLater: () => Promise.reject(new Error('nothing here is fetched later')),
  });
  const say = (urn: string) =>
    receive({
      channel: 'console',
      account: 'console',
      externalId: `${urn}-at-once`,
      urn,
      kind: 'text',
      text: '核实 1',
      addressed: true,
      slash: false,
      files: [],
      sentAt: talk.clock.now().toISOString(),
    });
  const heard = await talk.during(async () => {
    await Promise.all([say(coordinator), say(second)]);
    // Two workers, as in the service.
    const work = async () => {
      while ((await takeTurns(talk.options)) > 0);
    };
    await Promise.all([work(), work()]);
  });
  const answers = [to(coordinator, heard), to(second, heard)].map(([text]) => text ?? '');
  const won = answers.findIndex((text) => text.includes('已核实通过'));
  const winner = ['市行政审批服务中心协调员', '第二协调员'][won];
  expect(answers[1 - won]).toBe(
    `1号问题已经核实通过，无需再核实。销号请回复“销号 1”。\n最近一次办理：${winner}于6月22日10:00核实通过。`,
  );
  expect(await stateOf(talk, 1)).toBe('verified');
  const events = await talk.query<{ seq: number; kind: string }>(
    'SELECT seq, kind FROM finding_event ORDER BY seq',
  );
  expect(events.map(({ seq, kind }) => `${seq} ${kind}`)).toEqual(['1 order', '2 reply', '3 verify']);
});

const problem = { table: 'finding', where: 'number = 1' };
const both = [coordinator, second] as const;

/** What the two of them heard, the one who came second last. */
function answersOf(heard: Heard[], isSecond: (text: string) => boolean): [first: string, second: string] {
  const answers = both.map((urn) => to(urn, heard)[0] ?? '');
  expect(answers.filter(isSecond)).toHaveLength(1);
  const [one = '', other = ''] = answers;
  return isSecond(one) ? [other, one] : [one, other];
}

test('two close at once: one does, the other hears who did', async () => {
  const talk = await replied();
  await talk.says(coordinator, '核实 1');
  const heard = await bothSay(
    talk,
    both.map((urn) => [urn, '销号 1'] as const),
    problem,
  );
  // The other one is told as a coordinator, too, that it was closed.
  const answers = both.flatMap((urn) => to(urn, heard));
  expect(answers.filter((text) => text.includes('最近一次办理'))).toEqual([
    expect.stringMatching(/^1号问题已经销号，无需再办。.*\n最近一次办理：.*协调员于6月22日10:00销号。$/),
  ]);
  expect(answers.filter((text) => text.includes('已销号')).length).toBeGreaterThan(0);
  expect(await talk.query(`SELECT 1 FROM finding_event WHERE kind = 'close'`)).toHaveLength(1);
});

test('one grants more time, the other refuses it at once: the first counts, the second hears what was decided', async () => {
  const talk = await stage();
  await enrol(talk, second, { role: 'coordinator', unit: null, title: '第二协调员' });
  await found(talk);
  await talk.says(coordinator, '整改 1 7月31日');
  await talk.says(liaison, '延期 1 8月10日 设备未到');
  const heard = await bothSay(
    talk,
    [
      [coordinator, '同意延期 1'],
      [second, '不同意延期 1 理由不足'],
    ],
    problem,
  );
  const [, late] = answersOf(heard, (text) => text.includes('最近一次办理'));
  const granted = to(coordinator, heard)[0] !== late;
  expect(late).toContain(granted ? '同意延期' : '不同意延期');
  const [row] = await talk.query<{ due: string }>('SELECT due_on AS due FROM finding WHERE number = 1');
  expect(row?.due).toBe(granted ? '2026-08-10' : '2026-07-31');
  expect(await talk.query(`SELECT 1 FROM finding_event WHERE kind IN ('grant', 'refuse')`)).toHaveLength(1);
});

test('one verifies while the other changes the day: both hear how it stands', async () => {
  const talk = await replied();
  const heard = await bothSay(
    talk,
    [
      [coordinator, '核实 1'],
      [second, '改期 1 8月10日 台风'],
    ],
    problem,
  );
  const [verified, changed] = [to(coordinator, heard)[0] ?? '', to(second, heard)[0] ?? ''];
  // Whichever came first; nothing that was said to have been done is undone by the other.
  expect(verified).toContain('核实通过');
  expect(await stateOf(talk, 1)).toBe('verified');
  const events = await talk.query<{ kind: string }>('SELECT kind FROM finding_event ORDER BY seq');
  if (changed.includes('最近一次办理'))
    expect(events.map(({ kind }) => kind)).toEqual(['order', 'reply', 'verify']);
  else expect(events.map(({ kind }) => kind)).toContain('change-day');
});

test('two change the day at once: the second sees the day of the first, and the first hears of the second', async () => {
  const talk = await stage();
  await enrol(talk, second, { role: 'coordinator', unit: null, title: '第二协调员' });
  await found(talk);
  await talk.says(coordinator, '整改 1 7月31日');
  const heard = await bothSay(
    talk,
    [
      [coordinator, '改期 1 8月10日 台风'],
      [second, '改期 1 8月11日 停电'],
    ],
    problem,
  );
  const [first, late] = answersOf(heard, (text) => text.includes('刚'));
  expect(first).toContain('2026年7月31日');
  expect(late).toMatch(/2026年8月1[01]日.*2026年8月1[01]日/s);
  const [row] = await talk.query<{ due: string }>('SELECT due_on AS due FROM finding WHERE number = 1');
  const [winner, loser] = row?.due === '2026-08-10' ? [coordinator, second] : [second, coordinator];
  expect(to(winner, heard)[0]).toBe(late);
  expect(to(loser, heard)[1]).toContain(
    `您于6月22日10:00办理的“更改期限”，${winner === second ? '第二协调员' : '市行政审批服务中心协调员'}随后又作了更改`,
  );
});

test('two grade at once: what only one of them said stays, what both said is the later one, and the other hears', async () => {
  const talk = await stage();
  await enrol(talk, second, { role: 'coordinator', unit: null, title: '第二协调员' });
  await found(talk);
  const graded = async () =>
    (
      await talk.query<{ severity: string; category: string | null }>(
        'SELECT severity, category FROM finding',
      )
    )[0];
  await bothSay(
    talk,
    [
      [coordinator, '定级 1 严重'],
      [second, '定级 1 脸难看'],
    ],
    problem,
  );
  expect(await graded()).toEqual({ severity: 'grave', category: '脸难看' });
  talk.clock.set('2026-06-22T10:30:00+08:00');
  const heard = await bothSay(
    talk,
    [
      [coordinator, '定级 1 一般'],
      [second, '定级 1 较重'],
    ],
    problem,
  );
  const [, late] = answersOf(heard, (text) => text.includes('刚'));
  const winner = to(coordinator, heard)[0] === late ? coordinator : second;
  expect(await graded()).toEqual({
    severity: winner === coordinator ? 'minor' : 'serious',
    category: '脸难看',
  });
  const loser = winner === second ? coordinator : second;
  expect(to(loser, heard)[1]).toContain('随后又作了更改');
  // Whoever changes it again by themselves, or much later, is told of nobody.
  expect(to(winner, await talk.says(winner, '定级 1 严重'))[0]).not.toContain('刚');
  talk.clock.set('2026-06-22T11:30:00+08:00');
  expect(to(loser, await talk.says(loser, '定级 1 一般'))[0]).not.toContain('刚');
  expect(await talk.query(`SELECT 1 FROM finding_event WHERE kind = 'grade'`)).toHaveLength(6);
});

test('the history can only be added to', async () => {
  const talk = await replied();
  for (const sql of [
    `UPDATE finding_event SET kind = 'close'`,
    'DELETE FROM finding_event',
    `UPDATE finding_event SET data = '{}'`,
  ])
    await expect(talk.query(sql)).rejects.toThrow('only ever added to');
});
