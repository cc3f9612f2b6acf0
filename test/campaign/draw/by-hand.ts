import { createHash } from 'node:crypto';
import type { Inspector, Member } from '../../../src/campaign/draw/frame.ts';

/**
 * duban-draw-1 once more, written from docs/decisions/0008-draws.md alone and as plainly as it reads there: nothing of the
 * real one is used.
 */
export function byHand(seed: string): (n: number) => number {
  const words: number[] = [];
  let block = 0;
  return (n) => {
    for (;;) {
      if (words.length === 0) {
        const hex = createHash('sha256').update(`${seed}/${block}`).digest('hex');
        block += 1;
        for (let at = 0; at < 64; at += 8) words.push(Number.parseInt(hex.slice(at, at + 8), 16));
      }
      const word = BigInt(words.shift() ?? 0);
      const range = BigInt(n);
      if (word < (2n ** 32n / range) * range) return Number(word % range);
    }
  };
}

export function sampleByHand(
  below: (n: number) => number,
  members: Member[],
  count: number,
  each: number | null,
): string[] {
  const drawn: string[] = [];
  const drawFrom = (list: Member[], wanted: number) => {
    const left = [...list];
    for (let done = 0; done < wanted; done += 1) {
      const tickets = left.flatMap((member) => Array.from({ length: member.weight ?? 1 }, () => member));
      const winner = tickets[below(tickets.length)];
      if (winner === undefined) throw new Error('no ticket');
      drawn.push(winner.id);
      left.splice(left.indexOf(winner), 1);
    }
  };
  if (each !== null)
    for (const kind of [...new Set(members.map((member) => member.kind ?? ''))].sort()) {
      const own = members.filter((member) => (member.kind ?? '') === kind);
      drawFrom(own, Math.ceil((own.length * each) / 100));
    }
  const rest = members.filter(({ id }) => !drawn.includes(id));
  drawFrom(rest, count - drawn.length);
  return drawn;
}

export function teamsByHand(
  below: (n: number) => number,
  objects: Member[],
  inspectors: Inspector[],
  wanted: number,
): Record<string, string[]> {
  const loads = Object.fromEntries(inspectors.map(({ id }) => [id, 0]));
  const teams: Record<string, string[]> = {};
  for (const object of objects) {
    const team: string[] = [];
    teams[object.id] = team;
    while (team.length < wanted) {
      const free = inspectors.filter(
        ({ id, avoids }) => !team.includes(id) && !avoids.some(({ unit }) => object.within?.includes(unit)),
      );
      const least = Math.min(...free.map(({ id }) => loads[id] ?? 0));
      const idlest = free.filter(({ id }) => loads[id] === least);
      const chosen = idlest[below(idlest.length)]?.id ?? '';
      loads[chosen] = (loads[chosen] ?? 0) + 1;
      team.push(chosen);
    }
  }
  return teams;
}

/** One for each team, when all are drawn. */
export function daysByHand(below: (n: number) => number, teams: number, days: string[]): string[] {
  return Array.from({ length: teams }, () => days[below(days.length)] ?? '');
}

/** `may` says who may inspect whom, by place. */
export function matrixByHand(
  below: (n: number) => number,
  size: number,
  may: (row: number, other: number) => boolean,
  { mutual, oneCycle }: { mutual: boolean; oneCycle: boolean },
): number[] {
  for (;;) {
    const next: number[] = [];
    const left = Array.from({ length: size }, (_, place) => place);
    if (oneCycle) left.shift();
    let row = 0;
    let isBroken = false;
    while (left.length > 0 && !isBroken) {
      const other = left.splice(below(left.length), 1)[0] ?? -1;
      if (!may(row, other) || (!oneCycle && !mutual && next[other] === row)) isBroken = true;
      next[row] = other;
      row = oneCycle ? other : row + 1;
    }
    if (oneCycle && !isBroken) {
      isBroken = !may(row, 0);
      next[row] = 0;
    }
    if (!isBroken) return next;
  }
}
