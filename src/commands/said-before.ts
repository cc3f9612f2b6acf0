import type { CommandContext } from './command.ts';

/** What stands behind a tapped option: `@<seq>` of the message whose words it goes on with. */
const carried = /\s*@(\d{1,15})$/;

/** An option's id that carries this message, so that words said with it need not be said again. */
export function carrying({ turn }: CommandContext, id: string): string {
  return `${id} @${turn.seq}`;
}

/** Splits what an option carries from what it says. */
export function withoutCarried(rest: string): { rest: string; seq: number | null } {
  const seq = carried.exec(rest)?.[1];
  return { rest: rest.replace(carried, ''), seq: seq === undefined ? null : Number(seq) };
}

/** The text of an earlier message of the same person; null for anybody else's, and for one that is gone. */
export async function saidBefore({ transaction, turn }: CommandContext, seq: number): Promise<string | null> {
  const row = await transaction.inbox.findUnique({ where: { seq }, select: { urn: true, body: true } });
  const sender = row === null ? null : await transaction.urn.findUnique({ where: { urn: row.urn } });
  if (sender?.contactId !== turn.contact.id) return null;
  return (row?.body as { text?: string } | undefined)?.text ?? null;
}

/** What an earlier message says behind the number of the problem it is about: `退回 12 写得太空` says 写得太空. */
export function wordsBehindNumber(said: string): string {
  return said.replace(/^\D*\d+\s*号?(?:问题)?[\s:：,，、;；]*/u, '').trim();
}
