import { does } from '../conversation/mode-words.ts';
import type { Line } from '../flow/say.ts';
import { inLanguage, type Language, type Text } from '../flow/text.ts';
import { partsOf } from '../roles.ts';
import type { CampaignFacts } from '../store/library.ts';
import { type ListedTask, listTasks, type TaskFilter } from '../store/task-list.ts';
import { type CommandContext, seesCampaign } from './command.ts';
import { unitsAs } from './own-assignments.ts';
import { hiddenBySight } from './sight.ts';
import { byWhen, leftOf, todayIn } from './time-left.ts';

/** Tasks in one message. */
export const pageRows = 10;

/** The number of a page behind a command: `2`, `第2页`; 1 without. */
export function pageIn(rest: string): number {
  const digits = /(?:^|[\s,，])第?\s*(\d{1,3})\s*页?\s*$/u.exec(rest)?.[1];
  return digits === undefined ? 1 : Math.max(1, Number(digits));
}

/** A task in a list: its number, which every command about it takes, who does what by when, and how many people are on it. */
export function taskRow(task: ListedTask, facts: CampaignFacts, at: string): Line {
  const { number, assignee, mode, target, people } = task;
  const params = { number, assignee, does: does(mode, target), by: byWhen(task), people };
  const left = leftOf(task, todayIn(facts, at));
  return { key: people === 0 ? 'desk:row.unmanned' : 'desk:row', params: { ...params, left } };
}

/** Whose tasks this person may list: all of the campaign, or those of their own units. Hidden ones as secrecy has it. */
export async function filterFor(
  context: CommandContext,
  campaignId: string,
): Promise<Pick<TaskFilter, 'campaignId' | 'secrets' | 'units'>> {
  const { all } = await hiddenBySight(context, campaignId, true);
  const units = seesCampaign(context) ? null : unitsAs(context, 'inspector', 'leader');
  return { campaignId, secrets: units === null ? all : [], units };
}

/** The units by which somebody coordinates, where that is not the whole campaign; undefined for all of it. */
export function coordinatesBy({ roles, campaign }: CommandContext): string[] | undefined {
  const id = campaign?.id ?? null;
  if (roles.some((held) => partsOf(held, id).includes('coordinator'))) return undefined;
  return roles.flatMap((held) => (partsOf(held, id).includes('activity') ? (held.unitId ?? []) : []));
}

/** That there is more, and the words that show it; nothing where none is left. `words`: the command without its page. */
export function moreLines(left: number, words: Text, next: number): Line[] {
  const withPage = (language: Language) => `${inLanguage(words, language)} ${next}`;
  const params = { left, words: { 'zh-CN': withPage('zh-CN'), en: withPage('en') } };
  return left > 0 ? [{ key: 'desk:more', params }] : [];
}

/** One page of a list of tasks. `more`: the command that gives the next. */
export async function taskPage(
  context: CommandContext,
  filter: TaskFilter,
  { page, more }: { page: number; more: Text },
): Promise<{ total: number; lines: Line[]; tasks: ListedTask[] }> {
  const found = await listTasks(context.run, filter, { rows: pageRows, from: (page - 1) * pageRows });
  const facts = await context.library.campaign(filter.campaignId);
  const lines = found.tasks.map((task) => taskRow(task, facts, context.at));
  if (found.tasks.length === 0 && found.total > 0)
    lines.push({ key: 'desk:no-page', params: { page, pages: Math.ceil(found.total / pageRows) } });
  lines.push(...moreLines(found.total - page * pageRows, more, page + 1));
  return { ...found, lines };
}
