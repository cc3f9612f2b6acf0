/** Starts work at a steady rate, whatever each takes, and waits for all of it. @returns how long each took, ms */
export async function atPace(
  perSecond: number,
  count: number,
  work: (turn: number) => Promise<void>,
): Promise<number[]> {
  const took: number[] = [];
  const under: Promise<void>[] = [];
  const began = performance.now();
  for (let turn = 0; turn < count; turn += 1) {
    await until(began + (turn * 1000) / perSecond);
    const sent = performance.now();
    under.push(work(turn).then(() => void took.push(performance.now() - sent)));
  }
  await Promise.all(under);
  return took;
}

function until(moment: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - performance.now())));
}
