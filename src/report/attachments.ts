import { Campaign, type Person } from '../campaign/definition.ts';
import { sentence } from '../conversation/wording.ts';
import type { SentenceKey } from '../flow/say.ts';
import { SessionState } from '../flow/session.ts';
import { inLanguage, type Language, type Text } from '../flow/text.ts';
import type { Database } from '../store/database.ts';

/** The tables of a notice that fill themselves: 附件1 实例式检查领办统计表 (JX-1.6), 附件3 交叉式抽查安排表 (JX-3.4). */
export const attachments = ['1', '3'] as const;
export type Attachment = (typeof attachments)[number];

export type AttachmentTable = { kind: 'table'; rows: string[][] } | { kind: 'unknown' | 'draft' | 'no-mode' };

const modeOf = { '1': 'accompany', '3': 'cross' } as const;
const columns: Record<Attachment, SentenceKey[]> = {
  '1': [
    'modes:attachment.number',
    'modes:attachment.unit',
    'modes:attachment.person',
    'modes:attachment.post',
    'modes:attachment.matters',
    'modes:attachment.remark',
  ],
  '3': [
    'modes:attachment.number',
    'modes:attachment.inspector',
    'modes:attachment.inspected',
    'modes:attachment.remark',
  ],
};

/** The question whose answers go into the last column. */
const remark = 'remark';

/** A table in the shape of the notice, its heading first. People appear by their posts, never by name. */
export async function attachmentOf(
  { prisma }: Database,
  code: string,
  which: Attachment,
  language: Language,
): Promise<AttachmentTable> {
  const campaign = await prisma.campaign.findUnique({ where: { code } });
  if (campaign === null) return { kind: 'unknown' };
  const mode = modeOf[which];
  const activities = await prisma.activity.findMany({
    where: { campaignId: campaign.id, mode, hidden: false },
  });
  if (activities.length === 0) return { kind: 'no-mode' };
  if (campaign.status === 'draft') return { kind: 'draft' };
  const tasks = await prisma.assignment.findMany({
    where: { activityId: { in: activities.map(({ id }) => id) } },
    include: {
      assignee: true,
      target: true,
      claims: { where: { givenUpAt: null }, orderBy: { number: 'asc' } },
      sessions: {
        where: { status: 'completed', part: 'visit' },
        select: { state: true },
        orderBy: { startedAt: 'asc' },
      },
    },
    orderBy: { number: 'asc' },
  });
  const people = Campaign.shape.people.parse((campaign.definition as { people?: unknown }).people);
  const say = (text: Text) => inLanguage(text, language);
  const rows = tasks.map((task, index) => {
    const unit = say(task.assignee.name as Text);
    const remarks = joined(task.sessions.flatMap(({ state }) => remarkIn(state)));
    if (which === '3') return [String(index + 1), unit, say(task.target.name as Text), remarks];
    const titles = postsOf(people, task.assignee.code).map(say);
    const names = [unit, ...task.assignee.aliases];
    const claimed = joined(task.claims.map(({ matter, place }) => `${matter}（${place}）`));
    const posts = titles.map((title) => postIn(title, names));
    return [String(index + 1), unit, joined(titles), joined(posts), claimed, remarks];
  });
  return { kind: 'table', rows: [columns[which].map((key) => sentence(language, key)), ...rows] };
}

function joined(words: string[]): string {
  return words.filter((one) => one !== '').join('；');
}

function remarkIn(state: unknown): string[] {
  const value = SessionState.parse(state).values[remark];
  return typeof value === 'string' ? [value] : [];
}

/** What those are called whom the file has inspect for a unit. */
function postsOf(people: readonly Person[], unit: string): Text[] {
  return people.filter((one) => one.unit === unit && one.role === 'inspector').map(({ title }) => title);
}

/** The post within a title: what is left behind the unit's name; the whole title where that is not in it. */
function postIn(title: string, names: readonly string[]): string {
  const [own = ''] = names.filter((name) => title.startsWith(name)).sort((a, b) => b.length - a.length);
  return title.slice(own.length).trim() || title;
}
