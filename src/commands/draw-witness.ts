import { awakeRow } from '../conversation/awake-row.ts';
import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { peopleOf, unitByCode } from '../store/movers.ts';
import { coordinatorsOf, coordinatorsOfHidden, type Reachable } from '../store/reach.ts';
import { priority } from '../store/writes.ts';
import type { CommandContext } from './command.ts';
import type { KnownDraw } from './draw-sight.ts';

/**
 * Tells the hash of a draw that was begun in private to others who can hold its beginner to it: of a hidden activity those who
 * coordinate it too, and nobody else (JX-4.4); else the campaign's other coordinators and its leading group. They learn its
 * code and hash alone: what is drawn stays with whoever began it.
 * @returns what the beginner hears of it; where nobody else may know of a hidden draw, nothing
 */
export async function tellWitnesses(context: CommandContext, { draw, hidden }: KnownDraw): Promise<Line[]> {
  const { turn, at, writes, library, run, transaction } = context;
  const { campaignId: id } = draw;
  const facts = await library.campaign(id);
  const { title } = await transaction.campaign.findUniqueOrThrow({ where: { id }, select: { title: true } });
  const known =
    hidden === null ? await openWitnesses(context, id) : await coordinatorsOfHidden(run, id, hidden);
  const witnesses = new Map(known.map((one) => [one.contactId, one]));
  witnesses.delete(turn.contact.id);
  const { code, commitment } = draw;
  const params = { code, campaign: title as Text, commitment };
  const say = { lines: [{ key: 'draw:witness', params } as const] };
  for (const person of witnesses.values())
    writes.outbox.push({
      ...awakeRow(person, say, facts, at),
      key: `draw:${code}:witness:${person.contactId}`,
      priority: priority.deadline,
      ...(hidden === null ? {} : { secret: hidden }),
    });
  if (witnesses.size > 0) return [{ key: 'draw:begun.witnessed', params: { people: witnesses.size } }];
  return hidden === null ? [{ key: 'draw:begun.no-witness' }] : [];
}

async function openWitnesses({ run, library }: CommandContext, campaignId: string): Promise<Reachable[]> {
  const { ledger } = await library.campaign(campaignId);
  const group = await unitByCode(run, campaignId, ledger.leadingGroup);
  const leaders = group === null ? [] : await peopleOf(run, group, ['leader']);
  return [...(await coordinatorsOf(run, campaignId)), ...leaders];
}
