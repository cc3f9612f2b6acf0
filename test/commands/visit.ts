import { expect } from 'vitest';
import type { Heard, How, Talk } from '../conversation/stage.ts';

/** A one-pixel PNG. */
export const photo = {
  name: 'window.png',
  mime: 'image/png',
  bytes: new Uint8Array(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  ),
};

/** What is found at a window; all good unless said otherwise. */
export interface Seen {
  name?: string;
  /** Null: passed over. */
  accepted?: number | string | null;
  reviewed?: number;
  onPost?: boolean;
  /** Place of the level among the options: 0 is the best. */
  citizens?: number;
}

/** One checklist of the sample from check-in to its last answer. */
export async function visit(
  talk: Talk,
  urn: string,
  seen: Seen = {},
  how: How = {},
  begin = '签到',
): Promise<Heard[]> {
  const { name = '不动产登记窗口', accepted = 95, reviewed = 90, onPost = true, citizens = 1 } = seen;
  await talk.says(urn, begin, how);
  await talk.says(urn, name, how);
  let heard = await talk.says(urn, '跳过', how);
  heard = await talk.taps(urn, last(heard), 0, how);
  await talk.says(urn, accepted === null ? '跳过' : String(accepted), how);
  heard = await talk.says(urn, String(reviewed), how);
  const systems = last(heard);
  heard = await talk.taps(urn, systems, (systems?.options.length ?? 0) - 1, how);
  heard = await talk.taps(urn, last(heard), onPost ? 0 : 1, how);
  if (!onPost) heard = await talk.says(urn, '窗口没有人', how);
  heard = await talk.taps(urn, last(heard), 0, how);
  heard = await talk.taps(urn, last(heard), citizens, how);
  if (!onPost) await talk.says(urn, '', { ...how, files: [photo] });
  heard = await talk.says(urn, '跳过', how);
  expect(last(heard)?.text).toContain('已检查');
  return heard;
}

function last(heard: Heard[]): Heard | undefined {
  return heard.at(-1);
}

/** A citizen's rating; `level` is the place among the options, 0 the best. */
export async function rate(talk: Talk, urn: string, level: number): Promise<void> {
  const asked = last(await talk.says(urn, '评价'));
  let heard = await talk.taps(urn, asked, level);
  if (level > 2) heard = await talk.taps(urn, last(heard), 0);
  await talk.says(urn, '10');
  heard = await talk.says(urn, '跳过');
  expect(last(heard)?.text).toContain('已提交');
}
