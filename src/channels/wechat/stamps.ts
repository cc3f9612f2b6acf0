/** Puppets give seconds or milliseconds; everything since 1973 in milliseconds is above this, in seconds below. */
const millisecondsMin = 1e11;
/** A sending time further ahead of our clock than this is not believed, in ms. */
const aheadMsMax = 5 * 60_000;
/** So many seconds' last stamps are remembered. */
const rememberedMax = 1_000;

/** When the platform says a message was sent, in ms since 1970; when it arrived, where that can't be. */
export function sentMs(timestamp: number, arrivedMs: number): number {
  const ms = timestamp < millisecondsMin ? timestamp * 1000 : timestamp;
  return Number.isFinite(ms) && ms > 0 && ms <= arrivedMs + aheadMsMax ? Math.floor(ms) : arrivedMs;
}

/**
 * A source of sending times with six digits. WeChat counts whole seconds, so messages of one second get the
 * microseconds in the order in which they arrived: two quick answers of one person stay in order. Ask in the order of
 * arrival.
 */
export function openStamps(): (sentMs: number) => string {
  /** The last microsecond given out, by the second (or the millisecond, where one was known). */
  const last = new Map<string, number>();
  return (ms) => {
    const key = ms % 1000 === 0 ? `s${ms / 1000}` : `m${ms}`;
    const micros = Math.max(ms * 1000, (last.get(key) ?? -1) + 1);
    last.delete(key);
    last.set(key, micros);
    for (const oldest of last.keys()) {
      if (last.size <= rememberedMax) break;
      last.delete(oldest);
    }
    const millis = new Date(Math.floor(micros / 1000)).toISOString();
    return `${millis.slice(0, -1)}${String(micros % 1000).padStart(3, '0')}Z`;
  };
}
