import { dateOf } from '../campaign/instant.ts';
import { type Light, ledgerLines } from '../conversation/ledger-lines.ts';
import type { Line } from '../flow/say.ts';
import type { LedgerScope } from '../store/ledger-pages.ts';
import { type CampaignInQuestion, type Command, type CommandContext, seesCampaign } from './command.ts';
import { unitsAs } from './own-assignments.ts';
import { hiddenBySight } from './sight.ts';
import { unitCalled } from './unit-called.ts';

const wanted = /^(.*?)[\s,，]*(?:第\s*)?(?:(\d{1,4})\s*页?)?$/u;

/** 台账: what is open, with its lamp, the most urgent first. Coordinators see the campaign's or one unit's, others their own unit's. */
export const ledger: Command = {
  name: 'ledger',
  words: { 'zh-CN': ['台账', '问题台账'], en: ['ledger'] },
  takes: /(?:第\s*)?\d{1,4}\s*页?|(?<=[\s:,，])\S.{0,40}/,
  bare: false,
  ofCampaign: true,
  showsOwed: true,
  help: 'ledger:ledger.line',
  run: async (context, rest) => {
    const { campaign } = context;
    if (campaign === null || campaign.status === 'draft')
      return context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
    const [, name = '', digits] = wanted.exec(rest.trim()) ?? [];
    const scope = await scopeOf(context, campaign, name.trim());
    if (scope === null) return;
    const facts = await context.library.campaign(campaign.id);
    const light: Light = {
      lamps: facts.ledger.lamps,
      today: dateOf(context.at, facts.zone),
      calendar: facts.calendar,
    };
    const page = digits === undefined ? 1 : Number(digits);
    const found = await ledgerLines(context.run, scope, page, light);
    context.replyPrivately({ lines: shown(found, page, name.trim()) });
  },
};

function shown(
  { lines, count, pages }: Awaited<ReturnType<typeof ledgerLines>>,
  page: number,
  name: string,
): Line[] {
  if (count === 0) return [{ key: 'ledger:page.empty' }];
  if (lines.length === 0) return [{ key: 'commands:findings.no-page', params: { page, pages } }];
  const next: Line[] =
    page < pages ? [{ key: 'ledger:page.more', params: { next: `${name} ${page + 1}`.trim() } }] : [];
  return [...lines, ...next, { key: 'ledger:page.how' }];
}

/** Whose ledger this person may see; null when they were told why not. */
async function scopeOf(
  context: CommandContext,
  campaign: CampaignInQuestion,
  name: string,
): Promise<LedgerScope | null> {
  const isCoordinator = seesCampaign(context);
  if (!isCoordinator) {
    // Its lamps and calendar are of one campaign, and so are its rows.
    const roles = context.roles.filter(({ campaignId }) => campaignId === campaign.id);
    return { units: unitsAs({ roles }, 'liaison', 'leader'), all: false };
  }
  const { all: secrets } = await hiddenBySight(context, campaign.id, true);
  if (name === '') return { campaign: campaign.id, all: true, secrets };
  const called = await unitCalled(context, campaign, name);
  if (called.kind === 'unit') return { units: [called.unit.id], all: true, secrets };
  const near = called.near.map((one) => one.name);
  const shownName = name.slice(0, 40);
  context.replyPrivately({
    lines: [
      near.length === 0
        ? { key: 'commands:invite.no-unit', params: { name: shownName } }
        : { key: 'ledger:unit.near', params: { name: shownName, near: { list: near } } },
    ],
  });
  return null;
}
