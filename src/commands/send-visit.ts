import { DrawRecord } from '../campaign/draw/record.ts';
import { dateOf } from '../campaign/instant.ts';
import {
  fewSentence,
  overSentence,
  type SecretActivity,
  type Sent,
  sendVisit,
  visitIn,
  type WantedVisit,
} from '../conversation/visits.ts';
import { readDate } from '../flow/reading/date.ts';
import type { Line } from '../flow/say.ts';
import { storedRecord } from '../store/draws.ts';
import type { CampaignInQuestion, Command, CommandContext } from './command.ts';
import { begin } from './draw-begin.ts';
import { drawKnown } from './draw-sight.ts';
import type { OfferedForm } from './forms/form.ts';
import { sendForm } from './forms/send.ts';
import { ownCovert } from './own-covert.ts';
import { isOverheard } from './private.ts';
import { readSendWords, type SendWords } from './send-words.ts';
import { unitCalled } from './unit-called.ts';
import { visitLines } from './visit-lines.ts';

type Words<Do extends SendWords['do']> = Extract<SendWords, { do: Do }>;

/**
 * 派暗访: the coordinators of a secret activity send somebody after the publication, straight or as drawn (JX-2.5, JX-4). In
 * private chat only; whoever coordinates none hears the same as if there were none (JX-4.4).
 */
export const sendOut: Command = {
  name: 'send',
  words: { 'zh-CN': ['派暗访', '派抽查'], en: ['send visit'] },
  takes:
    /.{1,160}(?:到|赴| to ).{1,100}|(?:[a-z0-9-]{1,40}\s+)?(?:抽取?|draw)\s*\d{1,3}.{0,160}|[a-z0-9-]{1,40}(?:\s*第?\d{1,3}[项个]?)?/,
  bare: false,
  ofCampaign: true,
  help: 'modes:visit.line',
  form: offered,
  run: async (context, rest) => {
    if (isOverheard(context)) return context.reply({ key: 'modes:visit.in-private' });
    const { campaign } = context;
    const own = await ownCovert(context, campaign);
    const [first, second] = own;
    if (campaign === null || first === undefined) return context.reply({ key: 'modes:visit.none' });
    const [word = ''] = rest.trim().toLowerCase().split(/\s/u, 1);
    const named = own.find(({ code }) => code === word);
    const words = readSendWords(named === undefined ? rest : rest.trim().slice(word.length));
    if (words.do === 'list') return context.reply(...(await visitLines(context, own)), ...howLines);
    const activity = named ?? (second === undefined ? first : undefined);
    if (words.do === 'how') return context.reply(...howLines);
    if (words.do === 'drawn') return sendDrawn(context, own, words);
    if (activity === undefined) return context.reply(whichLine(own));
    const over = overSentence(activity, dateOf(context.at, campaign.zone));
    if (over !== null) return context.reply(over);
    if (words.do === 'send') return sendStraight(context, campaign, activity, words);
    await beginDraw(context, campaign, activity, words);
  },
};

/** Where nobody reads along, and to those alone who have something to send for; first what was sent so far (JX-4.4). */
async function offered(context: CommandContext): Promise<OfferedForm | null> {
  const { campaign, at } = context;
  if (isOverheard(context) || campaign === null) return null;
  const own = await ownCovert(context, campaign);
  const open = own.filter((one) => overSentence(one, dateOf(at, campaign.zone)) === null);
  if (open.length === 0) return null;
  return {
    form: sendForm(open),
    opening: async () => [...(await visitLines(context, own)), ...otherWays],
  };
}

/** What the form does not ask for. */
const otherWays: Line[] = [{ key: 'modes:visit.how.draw' }, { key: 'modes:visit.how.recall' }];

const howLines: Line[] = [
  { key: 'modes:visit.how' },
  { key: 'modes:visit.how.send' },
  { key: 'modes:visit.how.draw' },
  { key: 'modes:visit.how.recall' },
];

function whichLine(own: SecretActivity[]): Line {
  const list = own.map(
    ({ code, title }) => ({ key: 'commands:campaign.named', params: { code, title } }) as const,
  );
  return { key: 'modes:visit.which', params: { activities: { list }, code: own[0]?.code ?? '' } };
}

async function sendStraight(
  context: CommandContext,
  campaign: CampaignInQuestion,
  activity: SecretActivity,
  { from, to, day }: Words<'send'>,
): Promise<void> {
  const settled = day === null ? null : dayIn(context, campaign, activity, day);
  if (settled !== null && !('day' in settled)) return context.reply(settled);
  const who = await unitsHere(context, campaign, from);
  const where = who === null ? null : await unitHere(context, campaign, to);
  if (who === null || where === null) return;
  const wanted = { from: who, to: where, day: settled?.day ?? null };
  context.reply(...told(context, campaign, activity, wanted, await sendVisit(context, activity, wanted)));
}

/** The day that is meant, not past and not after the due day; or what to say. */
function dayIn(
  { at }: CommandContext,
  { zone }: CampaignInQuestion,
  { rules }: SecretActivity,
  words: string,
): { day: string } | Line {
  const bounds = { earliest: dateOf(at, zone), latest: rules.dueOn };
  const reading = readDate(words, { at, zone }, bounds);
  if (reading.kind === 'value') return { day: reading.value };
  return {
    key: 'modes:visit.day',
    params: { first: { date: bounds.earliest }, last: { date: bounds.latest } },
  };
}

