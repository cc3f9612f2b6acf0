import { type Command, type CommandContext, seesCampaign } from '../commands/command.ts';
import { unitsAs } from '../commands/own-assignments.ts';
import type { Line, Param } from '../flow/say.ts';
import { owedIn } from '../store/owed.ts';

/**
 * Whoever has a part in several campaigns hears, in private, which one the answer (from row `from` on) was about, and after a list
 * of what they owe in it what they owe in the others.
 */
export async function nameCampaign(context: CommandContext, command: Command, from: number): Promise<void> {
  const { campaign, campaigns, room, turn, writes, concern } = context;
  if (campaign === null || room !== null || campaigns.length < 2) return;
  // Their rows name their campaigns, each its own.
  if (command.ofAll === true && !context.isChosen && !seesCampaign(context)) return;
  const answer = writes.outbox
    .slice(from)
    .findLast(({ contactId, address }) => contactId === turn.contact.id && address === turn.urn);
  if (answer === undefined) return;
  // A number may be of a problem or a case in another campaign than the one in question.
  const told = campaigns.find(({ id }) => id === concern.campaignId) ?? campaign;
  const params = { title: told.title, others: campaigns.length - 1 };
  const owed = command.showsOwed === true && concern.campaignId === null ? await owedElsewhere(context) : [];
  answer.say.lines.push({ key: 'commands:choose.about', params }, ...owed);
}

async function owedElsewhere({ run, roles, campaign, campaigns }: CommandContext): Promise<Line[]> {
  const others = campaigns.filter(({ id, status }) => id !== campaign?.id && status === 'published');
  const units = unitsAs({ roles }, 'liaison', 'leader');
  const owed = await owedIn(
    run,
    units,
    others.map(({ id }) => id),
  );
  return others.flatMap(({ id, title, code }): Line[] => {
    const found = owed.find((one) => one.id === id);
    if (found === undefined) return [];
    const { problems, cases } = found;
    const parts: Param[] = [
      ...(problems === 0
        ? []
        : [{ key: 'commands:choose.owed.problems', params: { count: problems } } as const]),
      ...(cases === 0 ? [] : [{ key: 'commands:choose.owed.cases', params: { count: cases } } as const]),
    ];
    return [{ key: 'commands:choose.owed', params: { title, code, parts: { list: parts } } }];
  });
}
