/** One entry of a conversation on the console page. */
interface Entry {
  author: { urn: string } | null;
  text: string;
}

/** Longest wait for something to be said, ms. */
const waitMsMax = 60_000;

/** Says something in private, as the console page does. @returns whether it was new */
export async function says(origin: string, as: string, id: string, text: string): Promise<boolean> {
  const response = await fetch(`${origin}/console/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin },
    body: JSON.stringify({ id, as, text }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return ((await response.json()) as { stored: boolean }).stored;
}

/**
 * What the bot has said to somebody in private or in their rooms, up to the first message that contains all of `words`.
 * @throws with what was heard when that doesn't come
 */
export async function heard(origin: string, as: string, ...words: string[]): Promise<string[]> {
  const texts: string[] = [];
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), waitMsMax);
  try {
    for await (const { author, text } of entries(origin, as, stop.signal)) {
      if (author === null) texts.push(text);
      if (author === null && words.every((word) => text.includes(word))) return texts;
    }
  } catch (fault) {
    if (!stop.signal.aborted) throw fault;
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
  throw new Error(`${as} did not hear ${words.join(' … ')} but ${JSON.stringify(texts)}`);
}

/** The stream that a page of this persona listens to. */
async function* entries(origin: string, as: string, signal: AbortSignal): AsyncGenerator<Entry> {
  const response = await fetch(`${origin}/console/api/stream?${new URLSearchParams({ as })}`, { signal });
  if (!response.ok || response.body === null) throw new Error(`no stream: ${response.status}`);
  let rest = '';
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (rest + part).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const lines = event.split('\n');
      const data = lines.find((line) => line.startsWith('data: '));
      if (lines.includes('event: entry') && data !== undefined) yield JSON.parse(data.slice(6)).entry;
    }
  }
}
