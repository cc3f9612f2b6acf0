import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import type { House } from './house.ts';

/** One request with headers as given: what a browser would add is left out, what it would refuse to send is not. */
export async function ask(
  house: House,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array } = {},
) {
  const { method = 'GET', headers = {}, body } = options;
  const sent = request({ host: '127.0.0.1', port: house.port, path, method, headers });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
}

/** Posts as our own page does. */
export function post(house: House, body: object | string, headers: Record<string, string> = {}) {
  return ask(house, '/console/api/messages', {
    method: 'POST',
    headers: { origin: `http://127.0.0.1:${house.port}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Posts a photo as our own page does. */
export function postPhoto(
  house: House,
  query: Record<string, string>,
  body: Uint8Array,
  type = 'image/jpeg',
) {
  return ask(house, `/console/api/messages?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers: { origin: `http://127.0.0.1:${house.port}`, 'content-type': type },
    body,
  });
}

export interface Heard {
  event: string;
  id: string;
  data: { room?: string | null; entry?: { id: string; text: string; settled?: boolean }; now?: string };
}

/** Listens as a page does. `next(event)` waits for the next event of this kind and gives all that came till then. */
export async function hear(house: House, as: string, lastEventId?: string) {
  const sent = request({
    host: '127.0.0.1',
    port: house.port,
    path: `/console/api/stream?${new URLSearchParams({ as })}`,
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const events = readEvents(response);
  return {
    status: response.statusCode,
    headers: response.headers,
    until: async (event: string): Promise<Heard[]> => {
      const heard: Heard[] = [];
      for (;;) {
        const { value, done } = await events.next();
        if (done) throw new Error(`the stream ended before ${event}`);
        heard.push(value);
        if (value.event === event) return heard;
      }
    },
    /** Resolves when the server hangs up. */
    ended: async () => {
      while (!(await events.next()).done);
    },
    close: () => response.destroy(),
  };
}

async function* readEvents(response: IncomingMessage): AsyncGenerator<Heard, undefined> {
  let fields: Record<string, string> = {};
  for await (const line of createInterface({ input: response })) {
    const colon = line.indexOf(': ');
    if (line !== '') fields[line.slice(0, colon)] = line.slice(colon + 2);
    else {
      if (fields.data !== undefined)
        yield { event: fields.event ?? '', id: fields.id ?? '', data: JSON.parse(fields.data) };
      fields = {};
    }
  }
  return undefined;
}

/** The texts among the events. */
export function texts(heard: Heard[]): string[] {
  return heard.flatMap((one) => (one.data.entry ? [one.data.entry.text] : []));
}
