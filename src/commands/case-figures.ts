import { dateOf } from '../campaign/instant.ts';
import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { CaseFigure, CaseFigures } from '../satisfaction/case-figures.ts';
import { caseFiguresOf } from '../store/case-figures.ts';
import type { Command, CommandContext } from './command.ts';
import { seesCampaign } from './command.ts';
import { unitsAs } from './own-assignments.ts';
import { unitCalled } from './unit-called.ts';

/** 差评指标: 回访率, 按时办结率 and 重复差评 as they are now, of the campaign or one unit; for others than coordinators, of their own. */
export const caseFigures: Command = {
  name: 'case-figures',
  words: { 'zh-CN': ['差评 指标'], en: ['case figures'] },
  takes: /(?<=[\s:,，])\S.{0,40}/,
  bare: false,
  ofCampaign: true,
  help: 'cases:figures.line',
  run: async (context, rest) => {
    const { campaign, run, library, at } = context;
    if (campaign === null || campaign.status === 'draft')
      return context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
    const units = await unitsMeant(context, rest.trim());
    if (units === null) return;
    const { zone } = await library.campaign(campaign.id);
    const lines: Line[] = [];
    for (const unit of units)
      lines.push(
        unit === 'all'
          ? { key: 'cases:figures.title', params: { campaign: campaign.title } }
          : { key: 'cases:figures.title.unit', params: { campaign: campaign.title, unit: unit.name } },
        ...figureLines(
          await caseFiguresOf(run, campaign.id, unit === 'all' ? null : unit.id, dateOf(at, zone)),
        ),
      );
    context.replyPrivately({ lines });
  },
};

type Whose = 'all' | { id: string; name: Text };

async function unitsMeant(context: CommandContext, name: string): Promise<Whose[] | null> {
  const { campaign } = context;
  if (campaign === null) return null;
  if (!seesCampaign(context)) return ownUnits(context);
  if (name === '') return ['all'];
  const called = await unitCalled(context, campaign, name);
  if (called.kind === 'unit' && called.campaign.id === campaign.id)
    return [{ id: called.unit.id, name: called.unit.name }];
  context.replyPrivately({
    lines: [{ key: 'commands:invite.no-unit', params: { name: name.slice(0, 40) } }],
  });
  return null;
}

async function ownUnits(context: CommandContext): Promise<Whose[]> {
  const ids = new Set(unitsAs(context, 'liaison', 'leader'));
  const rows = await context.transaction.unit.findMany({
    where: { id: { in: [...ids] }, campaignId: context.campaign?.id ?? '' },
    select: { id: true, name: true },
    orderBy: { code: 'asc' },
  });
  return rows.map(({ id, name }) => ({ id, name: name as Text }));
}

/** The indicators in words, for whoever shows them. */
export function figureLines({ cases, open, called, inTime, repeated }: CaseFigures): Line[] {
  const count: Line =
    cases === null
      ? { key: 'cases:figures.few' }
      : open === null
        ? { key: 'cases:figures.cases', params: { cases } }
        : { key: 'cases:figures.cases.open', params: { cases, open } };
  return [
    count,
    { key: 'cases:figures.called', params: { figure: inWords(called) } },
    { key: 'cases:figures.in-time', params: { figure: inWords(inTime) } },
    { key: 'cases:figures.repeated', params: { figure: inWords(repeated) } },
  ];
}

function inWords(figure: CaseFigure) {
  switch (figure.kind) {
    case 'exact': {
      const { n, count, percent } = figure;
      return { key: 'cases:figure.exact', params: { n, count, percent } } as const;
    }
    case 'most':
    case 'few': {
      const { kind, n, percent } = figure;
      return { key: `cases:figure.${kind}`, params: { n, percent } } as const;
    }
    case 'hidden':
    case 'none':
      return { key: `cases:figure.${figure.kind}` } as const;
  }
}
