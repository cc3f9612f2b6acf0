import { randomUUID } from 'node:crypto';
import { channelOf } from '../../src/channels/address.ts';
import type { Inbound } from '../../src/channels/channel.ts';
import { begin } from '../../src/conversation/begin.ts';
import { runOn } from '../../src/store/database.ts';
import { commitWrites, noWrites } from '../../src/store/writes.ts';
import { load, publish, type Stage } from '../conversation/campaign-stage.ts';

export const questionIds = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'];

/** A published campaign with two questionnaires, `talk/window` and `talk/hall`, of six questions that take any text. */
export async function openQuestionnaires(stage: Stage): Promise<{ campaignId: string }> {
  const questions = questionIds.map((id) => ({ id, type: 'text', label: `请回答 ${id}` }));
  const campaignId = await load(
    stage,
    JSON.stringify({
      duban: 1,
      id: 'talk',
      title: '互查',
      notice: { issuer: '县政务服务中心', title: '关于互查的通知', date: '2026-06-15' },
      units: ['centre', 'east', 'west'].map((id) => ({ id, name: id, kind: 'hall' })),
      activities: [
        {
          id: 'mutual',
          mode: 'cross',
          title: '互查',
          coordinator: 'centre',
          deadline: { workdays: 5 },
          pairs: [
            { inspector: 'east', inspected: 'west' },
            { inspector: 'west', inspected: 'east' },
          ],
          checklist: 'window',
        },
      ],
      flows: ['window', 'hall'].map((id) => ({ id, title: id, questions })),
    }),
  );
  await publish(stage, campaignId);
  return { campaignId };
}

/** New people, each at the first question of a questionnaire; what was said to them so far is left out. */
export async function enter(stage: Stage, campaignId: string, flowId: string, urns: string[]): Promise<void> {
  const { database, library, clock } = stage;
  const at = clock.now().toISOString();
  const writes = noWrites();
  for (const urn of urns) {
    const id = randomUUID();
    const language = 'zh-CN';
    await database.prisma.contact.create({ data: { id, address: urn, language, urns: { create: { urn } } } });
    const person = { id, language, address: urn, title: null } as const;
    const pinned = { flowId, flowVersion: 1, campaignId, assignmentId: null, unitId: null };
    await begin(library, { ...pinned, person, place: { urn, room: null }, at }, writes);
  }
  await commitWrites(runOn(database.pool), { ...writes, outbox: [] });
}

/** A text in private. @param id unique for this person */
export function message(urn: string, id: string, text: string, sentAt: string): Inbound {
  const channel = channelOf(urn);
  return {
    channel,
    account: channel,
    externalId: `${urn}/${id}`,
    urn,
    kind: 'text',
    text,
    addressed: true,
    slash: false,
    files: [],
    sentAt,
  };
}

/** Every answer of this person, in the order taken: question and words. */
export async function answersOf(stage: Stage, urn: string): Promise<[string, string][]> {
  const rows = await stage.query<{ question: string; said: string }>(
    `SELECT a.question, a.said FROM answer a JOIN session s ON s.id = a.session_id JOIN urn u USING (contact_id)
     WHERE u.urn = $1 ORDER BY a.id`,
    [urn],
  );
  return rows.map(({ question, said }) => [question, said]);
}
