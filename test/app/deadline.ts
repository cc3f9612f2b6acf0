/** Longest wait for anything here, ms; the slowest machine needs a small part of it. */
const waitMsMax = 90_000;

/** Waits for something that has to happen. @throws with what was last seen when it doesn't */
export async function inTime<Value>(
  what: string,
  happening: Promise<Value>,
  seen: () => unknown,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what}: not in time; last seen ${JSON.stringify(seen())}`)),
      waitMsMax,
    );
  });
  return Promise.race([happening, late]).finally(() => clearTimeout(timer));
}
