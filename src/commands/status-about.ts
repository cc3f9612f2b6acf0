import { plain } from '../campaign/nearest.ts';
import type { Line } from '../flow/say.ts';
import { inLanguage, languages, type Text } from '../flow/text.ts';
import { openFindingsOf } from '../store/counts.ts';
import { isWithin, unitStanding } from '../store/unit-standing.ts';
import { type CampaignInQuestion, type CommandContext, hasRole, seesCampaign } from './command.ts';
import { unitsAs } from './own-assignments.ts';
import { tellUncalled } from './people-called.ts';
import { hiddenBySight } from './sight.ts';
import { activityLines, overdueLines, overdueOf } from './status-lines.ts';
import { taskPage } from './task-rows.ts';
import { todayIn } from './time-left.ts';
import { unitCalled } from './unit-called.ts';

/**
 * 状态 海盐县政府, 状态 交叉式抽查: how far one unit or one activity is; to the person alone, as it has names (DOMAIN 2.11). An activity
 * that is hidden from them is as none. The head of a unit asks about it and what is under it.
 */
export async function statusAbout(
  context: CommandContext,
  campaign: CampaignInQuestion,
  words: string,
): Promise<void> {
  const seesAll = seesCampaign(context);
  const { all } = await hiddenBySight(context, campaign.id, true);
  const head: Line = {
    key: 'commands:status.title',
    params: { title: campaign.title, at: { instant: context.at, zone: campaign.zone } },
  };
  const activity = seesAll ? await activityCalled(context, campaign.id, words, all) : null;
  if (activity !== null)
    return context.replyPrivately({ lines: [head, ...(await ofActivity(context, campaign, activity))] });
  const found = await unitCalled(context, campaign, words);
  const isOwn =
    found.kind === 'unit' && (await isWithin(context.run, found.unit.id, unitsAs(context, 'leader')));
  if (!seesAll && !isOwn) return context.replyPrivately({ lines: [{ key: 'desk:tasks.own-only' }] });
  if (found.kind === 'unknown' || found.campaign.id !== campaign.id) {
    const near = found.kind === 'unknown' ? found.near.map(({ name }) => name) : [];
    return tellUncalled(context, words, { kind: 'unknown', near });
  }
  const lines = await ofUnit(context, campaign, found.unit, all);
  context.replyPrivately({ lines: [head, ...lines] });
}

interface NamedActivity {
  id: string;
  hidden: boolean;
}

/** The one activity that goes by this code or title, or by a part of its title that no other has. */
async function activityCalled(
  { transaction }: CommandContext,
  campaignId: string,
  words: string,
  secrets: string[],
): Promise<NamedActivity | null> {
  const rows = await transaction.activity.findMany({
    where: { campaignId, OR: [{ hidden: false }, { id: { in: secrets } }] },
    select: { id: true, code: true, title: true, hidden: true },
  });
  const said = plain(words);
  const titles = (title: unknown) => languages.map((language) => plain(inLanguage(title as Text, language)));
  const exact = rows.find(({ code, title }) => code === said || titles(title).includes(said));
  if (exact !== undefined) return exact;
  const [one, another] = rows.filter(({ title }) => titles(title).some((name) => name.includes(said)));
  return one === undefined || another !== undefined ? null : one;
}

async function ofActivity(
  context: CommandContext,
  campaign: CampaignInQuestion,
  { id, hidden }: NamedActivity,
): Promise<Line[]> {
  const which = { hidden, id: { in: [id] } };
  return [
    ...(await activityLines(context, campaign.id, which)),
    ...overdueLines(await overdueOf(context, campaign, which)),
    { key: 'commands:status.findings', params: { open: await openFindingsOf(context.run, campaign.id, id) } },
  ];
}

async function ofUnit(
  context: CommandContext,
  { id: campaignId }: CampaignInQuestion,
  { id: unitId, name }: { id: string; name: Text },
  secrets: string[],
): Promise<Line[]> {
  const { today } = todayIn(await context.library.campaign(campaignId), context.at);
  const all = hasRole(context, 'coordinator') || hasRole(context, 'auditor');
  const found = await unitStanding(context.run, { campaignId, unitId }, { secrets, all, today });
  const { total, done, late, coming, came, open, openLate } = found;
  const filter = { campaignId, secrets, units: [unitId], before: null };
  const more = { 'zh-CN': `任务 ${inLanguage(name, 'zh-CN')}`, en: `tasks ${inLanguage(name, 'en')}` };
  const { lines } = await taskPage(context, filter, { page: 1, more });
  return [
    { key: 'desk:status.unit.tasks', params: { name, total, done, late } },
    ...lines,
    { key: 'desk:status.unit.inspected', params: { total: coming, done: came } },
    { key: 'desk:status.unit.findings', params: { open, late: openLate } },
    ...(seesCampaign(context) ? [{ key: 'desk:status.unit.how', params: { name } } as const] : []),
  ];
}
