import { dateOf } from '../campaign/instant.ts';
import { leftOf } from '../conversation/order-notice.ts';
import type { Line } from '../flow/say.ts';
import { type ListedCase, listCases } from '../store/rating-cases.ts';
import { act } from './case-act.ts';
import { caseMeant } from './case-meant.ts';
import { showCase } from './case-show.ts';
import type { CampaignInQuestion, Command, CommandContext } from './command.ts';
import { seesCampaign } from './command.ts';
import { numberAndWords } from './ledger-finding.ts';
import { unitsAs } from './own-assignments.ts';

/** Cases named in one message. */
const pageRows = 20;

/** Cases' numbers begin here: a smaller one names a page. */
const firstNumber = 1000;

/**
 * 差评: the open cases of negative ratings, the most urgent first, and what is done about one: `差评 4821 核实 立行立改 已增设座椅`.
 * Coordinators see the campaign's, others those that their unit answers for.
 */
export const ratingCase: Command = {
  name: 'case',
  words: { 'zh-CN': ['差评'], en: ['case', 'cases'] },
  takes: 'numbered',
  bare: false,
  ofCampaign: true,
  showsOwed: true,
  help: 'cases:line',
  run: async (context, rest) => {
    const read = numberAndWords(rest);
    if (read === null && rest !== '') return context.replyPrivately({ lines: [{ key: 'cases:how' }] });
    if (read === null || (read.number < firstNumber && read.words === ''))
      return list(context, read?.number ?? 1);
    const meant = await caseMeant(context, read.number);
    if (meant === null) return;
    if (read.words === '') return showCase(context, meant);
    await act(context, meant, read.words);
  },
};

async function list(context: CommandContext, page: number): Promise<void> {
  const { campaign, run, library, at } = context;
  if (campaign === null || campaign.status === 'draft')
    return context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
  const { zone, calendar } = await library.campaign(campaign.id);
  const rows = { rows: pageRows, from: (page - 1) * pageRows };
  const found = await listCases(run, campaign.id, unitsOf(context), rows);
  const today = dateOf(at, zone);
  const lines = found.map((one) => listLine(one, leftOf(one.dueOn, today, calendar)));
  context.replyPrivately({ lines: framed(lines, campaign, found[0]?.count ?? 0, page) });
}

/** Whose cases this person sees; null for all. */
function unitsOf(context: CommandContext): string[] | null {
  return seesCampaign(context) ? null : unitsAs(context, 'liaison', 'leader');
}

function listLine(
  { number, unit, stage, dueOn, level, matter }: ListedCase,
  left: ReturnType<typeof leftOf>,
) {
  const place = unit ?? ({ key: 'cases:place.none' } as const);
  return {
    key: 'cases:list.one',
    params: {
      number,
      place: matter === null ? place : { key: 'cases:place.matter', params: { unit: place, matter } },
      level: level === null ? { key: 'cases:level.gone' } : { key: `flow:level.${level as 1 | 2}` },
      stage: { key: `cases:stage.${stage}` },
      due: { date: dueOn },
      left,
    },
  } satisfies Line;
}

function framed(lines: Line[], { title }: CampaignInQuestion, count: number, page: number): Line[] {
  if (lines.length === 0) return [{ key: page > 1 ? 'cases:list.no-page' : 'cases:list.none' }];
  const more: Line[] =
    count > page * pageRows ? [{ key: 'cases:list.more', params: { next: page + 1 } }] : [];
  return [
    { key: 'cases:list.title', params: { campaign: title, count } },
    ...lines,
    ...more,
    { key: 'cases:list.how' },
  ];
}
