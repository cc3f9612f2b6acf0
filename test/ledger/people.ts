import { cast, type Heard, type Talk } from '../conversation/stage.ts';

/** More people for the sample's ledger: roles, never names. */
export const ledgerCast = {
  ...cast,
  /** A second coordinator of the campaign, of no unit that is inspected. */
  second: 'console:coordinator-2',
  /** Heads Haiyan. */
  head: 'console:head',
  /** Of the leading group, where a test's campaign has one. */
  group: 'console:group',
} as const;

/** Gives somebody a role in the campaign, with a title as the console page's personas have. */
export async function enrol(
  talk: Talk,
  urn: string,
  { role, unit, title }: { role: string; unit: string | null; title: string },
): Promise<void> {
  await talk.query(
    `WITH c AS (INSERT INTO contact (title, address, language) VALUES (to_jsonb($2::text), $1, 'zh-CN') RETURNING id),
       u AS (INSERT INTO urn (urn, contact_id) SELECT $1, id FROM c)
     INSERT INTO membership (contact_id, campaign_id, unit_id, role)
     SELECT c.id, k.id, (SELECT id FROM unit WHERE campaign_id = k.id AND code = $4), $3 FROM c, campaign k`,
    [urn, title, role, unit],
  );
}

/** What was said to somebody, without what only takes options off earlier messages. */
export function to(urn: string, heard: Heard[]): string[] {
  return heard.filter(({ to: address, text }) => address === urn && text !== '').map(({ text }) => text);
}

/** The last message to somebody. */
export function lastTo(urn: string, heard: Heard[]): Heard | undefined {
  return heard.filter(({ to: address, text }) => address === urn && text !== '').at(-1);
}

/** A problem found at Haiyan by Nanhu's inspector, with a photo. @returns its number */
export async function found(talk: Talk, problem = '综合窗口无人值守'): Promise<number> {
  await talk.says(cast.inspector, `发现问题 ${problem}`);
  const [row] = await talk.query<{ number: number }>('SELECT max(number) AS number FROM finding');
  return row?.number ?? 0;
}

/** How a problem stands. */
export async function stateOf(talk: Talk, number: number): Promise<string | null> {
  const [row] = await talk.query<{ stage: string | null }>('SELECT stage FROM finding WHERE number = $1', [
    number,
  ]);
  return row?.stage ?? null;
}

/** Orders the first problem by the end of July, and has its unit reply that it is put right. */
export async function putRight(talk: Talk): Promise<void> {
  await talk.says(cast.coordinator, '整改 1 7月31日');
  for (const words of ['整改回复 1', '窗口负责人', '增配2名人员', '已整改到位', '跳过'])
    await talk.says(cast.liaison, words);
}
