import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { Command, CommandContext } from './command.ts';
import { isOverheard } from './private.ts';
import { hiddenBySight } from './sight.ts';

const confirmed = /(?:^|\s)(?:确认|confirm)$/i;

/** 公布: what was kept secret is so no longer; for the coordinators of that activity alone (JX-4.4). Asked back first. */
export const release: Command = {
  name: 'release',
  words: { 'zh-CN': ['公布', '公布结果'], en: ['release'] },
  takes: /(?:[a-z0-9]+(?:-[a-z0-9]+)*)?\s*(?:确认|confirm)?/,
  bare: false,
  ofCampaign: true,
  help: 'audit:release.line',
  run: async (context, rest) => {
    const { campaign } = context;
    // The same words for everybody: in a room nobody is told whether there is anything.
    if (isOverheard(context)) return context.reply({ key: 'audit:release.in-private' });
    if (campaign === null) return context.reply({ key: 'commands:campaign.none' });
    const code = rest.replace(confirmed, '').trim().toLowerCase();
    const own = await ownHidden(context, campaign.id);
    const [first, second] = code === '' ? own : own.filter((one) => one.code === code);
    if (first === undefined) return context.reply({ key: 'audit:release.none' });
    if (second !== undefined) return askWhich(context, own);
    if (!confirmed.test(rest)) return askFirst(context, first);
    await make(context, first, campaign.id);
  },
};

interface Hidden {
  id: string;
  code: string;
  title: Text;
  open: number;
}

/** The hidden activities that this person's unit coordinates. */
async function ownHidden(context: CommandContext, campaignId: string): Promise<Hidden[]> {
  const { all } = await hiddenBySight(context, campaignId);
  const rows = await context.transaction.activity.findMany({
    where: { id: { in: all } },
    select: {
      id: true,
      code: true,
      title: true,
      _count: { select: { assignments: { where: { reportedAt: null } } } },
    },
    orderBy: { code: 'asc' },
  });
  return rows.map(({ id, code, title, _count }) => ({
    id,
    code,
    title: title as Text,
    open: _count.assignments,
  }));
}

function askWhich(context: CommandContext, own: Hidden[]): void {
  const options = own.map(({ code, title }) => ({ id: code, label: title }));
  const named = own.map(
    ({ code, title }): Line => ({ key: 'commands:campaign.named', params: { code, title } }),
  );
  context.ask({
    lines: [{ key: 'audit:release.which', params: { code: own[0]?.code ?? '' } }, ...named],
    ask: {
      target: 'command:release',
      question: 'activity',
      options,
      many: false,
      numbered: false,
      typed: true,
    },
  });
}

function askFirst(context: CommandContext, { code, title, open }: Hidden): void {
  const lines: Line[] = [{ key: 'audit:release.plan', params: { title } }];
  if (open > 0) lines.push({ key: 'audit:release.open', params: { open } });
  lines.push({ key: 'audit:release.how', params: { code } });
  const options = [{ id: `${code} confirm`, label: { key: 'audit:release.confirm' } as const }];
  context.ask({
    lines,
    ask: { target: 'command:release', question: 'confirm', options, many: false, numbered: false },
  });
}

async function make(context: CommandContext, { id, code, title }: Hidden, campaignId: string): Promise<void> {
  const { transaction, at, writes, turn } = context;
  const { count } = await transaction.activity.updateMany({
    where: { id, releasedAt: null },
    data: { releasedAt: new Date(at) },
  });
  // Another coordinator may have been a moment faster.
  if (count === 0) return context.reply({ key: 'audit:release.already', params: { title } });
  const event = {
    at,
    by: turn.contact.id,
    kind: 'activity.released' as const,
    campaignId,
    about: `activity:${id}`,
  };
  writes.audit.push({ ...event, data: { code }, secret: id });
  context.reply({ key: 'audit:release.done', params: { title } });
}
