import type { Line, Option } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { Command, CommandContext } from './command.ts';
import { type Nudge, nudgeRows, planNudge, withdrawNudges } from './nudge.ts';

/** Names in one message. */
const namesMax = 50;

const yes = /^(?:确认|是|好的?|发送|confirm|yes|ok|send)/i;
const no = /^(?:取消|不|否|cancel|no)/i;

/**
 * 催办: the coordinator reminds those who are late or nearly so; asked back first, at most once a day a person, and never
 * in quiet hours (DOMAIN 2.11).
 */
export const remind: Command = {
  name: 'remind',
  words: { 'zh-CN': ['催办', '催一下', '提醒'], en: ['remind', 'nudge'] },
  takes: /确认|取消|confirm|cancel|yes|no/,
  bare: false,
  ofCampaign: true,
  help: 'commands:remind.line',
  run: async (context, rest) => {
    const { campaign } = context;
    if (no.test(rest)) return cancel(context);
    if (campaign === null) return context.reply({ key: 'commands:campaign.none' });
    const title = campaign.title;
    if (campaign.status !== 'published')
      return context.reply({ key: 'commands:campaign.not-published', params: { title } });
    const nudge = await planNudge(context, campaign);
    if (nudge.people.length === 0)
      return context.replyPrivately({ lines: [nobody(nudge), ...leftOut(nudge)] });
    if (!yes.test(rest)) return askFirst(context, nudge);
    context.writes.outbox.push(...(await nudgeRows(context, nudge)));
    context.replyPrivately({ lines: [...done(nudge), ...leftOut(nudge)] });
  },
};

/** What waits for the end of the quiet hours is taken back; what is on its way is not. */
async function cancel({ campaign, run, replyPrivately }: CommandContext): Promise<void> {
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

function askFirst(context: CommandContext, nudge: Nudge): void {
  const { campaign, overdue, works, soon, units, unmanned, people } = nudge;
  const reached = units.filter((unit) => !unmanned.includes(unit));
  const options: Option[] = [
    { id: 'confirm', label: { key: 'commands:remind.confirm' } },
    { id: 'cancel', label: { key: 'commands:remind.cancel' } },
  ];
  context.replyPrivately({
    lines: [
      {
        key: 'commands:remind.plan',
        params: { title: campaign.title, overdue, soon, people: people.length },
      },
      ...(works === 0 ? [] : [{ key: 'commands:remind.plan.work', params: { works } } as const]),
      { key: 'commands:remind.units', params: { units: named(reached) } },
      ...leftOut(nudge),
      ...quietLine(nudge),
      { key: 'commands:remind.how' },
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
