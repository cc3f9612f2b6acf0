import { refuseAsked } from '../conversation/asked.ts';
import type { Line, Option } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { pausedSince } from '../store/campaign-state.ts';
import type { CampaignInQuestion, Command, CommandContext } from './command.ts';
import { keepUndo } from './deeds.ts';
import { notRunning } from './not-running.ts';
import { type Nudge, nudgeRows, type Only, planNudge, withdrawNudges } from './nudge.ts';
import { called, tellUncalled } from './people-called.ts';

/** Names in one message. */
const namesMax = 50;

const yes = /^(?:确认|是|好的?|发送|confirm|yes|ok|send)(?=[\s,，]|$)[\s,，]*/iu;
const no = /^(?:取消|不|否|cancel|no)(?=[\s,，]|$)/iu;

/**
 * 催办: the coordinator reminds those who are late or nearly so, only those who are late (催办 逾期), or those of one task, unit or
 * person; asked back first, at most once a day a person, and never in quiet hours (DOMAIN 2.11).
 */
export const remind: Command = {
  name: 'remind',
  words: { 'zh-CN': ['催办', '催一下', '提醒'], en: ['remind', 'nudge'] },
  takes:
    /(?:确认|取消|confirm|cancel|yes|no|逾期|overdue)(?:[\s,，]+\S.{0,60})?|#?\d{1,9}号?|(?<=[\s:,，])\S.{0,60}/,
  bare: false,
  ofCampaign: true,
  help: 'commands:remind.line',
  run: async (context, rest) => {
    const { campaign } = context;
    const said = rest.trim();
    if (no.test(said)) return cancel(context);
    if (campaign === null) return context.reply({ key: 'commands:campaign.none' });
    const title = campaign.title;
    if (campaign.status !== 'published') return context.reply(notRunning(campaign));
    const pausedAt = await pausedSince(context.run, campaign.id);
    if (pausedAt !== null)
      return context.replyPrivately({ lines: [{ key: 'desk:remind.paused', params: { title } }] });
    const whom = said.replace(yes, '').trim();
    const only = await onlyThose(context, campaign, whom);
    if (only === undefined) return;
    const nudge = await planNudge(context, campaign, only);
    if (nudge.people.length === 0)
      return context.replyPrivately({ lines: [nobody(nudge), ...leftOut(nudge)] });
    if (!yes.test(said)) return askFirst(context, nudge, whom);
    const rows = await nudgeRows(context, nudge);
    context.writes.outbox.push(...rows);
    const keys = rows.flatMap(({ key }) => key ?? []);
    await keepUndo(context, 'remind', { kind: 'remind', campaignId: campaign.id, keys });
    context.replyPrivately({ lines: [...done(nudge), ...leftOut(nudge)] });
  },
};

/** Whom the words mean; null for all, undefined when the person was told that they mean nobody. */
async function onlyThose(
  context: CommandContext,
  campaign: CampaignInQuestion,
  words: string,
): Promise<Only | null | undefined> {
  if (words === '') return null;
  if (/^(?:逾期|overdue)$/iu.test(words)) return { kind: 'overdue' };
  const number = /^#?(\d{1,9})号?$/u.exec(words)?.[1];
  if (number !== undefined) return { kind: 'task', number: Number(number) };
  const found = await called(context, campaign, words);
  switch (found.kind) {
    case 'unit':
      return { kind: 'units', units: [found.id] };
    case 'person':
      return { kind: 'units', units: found.person.units };
    case 'several':
    case 'unknown':
      tellUncalled(context, words, found);
      return undefined;
  }
}

/** What waits for the end of the quiet hours is taken back; what is on its way is not. A later yes means nothing of it. */
async function cancel({ campaign, run, turn, at, replyPrivately }: CommandContext): Promise<void> {
  await refuseAsked(run, turn, at, 'remind');
  const people = campaign === null ? 0 : await withdrawNudges(run, campaign.id);
  replyPrivately({
    lines: [
      people === 0
        ? { key: 'commands:remind.cancelled' }
        : { key: 'commands:remind.withdrawn', params: { people } },
    ],
  });
}

function nobody({ campaign, units }: Nudge): Line {
  const key = units.length === 0 ? 'commands:remind.nothing' : 'commands:remind.nobody';
  return { key, params: { title: campaign.title } };
}

function askFirst(context: CommandContext, nudge: Nudge, whom: string): void {
  const { campaign, overdue, works, soon, units, unmanned, people } = nudge;
  const reached = units.filter((unit) => !unmanned.includes(unit));
  const options: Option[] = [
    { id: `confirm ${whom}`.trim(), label: { key: 'commands:remind.confirm' } },
    { id: 'cancel', label: { key: 'commands:remind.cancel' } },
  ];
  context.replyPrivately({
    lines: [
      {
        // Of one task, unit or person all that is open counts, whenever it is due.
        key: whom === '' ? 'commands:remind.plan' : 'desk:remind.plan',
        params: { title: campaign.title, overdue, soon, people: people.length },
      },
      ...(works === 0 ? [] : [{ key: 'commands:remind.plan.work', params: { works } } as const]),
      { key: 'commands:remind.units', params: { units: named(reached) } },
      ...leftOut(nudge),
      ...quietLine(nudge),
      whom === '' ? { key: 'commands:remind.how' } : { key: 'desk:remind.how', params: { words: whom } },
    ],
    ask: { target: 'command:remind', question: 'confirm', options, many: false, numbered: false },
  });
}

function done(nudge: Nudge): Line[] {
  const { people } = nudge;
  return nudge.quiet
    ? quietLine(nudge)
    : [{ key: 'commands:remind.done', params: { people: people.length } }];
}

function quietLine({ quiet, dueAt, people, campaign }: Nudge): Line[] {
  const at = { instant: dueAt, zone: campaign.zone };
  return quiet ? [{ key: 'commands:remind.later', params: { people: people.length, at } }] : [];
}

/** Who is not reminded, and why. */
function leftOut({ unmanned, told }: Nudge): Line[] {
  const lines: Line[] = [];
  if (told > 0) lines.push({ key: 'commands:remind.told', params: { people: told } });
  if (unmanned.length > 0)
    lines.push({ key: 'commands:remind.unmanned', params: { units: named(unmanned) } });
  return lines;
}

function named(units: Text[]): { list: Text[] } {
  return { list: units.slice(0, namesMax) };
}
