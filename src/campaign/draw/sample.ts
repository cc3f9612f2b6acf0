import type { Member } from './frame.ts';
import type { SamplePlan, Take } from './plan.ts';
import { type Refused, refused } from './refused.ts';
import type { DrawStream } from './stream.ts';
import { drawTickets } from './tickets.ts';

/**
 * Draws members without putting any back, in the order drawn. With a minimum share, kind by kind in the order of their
 * names first: of each so many as its share says; then, from all who are left together, up to the number wanted.
 */
export function drawSample(
  stream: DrawStream,
  { take, each }: Pick<SamplePlan, 'take' | 'each'>,
  members: readonly Member[],
): { kind: 'drawn'; members: Member[] } | Refused {
  if (members.length === 0) return refused('refused.empty');
  const count = countOf(take, members.length);
  if (count > members.length) return refused('refused.too-many', { count, size: members.length });
  const kinds = each === null ? [] : kindsOf(members).map((own) => ({ own, least: share(each, own.length) }));
  const needed = kinds.reduce((sum, { least }) => sum + least, 0);
  if (needed > count) return refused('refused.each', { count, each: each ?? 0, needed, kinds: kinds.length });
  const drawn = new Set<Member>();
  for (const { own, least } of kinds) for (const member of pick(stream, own, least)) drawn.add(member);
  const rest = kinds.length === 0 ? members : members.filter((member) => !drawn.has(member));
  for (const member of pick(stream, rest, count - needed)) drawn.add(member);
  return { kind: 'drawn', members: [...drawn] };
}

export function countOf(take: Take, size: number): number {
  return 'count' in take ? take.count : share(take.percent, size);
}

function share(percent: number, size: number): number {
  return Math.ceil((size * percent) / 100);
}

function kindsOf(members: readonly Member[]): Member[][] {
  const byKind = new Map<string, Member[]>();
  for (const member of members) {
    const own = byKind.get(member.kind ?? '');
    if (own === undefined) byKind.set(member.kind ?? '', [member]);
    else own.push(member);
  }
  return [...byKind.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, own]) => own);
}

function pick(stream: DrawStream, members: readonly Member[], count: number): Member[] {
  const weights = Float64Array.from(members, ({ weight }) => weight ?? 1);
  return drawTickets(stream, weights, count).map((place) => members[place] as Member);
}
