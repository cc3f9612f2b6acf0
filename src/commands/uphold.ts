import { keep } from '../conversation/ledger.ts';
import type { Ordered } from '../conversation/order-notice.ts';
import type { CampaignInQuestion, Command, CommandContext } from './command.ts';
import { lineAbout, type Meant, moveOrTell, problemMeant, tell, unitPeople } from './ledger-finding.ts';
import { receivedAtOf, sendOrder } from './send-order.ts';
import { unitCalled } from './unit-called.ts';

/** 异议成立: the order is taken back, or goes to the unit that is named. */
export const uphold: Command = {
  name: 'uphold',
  words: { 'zh-CN': ['异议成立'], en: ['uphold'] },
  takes: 'numbered',
  bare: false,
  help: 'ledger:uphold.line',
  run: async (context, rest) => {
    const meant = await problemMeant(context, rest, 'ledger:uphold.how');
    if (meant === null) return;
    const unit = await unitNamedIn(context, meant);
    if (unit === 'unknown') return;
    const before = meant.finding;
    const finding = await moveOrTell(context, meant, { kind: 'uphold', unit: unit?.id ?? null });
    if (finding === null) return;
    const was = { ...finding, unitId: before.unitId, unitName: before.unitName };
    await tell(context, was, before.record === null ? [] : await unitPeople(context, before.record.unit), {
      step: 'upheld',
      lines: [lineAbout(was, 'ledger:uphold.told')],
    });
    if (unit === null) return context.replyPrivately({ lines: [lineAbout(was, 'ledger:uphold.done')] });
    await handOver(context, { ...finding, unitName: unit.name, sessionId: null });
  },
};

/** To another unit: it gets the order as the first one did, and no word of the first one's reply. */
async function handOver(context: CommandContext, given: Ordered): Promise<void> {
  const receivedAt = await receivedAtOf(context, given, given.record.unit);
  const finding = { ...given, record: { ...given.record, receivedAt } };
  await keep(context, finding, finding.record);
  const told = await sendOrder(context, finding);
  const lines = [lineAbout(finding, 'ledger:uphold.moved')];
  if (told === 0) lines.push(lineAbout(finding, 'ledger:rectify.nobody'));
  context.replyPrivately({ lines });
}

async function unitNamedIn(context: CommandContext, { finding, words }: Meant) {
  const name = words.replace(/^(?:改派|改由|转|交|应由|to)\s*/i, '').trim();
  if (name === '') return null;
  const campaign = await context.transaction.campaign.findUniqueOrThrow({
    where: { id: finding.campaignId },
    select: { id: true, code: true, title: true, zone: true, status: true },
  });
  const found = await unitCalled(context, campaign as CampaignInQuestion, name);
  if (found.kind === 'unit' && found.campaign.id === finding.campaignId) return found.unit;
  const near = found.kind === 'unit' ? [] : found.near.map((one) => one.name);
  context.replyPrivately({
    lines: [
      near.length === 0
        ? { key: 'commands:invite.no-unit', params: { name: name.slice(0, 40) } }
        : { key: 'ledger:unit.near', params: { name: name.slice(0, 40), near: { list: near } } },
    ],
  });
  return 'unknown' as const;
}
