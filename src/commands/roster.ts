import { Activity, assignmentsOf } from '../campaign/activities/activity.ts';
import { plain } from '../campaign/nearest.ts';
import type { Line } from '../flow/say.ts';
import { inLanguage, type Text } from '../flow/text.ts';
import type { CampaignInQuestion, Command, CommandContext } from './command.ts';
import { storeCode } from './invite.ts';

/** Units with a code in one message: each line is passed on by itself. */
const pageSize = 10;
/** Names of units that are in. */
const namesMax = 60;
/** A code that runs out sooner than this is not told again, in milliseconds. */
const validMinMs = 7 * 86_400_000;

/**
 * 名单: a notice lists units and no heads, so each unit is asked for its person (JX-2.1). Shows which units of an activity
 * nobody is bound to yet, with a code for each to be passed on, and which are in. Hidden activities have no list.
 */
export const roster: Command = {
  name: 'roster',
  words: { 'zh-CN': ['名单', '到位名单'], en: ['roster'] },
  takes: /(?<=[\s:,，])\S.{0,60}|第?\d{1,3}页?/,
  bare: false,
  ofCampaign: true,
  help: 'modes:roster.line',
  run: async (context, rest) => {
    const { campaign } = context;
    if (campaign === null) return context.reply({ key: 'commands:campaign.none' });
    const all = await rostersOf(context, campaign);
    const { name, page } = wantedIn(rest);
    const [first, second] = name === '' ? all : all.filter((one) => isCalled(one, name));
    if (first === undefined)
      return context.replyPrivately({ lines: [{ key: 'modes:roster.unknown' }, ...overview(all)] });
    if (second !== undefined && page === null) return context.replyPrivately({ lines: overview(all) });
    context.replyPrivately({ lines: await details(context, campaign, first, page ?? 1) });
  },
};

interface Roster {
  code: string;
  title: Text;
  /** Units with somebody who inspects for them, and those without, in the order of the file. */
  present: { id: string; name: Text }[];
  missing: { id: string; name: Text }[];
}

const pagePattern = /(?:^|\s)第?(\d{1,3})页?$/u;

function wantedIn(rest: string): { name: string; page: number | null } {
  const page = pagePattern.exec(rest)?.[1];
  return { name: plain(rest.replace(pagePattern, '')), page: page === undefined ? null : Number(page) };
}

function isCalled({ code, title }: Roster, name: string): boolean {
  return (
    code === name || (['zh-CN', 'en'] as const).some((one) => plain(inLanguage(title, one)).includes(name))
  );
}

/** Those whose heads are collected by asking come first. */
async function rostersOf({ transaction }: CommandContext, { id }: CampaignInQuestion): Promise<Roster[]> {
  const activities = await transaction.activity.findMany({
    where: { campaignId: id, hidden: false },
    select: { code: true, title: true, mode: true, rules: true },
    orderBy: { code: 'asc' },
  });
  const units = await transaction.unit.findMany({
    where: { campaignId: id },
    select: { id: true, code: true, name: true, memberships: { where: { role: 'inspector' }, take: 1 } },
  });
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  return activities
    .sort((one, other) => Number(other.mode === 'experience') - Number(one.mode === 'experience'))
    .flatMap(({ code, title, rules }) => {
      const own = takingPart(Activity.parse(rules)).flatMap((unit) => byCode.get(unit) ?? []);
      const named = (list: typeof own) => list.map((unit) => ({ id: unit.id, name: unit.name as Text }));
      const [present, missing] = [true, false].map((is) =>
        named(own.filter(({ memberships }) => memberships.length > 0 === is)),
      );
      return own.length === 0
        ? []
        : [{ code, title: title as Text, present: present ?? [], missing: missing ?? [] }];
    });
}

/** Codes of the units that have a task of their own, or will have one once it is drawn who inspects whom. */
function takingPart(activity: Activity): string[] {
  if (activity.mode === 'cross' && activity.pairs.length === 0) return activity.participants ?? [];
  return [...new Set(assignmentsOf(activity).map((one) => one.assigneeUnit))];
}

function overview(all: Roster[]): Line[] {
  const lines = all.map(
    ({ title, present, missing }): Line => ({
      key: 'modes:roster.activity',
      params: {
        title,
        total: present.length + missing.length,
        present: present.length,
        missing: missing.length,
      },
    }),
  );
  const [first] = all;
  return first === undefined
    ? lines
    : [...lines, { key: 'modes:roster.how', params: { title: first.title } }];
}

async function details(
  context: CommandContext,
  campaign: CampaignInQuestion,
  roster: Roster,
  wanted: number,
): Promise<Line[]> {
  const { title, present, missing } = roster;
  const [head] = overview([roster]);
  const names = present.slice(0, namesMax).map(({ name }) => name);
  const lines: Line[] = head === undefined ? [] : [head];
  if (names.length > 0) lines.push({ key: 'modes:roster.present', params: { units: { list: names } } });
  const pages = Math.max(1, Math.ceil(missing.length / pageSize));
  const page = Math.min(Math.max(1, wanted), pages);
  if (missing.length === 0) return [...lines, { key: 'modes:roster.complete' }];
  lines.push({ key: 'modes:roster.missing', params: { page, pages } });
  for (const { id, name } of missing.slice((page - 1) * pageSize, page * pageSize))
    lines.push({
      key: 'modes:roster.unit',
      params: { unit: name, code: await codeFor(context, campaign.id, id) },
    });
  if (page < pages) lines.push({ key: 'modes:roster.more', params: { title, next: page + 1 } });
  return lines;
}

/** The unit's code that was told before, while it is good: asking twice makes no second one. */
async function codeFor(context: CommandContext, campaignId: string, unitId: string): Promise<string> {
  const { transaction, turn, at } = context;
  const standing = await transaction.invite.findFirst({
    where: {
      ...{ campaignId, unitId, role: 'inspector', createdBy: turn.contact.id, usedAt: null },
      expiresAt: { gt: new Date(Date.parse(at) + validMinMs) },
    },
    select: { code: true },
    orderBy: { expiresAt: 'desc' },
  });
  return standing?.code ?? storeCode(context, { role: 'inspector', campaignId, unitId });
}
