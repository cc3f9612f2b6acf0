import { checkDelegable } from '../campaign/activities/walkthrough.ts';
import { type ClosedWalk, closeWalks, holdDeputies } from '../conversation/close-walks.ts';
import type { Line, Param } from '../flow/say.ts';
import { inLanguage, languages } from '../flow/text.ts';
import { addMatters, type ListedMatter, removeMatter, sameName, setFlags } from '../store/matters.ts';
import type { Command, CommandContext } from './command.ts';
import { endStanding, tellDeputy } from './entrusted.ts';
import { flagNames, howLines, listLines, matterLine } from './matter-lines.ts';
import { type MatterWords, readMatterWords } from './matter-words.ts';
import { matterCalled, matterEvent, needsHead, type OwnMatters, ownMatters } from './own-matters.ts';

/** Longest name of a matter, in characters; most matters of a unit. */
const nameMax = 100;
const mattersMax = 500;

/** 事项: a unit lists its own matters first, and marks those that the head does in person (MDJ-1.3, MDJ-1.2). */
export const matters: Command = {
  name: 'matters',
  words: { 'zh-CN': ['事项', '事项清单', '本单位事项'], en: ['matters'] },
  takes: 'words',
  bare: false,
  help: 'modes:matters.line',
  run: async (context, rest) => {
    const own = await ownMatters(context, matters, rest, async (list, said) => {
      const wanted = readMatterWords(said);
      if (wanted.do === 'flag' && wanted.on) await holdDeputies(context.run, list, wanted.number);
    });
    if (own === null) return;
    const words = readMatterWords(own.rest);
    const isChange = words.do === 'add' || words.do === 'remove' || words.do === 'flag';
    if (isChange && own.task.reportedAt !== null) return context.reply({ key: 'commands:checkin.reported' });
    await carryOut(context, own, words);
  },
};

async function carryOut(context: CommandContext, own: OwnMatters, words: MatterWords): Promise<void> {
  switch (words.do) {
    case 'list':
      return context.reply(...listLines(own, words.page));
    case 'how':
      return context.reply(...howLines);
    case 'show': {
      const matter = matterCalled(context, own, words.number);
      if (matter !== null) context.reply(matterLine(matter), ...howLines);
      return;
    }
    case 'add':
      return add(context, own, words.names);
    case 'remove':
      return remove(context, own, words.number);
    case 'flag':
      return flag(context, own, words);
  }
}

async function add(context: CommandContext, own: OwnMatters, names: string[]): Promise<void> {
  if (names.some((name) => [...name].length > nameMax))
    return context.reply({ key: 'modes:matters.too-long', params: { max: nameMax } });
  // In whichever language it was listed: what is flagged must not come back without its flag.
  const standing = new Set(
    own.matters.flatMap(({ name }) => languages.map((language) => sameName(inLanguage(name, language)))),
  );
  const fresh = names.filter(
    (name, index) => !standing.has(sameName(name)) && firstOf(names, name) === index,
  );
  if (fresh.length === 0) return context.reply({ key: 'modes:matters.known' });
  if (own.matters.length + fresh.length > mattersMax)
    return context.reply({ key: 'modes:matters.too-many', params: { max: mattersMax } });
  const added = await addMatters(context.run, own.list, fresh);
  const numbers = added.map(({ number }) => number);
  context.writes.audit.push(matterEvent(context, own.task, 'added', { matters: numbers }));
  const lines = added.map(
    ({ number, name }): Line => ({ key: 'modes:matters.added.one', params: { number, name } }),
  );
  const known = names.length - fresh.length;
  context.reply(
    { key: 'modes:matters.added', params: { count: added.length } },
    ...lines,
    ...(known > 0 ? [{ key: 'modes:matters.known.some', params: { count: known } } as const] : []),
    { key: 'modes:matters.added.next', params: { number: numbers[0] ?? 1 } },
  );
}

function firstOf(names: string[], name: string): number {
  return names.findIndex((other) => sameName(other) === sameName(name));
}

async function remove(context: CommandContext, own: OwnMatters, number: number): Promise<void> {
  const matter = matterCalled(context, own, number);
  if (matter === null || !needsHead(context, own)) return;
  const { name } = matter;
  if (matter.fromFile) return context.reply({ key: 'modes:matters.of-file', params: { name } });
  if (matter.byHead + matter.byDeputy > 0)
    return context.reply({ key: 'modes:matters.walked', params: { name } });
  await endStanding(context, own, matter);
  await removeMatter(context.run, matter.id, context.at);
  context.writes.audit.push(matterEvent(context, own.task, 'removed', { matter: number }));
  context.reply({ key: 'modes:matters.removed', params: { number, name } });
}

/** Anybody of the unit may say that a matter is the head's to do; only the head that it is not, and never against the file. */
async function flag(
  context: CommandContext,
  own: OwnMatters,
  { number, flags, on }: Extract<MatterWords, { do: 'flag' }>,
): Promise<void> {
  const matter = matterCalled(context, own, number);
  if (matter === null || (!on && !needsHead(context, own))) return;
  const { name, given } = matter;
  const now = on
    ? [...new Set([...matter.flags, ...flags])]
    : matter.flags.filter((one) => !flags.includes(one) || given.includes(one));
  if (!on && given.some((one) => flags.includes(one)))
    return context.reply({
      key: 'modes:matters.flag.given',
      params: { name, flags: flagNames(given.filter((one) => flags.includes(one))) },
    });
  await setFlags(context.run, matter.id, now);
  context.writes.audit.push(matterEvent(context, own.task, 'flagged', { matter: number, flags: now }));
  context.reply(...(await flaggedLines(context, own, { ...matter, flags: now })));
}

/** What the head must do in person is nobody else's any more, and neither is a record of it that was begun. */
async function flaggedLines(context: CommandContext, own: OwnMatters, matter: ListedMatter): Promise<Line[]> {
  const { number, name, flags } = matter;
  if (checkDelegable(matter) === null) return [{ key: 'modes:matters.unflagged', params: { number, name } }];
  const lines: Line[] = [{ key: 'modes:matters.flagged', params: { number, name, flags: flagNames(flags) } }];
  const closed = await closeWalks(context, matter.id);
  const told = new Map(closed.map((one) => [one.contactId, closedLine(matter, one)]));
  const deputy = await endStanding(context, own, matter, (id) => {
    const line = told.get(id);
    told.delete(id);
    return line === undefined ? [] : [line];
  });
  for (const [id, line] of told) await tellDeputy(context, own, id, line);
  if (deputy !== null) lines.push({ key: 'modes:entrust.ended', params: { deputy } });
  if (closed.length > 0) lines.push({ key: 'modes:matters.closed' });
  return lines;
}

function closedLine({ number, name, flags }: ListedMatter, { withdrawn }: ClosedWalk): Line {
  const problems: Param = withdrawn === 0 ? '' : { key: 'modes:walk.closed.problems', params: { withdrawn } };
  return { key: 'modes:walk.closed', params: { number, name, flags: flagNames(flags), problems } };
}
