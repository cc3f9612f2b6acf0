import { SendFault } from '../channel.ts';

export interface DownloadOptions {
  token: string;
  /** Base of the Web API, e.g. `https://slack.com/api/`: files of this host and its subdomains may be fetched. */
  apiUrl: string;
  /** Bytes. */
  limit: number;
  timeoutMs: number;
}

const redirectsMax = 3;

/**
 * The bytes at `url`. The address came in a message, so the token goes to Slack's own hosts alone, also when it is
 * redirected, and no more is read than `limit`.
 * @throws SendFault `refused` for a foreign host, a file too large or gone; `passing` when it may work later
 */
export async function download(url: string, options: DownloadOptions): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  let at = allowed(url, options.apiUrl);
  for (let hop = 0; hop <= redirectsMax; hop += 1) {
    const response = await request(at, options.token, signal);
    const next = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || next === null)
      return await body(response, at, options.limit);
    await response.body?.cancel();
    at = allowed(new URL(next, at).href, options.apiUrl);
  }
  throw new SendFault('refused', 'file: too many redirects');
}

function allowed(address: string, apiUrl: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const api = new URL(apiUrl);
  if (url?.origin === api.origin) return url;
  const hosts = [api.hostname, 'slack.com'];
  const inside = hosts.some((host) => url?.hostname === host || url?.hostname.endsWith(`.${host}`));
  if (url === undefined || !inside || url.protocol !== 'https:' || url.port !== '')
    throw new SendFault('refused', 'file: not on a host of the workspace');
  return url;
}

async function request(url: URL, token: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { headers: { Authorization: `Bearer ${token}` }, redirect: 'manual', signal });
  } catch (error) {
    throw new SendFault('passing', `file: ${reason(error)}`);
  }
}

async function body(response: Response, url: URL, limit: number): Promise<Uint8Array> {
  const fault = statusFault(response, url) ?? tooLarge(Number(response.headers.get('content-length')), limit);
  if (fault !== undefined) {
    await response.body?.cancel();
    throw fault;
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      size += part.byteLength;
      const over = tooLarge(size, limit);
      if (over !== undefined) throw over;
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof SendFault ? error : new SendFault('passing', `file: ${reason(error)}`);
  }
  return Buffer.concat(parts);
}

function statusFault(response: Response, url: URL): SendFault | undefined {
  const { status, headers } = response;
  if (status === 429) {
    const seconds = Number(headers.get('retry-after'));
    return new SendFault('rate', 'file: rate limited', (seconds > 0 ? seconds : 1) * 1000);
  }
  if (status >= 500) return new SendFault('passing', `file: HTTP ${status}`);
  if (status !== 200) return new SendFault('refused', `file: HTTP ${status}`);
  // Without the right to a file Slack answers 200 with its sign-in page.
  const page = headers.get('content-type')?.startsWith('text/html') === true;
  return page && !/\.html?$/i.test(url.pathname)
    ? new SendFault('refused', 'file: a page came instead; is the scope files:read granted?')
    : undefined;
}

function tooLarge(size: number, limit: number): SendFault | undefined {
  return size > limit ? new SendFault('refused', `file: more than ${limit} bytes`) : undefined;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}
