import { randomUUID } from 'node:crypto';
import type { Entry } from '../../src/channels/console/entry.ts';
import type { House } from './house.ts';

/** Somebody on the console page, without a page: what it posts, and what it would show. */
export interface Visitor {
  /** Resolves, once all is done, with what the bot said here because of it. */
  says(text: string, room?: string): Promise<Entry[]>;
  sends(bytes: Uint8Array, mime: string): Promise<Entry[]>;
  /** Posts as the page does; for what is refused. */
  posts(body: object): Promise<Response>;
}

export function consoleVisitor(house: House, as: string): Visitor {
  let seen = 0;
  const post = (query: string, body: string | Uint8Array<ArrayBuffer>, mime: string) =>
    fetch(`${house.url}/console/api/messages${query}`, {
      method: 'POST',
      headers: { 'content-type': mime, origin: house.url },
      body,
    });
  const posts: Visitor['posts'] = (body) =>
    post('', JSON.stringify({ id: randomUUID(), as, ...body }), 'application/json');
  async function done(answer: Response, room: string | undefined): Promise<Entry[]> {
    if (!answer.ok) throw new Error(`the console answered ${answer.status} ${await answer.text()}`);
    await house.settled();
    const fresh = (await entries(house, as)).filter(
      (one) => one.room === (room ?? null) && Number(one.entry.cursor) > seen,
    );
    seen = Math.max(seen, ...fresh.map(({ entry }) => Number(entry.cursor)));
    return fresh.flatMap(({ entry }) => (entry.author === null ? [entry] : []));
  }
  return {
    posts,
    says: async (text, room) => done(await posts({ text, ...(room === undefined ? {} : { room }) }), room),
    sends: async (bytes, mime) =>
      done(
        await post(`?${new URLSearchParams({ id: randomUUID(), as })}`, new Uint8Array(bytes), mime),
        undefined,
      ),
  };
}

/** All that a page of this person is sent up to now. */
export async function entries(house: House, as: string): Promise<{ room: string | null; entry: Entry }[]> {
  const end = new AbortController();
  const response = await fetch(`${house.url}/console/api/stream?${new URLSearchParams({ as })}`, {
    signal: end.signal,
  });
  const found: { room: string | null; entry: Entry }[] = [];
  let text = '';
  for await (const part of response.body ?? []) {
    text += new TextDecoder().decode(part, { stream: true });
    if (/^event: ready$/m.test(text)) break;
  }
  end.abort();
  for (const block of text.split('\n\n')) {
    const [, data] = /^event: entry\n(?:id: .*\n)?data: (.*)$/m.exec(block) ?? [];
    if (data !== undefined) found.push(JSON.parse(data));
  }
  return found;
}
