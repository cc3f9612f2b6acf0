import { refuseAsked } from '../conversation/asked.ts';
import type { Line, Params } from '../flow/say.ts';
import { type OpenWork, openWork } from '../store/campaign-state.ts';
import { type CampaignInQuestion, type Command, type CommandContext, wordOf } from './command.ts';

const yes = /^(?:确认|是|confirm|yes)/iu;
const no = /^(?:取消|不|否|算了|cancel|no\b)/iu;

/** What may stand behind the word of such an act. */
export const answerWords = /确认|取消|不要?|confirm|cancel|yes|no/;

/** What is done to a whole campaign, asked back first. */
export interface CampaignAct {
  command: Command;
  /** Why it can't be done now; null when it can. */
  refused(campaign: CampaignInQuestion, context: CommandContext): Promise<Line | null>;
  plan(params: Params): Line[];
  act(campaign: CampaignInQuestion, context: CommandContext, open: OpenWork): Promise<void>;
}

/** Tells what would follow and asks, or does it: `暂停活动`, `暂停活动 确认`. */
export async function campaignAct(context: CommandContext, rest: string, act: CampaignAct): Promise<void> {
  const { campaign, run } = context;
  if (campaign === null) return context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
  if (no.test(rest.trim())) {
    await refuseAsked(run, context.turn, context.at, act.command.name);
    const params = { word: wordOf(act.command) };
    return context.replyPrivately({ lines: [{ key: 'desk:declined', params }] });
  }
  const refused = await act.refused(campaign, context);
  if (refused !== null) return context.replyPrivately({ lines: [refused] });
  const open = await openWork(run, campaign.id);
  if (yes.test(rest.trim())) return act.act(campaign, context, open);
  const said = { title: campaign.title, ...open };
  context.replyPrivately({
    lines: [...act.plan(said), { key: 'desk:act.how' }],
    ask: {
      target: `command:${act.command.name}`,
      question: 'confirm',
      options: [{ id: 'confirm', label: { key: 'desk:confirm' } }],
      many: false,
      numbered: false,
    },
  });
}

/** What every act on a campaign leaves in the audit log. */
export function auditAct(
  { at, turn, writes }: CommandContext,
  { id, code }: CampaignInQuestion,
  what: 'paused' | 'resumed' | 'ended',
): void {
  const event = { at, by: turn.contact.id, kind: `campaign.${what}` as const, campaignId: id };
  writes.audit.push({ ...event, about: `campaign:${code}`, data: {} });
}
