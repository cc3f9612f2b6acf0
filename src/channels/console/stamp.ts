/**
 * A source of sending times: ISO instants with six digits, each later than the one before, so that two messages of
 * one millisecond keep their order.
 * @param now milliseconds since 1970
 */
export function openStamps(now: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Math.floor(now() * 1000));
    const millis = new Date(Math.floor(last / 1000)).toISOString();
    return `${millis.slice(0, -1)}${String(last % 1000).padStart(3, '0')}Z`;
  };
}
