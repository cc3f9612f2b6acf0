/** The names most like what was written, best first; none when all are quite different. */
export function nearest(written: string, names: readonly string[], max = 3): string[] {
  const asked = plain(written);
  const byPlain = new Map(names.map((name) => [plain(name), name]));
  return [...byPlain]
    .map(([name, shown]) => ({ shown, distance: distanceTo(asked, name) }))
    .filter(({ distance }) => distance < 1)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, max)
    .map(({ shown }) => shown);
}

/** Words as they are compared: full width as half width, no spaces, small letters. */
export function plain(words: string): string {
  // Most are so already, and a register has a hundred thousand of them.
  if (/^[a-z0-9\u4e00-\u9fff-]*$/.test(words)) return words;
  return words.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
}

/** 0 the same … 1 too far: more than a third is to be changed, and neither has much of the other in it. */
function distanceTo(asked: string, name: string): number {
  const longest = Math.max(asked.length, name.length);
  const shortest = Math.min(asked.length, name.length);
  if (shortest === 0) return 1;
  const edits = editsBetween(asked, name);
  const isWithin = shortest / longest >= 0.3 && (name.includes(asked) || asked.includes(name));
  return isWithin || edits <= Math.max(1, Math.floor(longest / 3)) ? edits / (longest + 1) : 1;
}

/** Characters to add, drop, change or swap with their neighbour (Damerau 1964), row by row. */
function editsBetween(a: string, b: string): number {
  let above2: number[] = [];
  let above: number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (above2[j - 2] ?? 0) + 1 : changed;
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed, swapped));
    }
    above2 = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
