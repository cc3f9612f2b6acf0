import { pagePart } from '../conversation/page-part.ts';
import type { Line, Param } from '../flow/say.ts';
import { type CampaignPerson, peopleOfCampaign, unitsAndPeople } from '../store/campaign-people.ts';
import { type CampaignInQuestion, type Command, type CommandContext, wordOf } from './command.ts';
import { called, tellUncalled } from './people-called.ts';
import { filterFor, moreLines, pageIn, pageRows, taskPage } from './task-rows.ts';

/** Units in one message, and people. */
const unitRows = 15;
const peopleMax = 30;

const missing =
  /^(?:还)?(?:没有?|未)(?:上?报|交)|^(?:has|have)?\s*not\s*(?:yet\s*)?reported|^is\s+missing|^missing/iu;

/** 谁: who takes part, unit by unit; 谁 南湖区 the people of one; 谁还没报 which tasks still owe a report, and how many are on them. */
export const who: Command = {
  name: 'who',
  words: { 'zh-CN': ['谁', '人员'], en: ['who'] },
  takes:
    /(?:还)?(?:没有?|未)(?:上?报|交)(?:了?[?？]|[\s,，]*第?\d{1,3}页?)?|(?:(?:has|have)\s+)?not\s+(?:yet\s+)?reported(?:\s+\d{1,3})?|(?:is\s+)?missing(?:\s+\d{1,3})?|第?\d{1,3}页?|(?<=[\s:,，])\S.{0,60}/,
  bare: false,
  ofCampaign: true,
  help: 'desk:who.line',
  run: async (context, rest) => {
    const { campaign } = context;
    if (campaign === null) return context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
    const said = rest.trim().replace(/[?？]$/u, '');
    if (missing.test(said)) return notReported(context, campaign, said);
    if (said === '' || /^第?\d{1,3}页?$/u.test(said)) return units(context, campaign, pageIn(` ${said}`));
    await peopleOf(context, campaign, said);
  },
};

async function notReported(
  context: CommandContext,
  campaign: CampaignInQuestion,
  said: string,
): Promise<void> {
  const page = pageIn(` ${said.replace(missing, '')}`);
  const more = { 'zh-CN': '谁还没报', en: 'who has not reported' };
  const filter = { ...(await filterFor(context, campaign.id)), before: null };
  const { total, lines } = await taskPage(context, filter, { page, more });
  const { title } = campaign;
  context.replyPrivately({
    lines: [
      total === 0
        ? { key: 'desk:who.all-reported', params: { title } }
        : {
            key: 'desk:who.missing',
            params: { title, count: total, page: pagePart(page, Math.ceil(total / pageRows)) },
          },
      ...lines,
    ],
  });
}

async function units(context: CommandContext, campaign: CampaignInQuestion, page: number): Promise<void> {
  const rows = await unitsAndPeople(context.run, campaign.id, {
    rows: unitRows,
    from: (page - 1) * unitRows,
  });
  const total = rows[0]?.total ?? 0;
  const lines = rows.map((row): Line => {
    const parts = (['coordinator', 'inspector', 'liaison', 'leader'] as const).flatMap((role): Param[] => {
      const count = row[`${role}s`];
      return count === 0
        ? []
        : [{ key: 'desk:who.count', params: { role: { key: `commands:role.${role}` }, count } }];
    });
    return { key: 'desk:who.unit', params: { unit: row.unit, parts: { list: parts } } };
  });
  if (rows.length === 0 && page > 1) lines.push({ key: 'desk:no-page.plain', params: { page } });
  lines.push(...moreLines(total - page * unitRows, wordOf(who), page + 1));
  const head: Line =
    total === 0 && page === 1
      ? { key: 'desk:who.nobody', params: { title: campaign.title } }
      : { key: 'desk:who.title', params: { title: campaign.title } };
  context.replyPrivately({ lines: [head, ...lines, { key: 'desk:who.how' }] });
}

async function peopleOf(context: CommandContext, campaign: CampaignInQuestion, said: string): Promise<void> {
  const found = await called(context, campaign, said);
  if (found.kind === 'unknown') return tellUncalled(context, said, found);
  const everybody = await peopleOfCampaign(context.run, campaign.id);
  const people =
    found.kind === 'unit'
      ? everybody.filter(({ units: own }) => own.includes(found.id))
      : found.kind === 'person'
        ? [found.person]
        : found.people;
  const name: Param = found.kind === 'unit' ? found.name : said.slice(0, 40);
  const head: Line = { key: 'desk:who.of', params: { name, count: people.length } };
  context.replyPrivately({
    lines: [
      head,
      ...people.slice(0, peopleMax).map((one, index) => personLine(one, index + 1)),
      ...(found.kind === 'unit' && people.length === 0
        ? [{ key: 'desk:who.unmanned', params: { unit: found.name } } as const]
        : []),
    ],
  });
}

function personLine({ title, roles }: CampaignPerson, number: number): Line {
  const list = roles.flatMap((role) =>
    role === 'citizen' ? [] : [{ key: `commands:role.${role}` } as const],
  );
  const named: Param = title ?? { key: 'desk:who.untitled' };
  return { key: 'desk:who.person', params: { number, title: named, roles: { list } } };
}
