import type { Clock } from '../../src/clock.ts';
import { loadCampaign } from '../../src/conversation/load.ts';
import { publishCampaign } from '../../src/conversation/publish.ts';
import { type Database, inTransaction } from '../../src/store/database.ts';

/** Fifty inspectors with a task each, in ten campaigns that remind at ten times of the day. */
export const people: { urn: string; campaign: number }[] = Array.from({ length: 50 }, (_, index) => ({
  urn: `console:c${index % 10}-p${Math.floor(index / 10)}`,
  campaign: index % 10,
}));

/** A workday with the nine after it in one stretch of two weeks: a reminder falls due on each of the ten. */
export const begin = '2026-06-22';

/** Loads and publishes them with the real loader; whoever is in them is a persona of the console page. */
export async function publishFifty(database: Database, clock: Clock): Promise<void> {
  for (let campaign = 0; campaign < 10; campaign += 1) {
    const options = { start: begin, path: 'test', clock, console: true };
    const loaded = await loadCampaign(database, JSON.stringify(campaignFile(campaign)), options);
    if (loaded.faults !== undefined) throw new Error(JSON.stringify(loaded.faults));
    const { campaignId } = loaded;
    await inTransaction(database.pool, (run) => publishCampaign(run, campaignId, clock.now().toISOString()));
  }
}

/** The checklist: texts and numbers are typed, the others can also be tapped. */
export const questions = [
  { id: 'window', type: 'text', label: '检查的是哪个窗口？' },
  { id: 'queue', type: 'number', label: '有多少人在排队？', min: 0, max: 10_000 },
  { id: 'tidy', type: 'choice', label: '窗口是否整洁？', options: 'yes-no' },
  { id: 'tidy-note', type: 'text', label: '整洁情况如何？' },
  { id: 'rating', type: 'level', label: '群众评价如何？' },
  { id: 'rating-note', type: 'text', label: '群众说了什么？' },
  { id: 'minutes', type: 'number', label: '平均等候多少分钟？', min: 0, max: 10_000 },
  { id: 'on-post', type: 'choice', label: '是否在岗？', options: 'yes-no' },
  { id: 'posts', type: 'text', label: '哪些岗位？' },
  { id: 'remark', type: 'text', label: '还有什么要说明的？' },
];

export const questionIds = questions.map(({ id }) => id);

/** What one person types in one visit, one reply a question; no two visits or people type the same. */
export function repliesOf(urn: string, visit: number): string[] {
  const own = `${urn.slice('console:'.length)} 第${visit}次`;
  return questions.map(({ id, type }, index) => {
    if (type === 'number') return String(visit * 100 + index);
    if (type === 'choice') return visit % 2 === 0 ? '是' : '否';
    if (type === 'level') return visit % 2 === 0 ? '满意' : '不满意';
    return `${own} ${id}`;
  });
}

function campaignFile(campaign: number): object {
  const units = people.filter((one) => one.campaign === campaign).map((_, index) => `u${index}`);
  return {
    duban: 1,
    id: `crash-${campaign}`,
    title: `第${campaign}组互查`,
    notice: { issuer: '县政务服务中心', title: '关于开展窗口互查的通知', date: '2026-06-15' },
    quiet: { from: '00:00', to: '00:00' },
    // On every workday from the first to the last, so that one falls due in most rounds.
    reminders: { at: reminderTime(campaign), before: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0], overdue: 'workdays' },
    units: [
      { id: 'centre', name: '县政务服务中心', kind: 'organisation' },
      ...units.map((id) => ({ id, name: `便民服务中心 ${id}`, kind: 'hall', parent: 'centre' })),
    ],
    people: units.map((unit, index) => ({
      role: 'inspector',
      unit,
      title: `检查员 ${campaign}-${index}`,
      console: `c${campaign}-p${index}`,
    })),
    activities: [
      {
        id: 'mutual',
        mode: 'cross',
        title: '窗口互查',
        coordinator: 'centre',
        deadline: { workdays: 9 },
        pairs: units.map((inspector, index) => ({ inspector, inspected: units[(index + 1) % units.length] })),
        visits: { min: 1, max: 500 },
        checklist: 'window',
      },
    ],
    // The clock runs fast, and nobody shall be nudged for being slow by it.
    flows: [
      {
        id: 'window',
        title: '窗口检查',
        silence: { nudgeAfter: 1_000_000, expireAfter: 2_000_000 },
        questions,
      },
    ],
  };
}

/** 01:00, 03:12, 05:24 … 20:48. */
function reminderTime(campaign: number): string {
  const minutes = 60 + campaign * 132;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
