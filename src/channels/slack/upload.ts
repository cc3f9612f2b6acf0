import type { webApi } from '@slack/bolt';
import { type Post, SendFault } from '../channel.ts';

/** A file that lies at Slack and that nobody sees yet. */
export interface Uploaded {
  id: string;
  title: string;
}

const uploadTimeoutMs = 60_000;

/**
 * Brings files to Slack without showing them: so that what can fail slowly is done before anything is posted, and a
 * message that is tried again is not seen twice.
 */
export async function upload(client: webApi.WebClient, files: Post['files']): Promise<Uploaded[]> {
  const uploaded: Uploaded[] = [];
  for (const { name, bytes } of files) {
    const place = await client.files.getUploadURLExternal({ filename: name, length: bytes.byteLength });
    if (place.upload_url === undefined || place.file_id === undefined)
      throw new SendFault('passing', 'files.getUploadURLExternal: no address');
    const response = await fetch(place.upload_url, {
      method: 'POST',
      body: Buffer.from(bytes),
      headers: { 'Content-Type': 'application/octet-stream' },
      signal: AbortSignal.timeout(uploadTimeoutMs),
    });
    await response.body?.cancel();
    if (!response.ok) throw new SendFault('passing', `upload: HTTP ${response.status}`);
    uploaded.push({ id: place.file_id, title: name });
  }
  return uploaded;
}

/** Shows uploaded files in a channel. */
export async function share(client: webApi.WebClient, channel: string, files: Uploaded[]): Promise<void> {
  const [first, ...rest] = files;
  if (first === undefined) return;
  await client.files.completeUploadExternal({ channel_id: channel, files: [first, ...rest] });
}
