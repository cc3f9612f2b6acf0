import { awakeRow } from '../conversation/awake-row.ts';
import type { Line, Param } from '../flow/say.ts';
import { endDelegation, type ListedMatter } from '../store/matters.ts';
import type { CommandContext } from './command.ts';
import { deputyName, matterEvent, type OwnMatters } from './own-matters.ts';

/**
 * Takes back a standing delegation, of which the deputy hears. @param why told before it
 * @returns who was entrusted; null when nobody was
 */
export async function endStanding(
  context: CommandContext,
  own: OwnMatters,
  { number, name, delegation }: ListedMatter,
  why: (deputy: string) => Line[] = () => [],
): Promise<Param | null> {
  if (delegation === null) return null;
  await endDelegation(context.run, delegation.id, context.at);
  context.writes.audit.push(
    matterEvent(context, own.task, 'taken-back', { matter: number, from: delegation.to }),
  );
  const before = delegation.to === null ? [] : why(delegation.to);
  const lost: Line = { key: 'modes:entrust.lost', params: { number, name } };
  await tellDeputy(context, own, delegation.to, ...before, lost);
  return deputyName(delegation);
}

/** A private message to somebody bound to the unit; nobody waits for it, so it keeps to the quiet hours. */
export async function tellDeputy(
  { library, at, writes }: CommandContext,
  { task, people }: Pick<OwnMatters, 'people'> & { task: Pick<OwnMatters['task'], 'campaignId'> },
  contactId: string | null,
  ...lines: Line[]
): Promise<void> {
  const address = people.find(({ id }) => id === contactId)?.address ?? null;
  if (address === null || contactId === null) return;
  const facts = await library.campaign(task.campaignId);
  writes.outbox.push(awakeRow({ contactId, address }, { lines }, facts, at));
}
