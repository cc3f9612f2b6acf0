import { expect, test } from 'vitest';
import { type Inbound, SendFault } from '../../../src/channels/channel.ts';
import { createReceive } from '../../../src/conversation/receive.ts';
import { takeTurns } from '../../../src/conversation/turn.ts';
import { openDispatch } from '../dispatch.ts';
import { fakeChannel, type Meets } from '../fake-channel.ts';
import { answersOf, enter, message, openQuestionnaires } from '../questionnaire.ts';

/** Somebody of two addresses and one room, whom nothing reaches in private unless `reachable` says so. */
async function openUnreachable() {
  const dispatch = await openDispatch();
  const reachable = new Set<string>();
  const meets: Meets = ({ address }) => {
    if (!address.includes('/C') && !reachable.has(address))
      throw new SendFault('unreachable', 'no private chat');
  };
  const [slack, wechat] = [fakeChannel('slack', { meets }), fakeChannel('wechat', { meets })];
  const contactId = await dispatch.person('wechat:w1', 'slack:T1/U1');
  dispatch.start(slack);
  dispatch.start(wechat);
  const { database, clock } = dispatch;
  const receive = createReceive({ database, clock, stored: () => {}, fetchLater: async () => {} });
  const says = async (inbound: Inbound) => {
    expect(await receive(inbound)).toBe(true);
    while ((await takeTurns({ ...dispatch, said: () => {} })) > 0);
  };
  return { ...dispatch, reachable, slack, wechat, contactId, says };
}

test('who cannot be reached in private hears it at another address of theirs', async () => {
  const { put, rest, reachable, slack, wechat, contactId } = await openUnreachable();
  reachable.add('slack:T1/U1');
  await put({ to: 'wechat:w1', text: '第一条', contactId }, { to: 'wechat:w1', text: '第二条', contactId });
  await rest();
  expect(slack.texts('slack:T1/U1')).toEqual(['第一条', '第二条']);
  expect(wechat.texts()).toEqual([]);
});

const asked = '有一条给您的消息，暂时无法私信。请先与我私聊任意一句话，即可收到。';

test('who cannot be reached at all is asked once a day, in a room and without a word of it, to write; then hears it all', async () => {
  const ground = await openUnreachable();
  const { put, rest, reachable, slack, wechat, contactId, outbox, says } = ground;
  await says({
    ...message('slack:T1/U1', '0', '大家好', '2026-06-22T01:00:00Z'),
    room: 'slack:T1/C1',
    addressed: false,
  });
  await put({ to: 'wechat:w1', text: '第一条', contactId }, { to: 'wechat:w1', text: '第二条', contactId });
  await rest();
  expect(await outbox()).toMatchObject([{ status: 'held' }, { status: 'held' }, { status: 'sent' }]);
  expect(slack.delivered.map(({ to, post }) => [to.address, post.mention, post.text])).toEqual([
    ['slack:T1/C1', 'slack:T1/U1', asked],
  ]);
  ground.clock.advance(86_400_000);
  await put({ to: 'slack:T1/U1', text: '第三条', contactId });
  await rest();
  expect(slack.texts()).toEqual([asked, asked]);
  reachable.add('wechat:w1');
  await says(message('wechat:w1', '1', '在吗', '2026-06-23T03:00:00Z'));
  await rest();
  expect(wechat.texts('wechat:w1')).toEqual(['第一条', '第二条', '第三条']);
  expect(slack.texts()).toEqual([asked, asked]);
});

test('the word that releases what was held may be an answer to a question', async () => {
  const ground = await openUnreachable();
  const { put, rest, reachable, wechat, says } = ground;
  const { campaignId } = await openQuestionnaires(ground);
  await enter(ground, campaignId, 'talk/window', ['wechat:w2']);
  const [row] = await ground.query<{ id: string }>(
    `SELECT contact_id AS id FROM urn WHERE urn = 'wechat:w2'`,
  );
  await put({ to: 'wechat:w2', text: '提醒', contactId: row?.id ?? '' });
  await rest();
  expect((await ground.outbox()).at(-1)).toMatchObject({ text: '提醒', status: 'held' });
  reachable.add('wechat:w2');
  await says(message('wechat:w2', '1', '答一', '2026-06-22T03:00:00Z'));
  await rest();
  expect(await answersOf(ground, 'wechat:w2')).toEqual([['q1', '答一']]);
  expect(wechat.texts('wechat:w2')).toContain('提醒');
});

test('a session follows its person to another address, and so does what they are told later', async () => {
  const ground = await openUnreachable();
  const { rest, reachable, slack, says, query } = ground;
  const { campaignId } = await openQuestionnaires(ground);
  await enter(ground, campaignId, 'talk/window', ['wechat:w2']);
  await query(
    `INSERT INTO urn (urn, contact_id) SELECT 'slack:T1/U2', contact_id FROM urn WHERE urn = 'wechat:w2'`,
  );
  reachable.add('slack:T1/U2');
  await says(message('slack:T1/U2', '1', '答一', '2026-06-22T03:00:00Z'));
  await rest();
  expect(slack.texts('slack:T1/U2')).toEqual([expect.stringContaining('q2')]);
  const people = await query(
    `SELECT address FROM contact JOIN urn ON contact_id = id WHERE urn = 'wechat:w2'`,
  );
  expect(people).toEqual([{ address: 'slack:T1/U2' }]);
});