/** The code of a unit of this campaign; answers the person when there is none. */
async function unitHere(
  context: CommandContext,
  campaign: CampaignInQuestion,
  name: string,
): Promise<string | null> {
  const found = await unitCalled(context, campaign, name);
  if (found.kind === 'unit' && found.campaign.id === campaign.id) return found.unit.code;
  const near = found.kind === 'unknown' ? found.near.map((unit) => unit.name) : [];
  const shown = name.slice(0, 40);
  context.reply(
    near.length === 0
      ? { key: 'draw:unit-unknown', params: { name: shown } }
      : { key: 'draw:unit-near', params: { name: shown, candidates: { list: near } } },
  );
  return null;
}

async function unitsHere(
  context: CommandContext,
  campaign: CampaignInQuestion,
  names: readonly string[],
): Promise<string[] | null> {
  const codes: string[] = [];
  for (const name of names) {
    const code = await unitHere(context, campaign, name);
    if (code === null) return null;
    codes.push(code);
  }
  return codes;
}

/** Objects, who goes and when are drawn; who the members are the file says, or the coordinator (JX-4.1: no list attached). */
async function beginDraw(
  context: CommandContext,
  campaign: CampaignInQuestion,
  activity: SecretActivity,
  { count, each, units, reason }: Words<'draw'>,
): Promise<void> {
  const { code, title, rules } = activity;
  const inspectors = each ?? rules.inspectors;
  if (inspectors < rules.inspectors) return context.reply(fewSentence(activity, inspectors));
  const named = await unitsHere(context, campaign, units);
  if (named === null) return;
  const stranger = named.findIndex((unit) => rules.participants?.includes(unit) === false);
  if (stranger >= 0)
    return context.reply({ key: 'modes:visit.no-member', params: { assignee: units[stranger] ?? '' } });
  const members = named.length > 0 ? [...new Set(named)] : rules.participants;
  if (members === undefined) return context.reply({ key: 'modes:visit.members' });
  if (members.length < inspectors)
    return context.reply({
      key: 'modes:visit.team.few',
      params: { wanted: inspectors, have: members.length },
    });
  await begin(context, {
    campaignId: campaign.id,
    activity: code,
    subject: { kind: 'visits', activity: code, title, inspectors: [...members].sort() },
    plan: { kind: 'teams', take: { count }, each: null, weighted: false, inspectors },
    reason,
  });
}

async function sendDrawn(
  context: CommandContext,
  own: SecretActivity[],
  { code, row }: Words<'drawn'>,
): Promise<void> {
  const known = await drawKnown(context, code);
  const activity = own.find((one) => one.code === known?.draw.activity);
  if (known === null || activity === undefined || known.draw.subject.kind !== 'visits')
    return context.reply({ key: 'draw:unknown', params: { code } });
  const stored = await storedRecord(context.run, code);
  if (stored === null) return context.reply({ key: 'modes:visit.not-drawn', params: { code } });
  const { result } = DrawRecord.parse(stored.record);
  const teams = result.kind === 'teams' ? result.teams : [];
  const chosen = row === null ? teams : teams.slice(row - 1, row);
  if (chosen.length === 0)
    return context.reply({ key: 'modes:visit.no-row', params: { code, count: teams.length } });
  const campaign = context.campaign as CampaignInQuestion;
  const lines: Line[] = [];
  for (const team of chosen) {
    const wanted = visitIn(team);
    const isPast = wanted.day !== null && wanted.day < dateOf(context.at, campaign.zone);
    if (isPast) lines.push({ key: 'modes:visit.past', params: { day: { date: wanted.day ?? '' }, code } });
    else lines.push(...told(context, campaign, activity, wanted, await sendVisit(context, activity, wanted)));
  }
  context.reply(...lines);
}

/** What the coordinator hears, and the audit log keeps. */
function told(
  context: CommandContext,
  { id: campaignId, zone }: CampaignInQuestion,
  { id: secret, title, rules }: SecretActivity,
  { day }: WantedVisit,
  sent: Sent,
): Line[] {
  if (sent.kind === 'refused') return sent.sentences;
  const { tasks, target, toldAt } = sent;
  const { at, turn, writes } = context;
  const base = { at, by: turn.contact.id, kind: 'assignment.sent' as const, campaignId, secret };
  const lines = tasks.flatMap(({ id, number, assignee, people }): Line[] => {
    writes.audit.push({ ...base, about: `assignment:${id}`, data: { number } });
    const params = { activity: title, number, assignee, target, people, day: { date: day ?? rules.dueOn } };
    const done: Line = { key: day === null ? 'modes:visit.done' : 'modes:visit.done.day', params };
    return people === 0 ? [done, { key: 'modes:visit.nobody', params: { assignee } }] : [done];
  });
  if (tasks.length > 1) lines.push({ key: 'modes:visit.team', params: { count: tasks.length } });
  if (tasks.some(({ people }) => people > 0) && toldAt > at)
    lines.push({ key: 'modes:visit.later', params: { at: { instant: toldAt, zone } } });
  return lines;
}
