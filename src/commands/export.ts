import { randomUUID } from 'node:crypto';
import { readsCampaign } from '../roles.ts';
import { newSnapshotId, printedSnapshot } from '../short-code.ts';
import { type ExportJob, type ExportKind, exportKinds, exportLater } from '../store/later.ts';
import { findSnapshot } from '../store/snapshots.ts';
import { type CampaignInQuestion, type Command, type CommandContext, seesCampaign } from './command.ts';
import { exportWords, readExportWords } from './export-words.ts';
import { unitsAs } from './own-assignments.ts';
import { knowsSecretOf } from './report-choice.ts';
import { leftOutLines } from './sight.ts';
import { unitCalled } from './unit-called.ts';

/**
 * 导出: a table as a workbook, sent to the person alone once it is made; the same file again by its snapshot id. Who sees the whole campaign has
 * all of it, a unit's liaison and head the ledger of their own unit, as 台账 shows it.
 */
export const exportFile: Command = {
  name: 'export',
  words: { 'zh-CN': ['导出'], en: ['export'] },
  takes: exportWords,
  bare: false,
  ofCampaign: true,
  help: 'exports:line',
  run: async (context, rest) => {
    const { campaign } = context;
    if (campaign === null || campaign.status === 'draft')
      return context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
    const words = readExportWords(rest);
    switch (words.kind) {
      case 'which':
        return askWhich(context);
      case 'unknown':
        context.replyPrivately({ lines: [{ key: 'exports:unknown', params: { words: words.words } }] });
        return askWhich(context);
      case 'snapshot':
        return fileAgain(context, words.id);
      case 'ledger':
      case 'answers':
      case 'ratings':
      case 'attachment-1':
      case 'attachment-3':
        return make(context, campaign, words);
    }
  },
};

async function make(
  context: CommandContext,
  campaign: CampaignInQuestion,
  { kind, name }: { kind: ExportKind; name: string },
): Promise<void> {
  const seesAll = seesCampaign(context);
  if (!seesAll && kind !== 'ledger')
    return context.replyPrivately({ lines: [{ key: 'exports:coordinators' }] });
  const units = seesAll
    ? await unitsNamed(context, campaign, kind, name)
    : unitsAs(context, 'liaison', 'leader');
  if (units === undefined) return;
  context.replyPrivately({
    lines: [{ key: 'exports:coming' }, ...(await leftOutLines(context, campaign.id))],
  });
  const id = newSnapshotId();
  await exportLater(context.run, {
    ...jobOf(context),
    id,
    kind,
    campaignId: campaign.id,
    units,
    all: seesAll,
  });
}

/** The unit that a ledger is wanted of; null for all; undefined when they were told that there is none of that name. */
async function unitsNamed(
  context: CommandContext,
  campaign: CampaignInQuestion,
  kind: ExportKind,
  name: string,
): Promise<string[] | null | undefined> {
  if (kind !== 'ledger' || name === '') return null;
  const called = await unitCalled(context, campaign, name);
  if (called.kind === 'unit' && called.campaign.id === campaign.id) return [called.unit.id];
  const near = called.kind === 'unknown' ? called.near.map((one) => one.name) : [];
  context.replyPrivately({
    lines: [
      near.length === 0
        ? { key: 'commands:invite.no-unit', params: { name } }
        : { key: 'ledger:unit.near', params: { name, near: { list: near } } },
    ],
  });
  return undefined;
}

/** A file that was made before: for who asked for it then, and for those who see the whole campaign. Others hear that there is none. */
export async function fileAgain(context: CommandContext, id: string): Promise<void> {
  const snapshot = await findSnapshot(context.run, id);
  const isOwn = snapshot?.madeBy === context.turn.contact.id;
  const belongs = context.roles.some(
    ({ campaignId }) => campaignId === null || campaignId === snapshot?.campaignId,
  );
  const mayHave =
    snapshot !== null &&
    (readsCampaign(context.roles, snapshot.campaignId) || (isOwn && belongs)) &&
    (await knowsSecretOf(context, snapshot, isOwn));
  if (!mayHave)
    return context.replyPrivately({
      lines: [{ key: 'exports:no-snapshot', params: { id: printedSnapshot(id) } }],
    });
  const { campaignId } = snapshot;
  await exportLater(context.run, {
    ...jobOf(context),
    id,
    kind: 'snapshot',
    campaignId,
    units: null,
    all: false,
  });
}

/** A file goes to the person's private chat: a room's members may not all see it, and no channel hides a file in a room. */
function jobOf({ turn }: CommandContext): Pick<ExportJob, 'key' | 'progressId' | 'to'> {
  const address = turn.room === null ? turn.urn : (turn.contact.address ?? turn.urn);
  return { key: `export:${turn.seq}`, progressId: randomUUID(), to: { contactId: turn.contact.id, address } };
}

function askWhich(context: CommandContext): void {
  const offered = seesCampaign(context) ? exportKinds : (['ledger'] as const);
  context.replyPrivately({
    lines: [{ key: 'exports:which' }],
    ask: {
      target: 'command:export',
      question: 'kind',
      options: offered.map((kind) => ({ id: kind, label: { key: `exports:${kind}` } })),
      many: false,
      numbered: true,
    },
  });
}
