import { checkDelegable, checkDelegation, type Delegation } from '../campaign/activities/walkthrough.ts';
import { plain } from '../campaign/nearest.ts';
import type { Line, Option } from '../flow/say.ts';
import { inLanguage, languages } from '../flow/text.ts';
import { addDelegation, type BoundPerson, type ListedMatter } from '../store/matters.ts';
import type { Command, CommandContext } from './command.ts';
import { endStanding, tellDeputy } from './entrusted.ts';
import { validDays } from './invitation.ts';
import { storeCode } from './invite.ts';
import {
  deputyName,
  matterCalled,
  matterEvent,
  needsHead,
  type OwnMatters,
  ownMatters,
} from './own-matters.ts';

/** Longest post of a deputy, in characters. */
const titleMax = 40;

const wanted = /^#?(?<number>\d{1,9})\s*(?:号(?:事项|问题)?)?[\s:：,，、;；]*(?<deputy>[\s\S]*)$/u;

/**
 * 委托: the head entrusts a deputy of the unit with a matter when there are too many to finish in time; never with one that
 * the head must do in person (MDJ-1.2). A deputy who has not joined yet gets a code, and is entrusted by using it.
 */
export const entrust: Command = {
  name: 'entrust',
  words: { 'zh-CN': ['委托'], en: ['entrust', 'delegate'] },
  takes: 'numbered',
  bare: false,
  help: 'modes:entrust.line',
  run: async (context, rest) => {
    const own = await ownMatters(context, entrust, rest);
    if (own === null || !needsHead(context, own)) return;
    if (own.task.reportedAt !== null) return context.reply({ key: 'commands:checkin.reported' });
    const said = wanted.exec(own.rest.trim())?.groups;
    if (said === undefined) return context.reply({ key: 'modes:entrust.how' });
    const matter = matterCalled(context, own, Number(said.number));
    if (matter === null) return;
    const refused = checkDelegable(matter);
    if (refused !== null) return context.reply(refused);
    await entrustTo(context, own, matter, (said.deputy ?? '').trim());
  },
};

async function entrustTo(
  context: CommandContext,
  own: OwnMatters,
  matter: ListedMatter,
  words: string,
): Promise<void> {
  if ([...words].length > titleMax && !words.startsWith(marks.person))
    return context.reply({ key: 'modes:entrust.too-long', params: { max: titleMax } });
  const others = own.people.filter(({ id }) => id !== context.turn.contact.id);
  const fresh = words.startsWith(marks.fresh) ? words.slice(marks.fresh.length) : null;
  if (fresh !== null) return invite(context, own, matter, fresh);
  const found = called(words, others);
  const [one, another] = found;
  if (one !== undefined && another === undefined) return give(context, own, matter, one);
  if (found.length === 0 && words === '') return context.reply({ key: 'modes:entrust.how' });
  if (found.length === 0) return invite(context, own, matter, words);
  askWho(context, own, matter, { found, words });
}

/** What the options of a message carry instead of words. */
const marks = { person: 'person:', fresh: 'new:' };

/** Those who go by these words; whoever has no title could be meant by any. */
function called(words: string, others: BoundPerson[]): BoundPerson[] {
  if (words.startsWith(marks.person))
    return others.filter(({ id }) => id === words.slice(marks.person.length));
  const asked = plain(words);
  const named = (fits: (title: string) => boolean) =>
    others.filter(
      ({ title }) => title !== null && languages.some((one) => fits(plain(inLanguage(title, one)))),
    );
  const exact = named((title) => title === asked);
  if (exact.length > 0 && asked !== '') return exact;
  return [...named((title) => title.includes(asked)), ...others.filter(({ title }) => title === null)];
}

function askWho(
  context: CommandContext,
  { mark }: OwnMatters,
  { number }: ListedMatter,
  { found, words }: { found: BoundPerson[]; words: string },
): void {
  const options: Option[] = found.map((person, index) => ({
    id: `${number} ${marks.person}${person.id}${mark}`,
    label: person.title ?? { key: 'modes:deputy.numbered', params: { number: index + 1 } },
  }));
  if (words !== '')
    options.push({
      id: `${number} ${marks.fresh}${words}${mark}`,
      label: { key: 'modes:entrust.other', params: { deputy: words } },
    });
  context.ask({
    lines: [{ key: 'modes:entrust.who', params: { number } }],
    ask: { target: 'command:entrust', question: 'deputy', options, many: false, numbered: true },
  });
}

async function give(
  context: CommandContext,
  own: OwnMatters,
  matter: ListedMatter,
  person: BoundPerson,
): Promise<void> {
  const { run, turn, at, writes } = context;
  const { id, number, name, delegation } = matter;
  const deputy = deputyName(person);
  if (delegation?.to === person.id)
    return context.reply({ key: 'modes:entrust.already', params: { number, name, deputy } });
  const pair = { from: turn.contact.id, to: person.id };
  const refused = checkDelegation(matter, pair, standingOf(own, matter));
  if (refused !== null) return context.reply(refused);
  await endStanding(context, own, matter);
  await addDelegation(run, { ...pair, matterId: id, title: null, code: null, at });
  writes.audit.push(matterEvent(context, own.task, 'entrusted', { matter: number, to: person.id }));
  context.reply({ key: 'modes:entrust.done', params: { number, name, deputy } });
  await tellDeputy(context, own, person.id, { key: 'modes:entrust.yours', params: { number, name } });
}

/** Who is entrusted with the other matters. */
export function standingOf({ matters }: Pick<OwnMatters, 'matters'>, but: { number: number }): Delegation[] {
  return matters.flatMap(({ number, delegation }) => {
    const to = delegation?.to ?? null;
    return delegation === null || to === null || number === but.number ? [] : [{ from: delegation.from, to }];
  });
}

/** A code that binds the deputy to the unit and entrusts the matter, once it is used. */
async function invite(
  context: CommandContext,
  own: OwnMatters,
  matter: ListedMatter,
  title: string,
): Promise<void> {
  const { run, turn, at, writes } = context;
  const { campaignId, targetId: unitId } = own.task;
  const { number, name } = matter;
  await endStanding(context, own, matter);
  const code = await storeCode(context, { role: 'inspector', campaignId, unitId });
  const given = { matterId: matter.id, from: turn.contact.id, to: null, title, code, at };
  await addDelegation(run, given);
  writes.audit.push(matterEvent(context, own.task, 'entrusted', { matter: number, to: null }));
  const lines: Line[] = [
    { key: 'modes:entrust.offered', params: { number, name, deputy: title, code } },
    { key: 'commands:invite.forward', params: { code } },
    { key: 'commands:invite.valid', params: { days: validDays } },
  ];
  context.replyPrivately({ lines });
}
