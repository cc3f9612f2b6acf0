import type { Role } from '../campaign/definition.ts';
import type { Line, Param } from '../flow/say.ts';
import { type SeenEvent, seenEvents } from '../store/seen.ts';
import { type Command, wordOf } from './command.ts';
import { isOverheard } from './private.ts';
import { moreLines, pageIn } from './task-rows.ts';

const pageRows = 15;

/** 审计: who saw what is secret, and who tried what is not theirs, the newest first; the whole log is on the dashboard. */
export const auditOn = (all: () => Command[]): Command => ({
  name: 'audit',
  words: { 'zh-CN': ['审计', '谁看过'], en: ['audit'] },
  takes: /第?\s*\d{1,3}\s*页?/,
  bare: false,
  ofCampaign: true,
  help: 'desk:audit.line',
  run: async (context, rest) => {
    const { campaign, run } = context;
    if (campaign === null) return context.replyPrivately({ lines: [{ key: 'commands:campaign.none' }] });
    // Even that there is something is nobody's business in a room.
    if (isOverheard(context)) return context.reply({ key: 'audit:release.in-private' });
    const page = pageIn(` ${rest}`);
    const rows = await seenEvents(run, campaign.id, { rows: pageRows, from: (page - 1) * pageRows });
    const { title, zone } = campaign;
    const left = (rows[0]?.total ?? 0) - page * pageRows;
    const lines = rows.map((row) => eventLine(row, zone, all()));
    if (rows.length === 0)
      lines.push({ key: page > 1 ? 'desk:no-page.plain' : 'desk:audit.none', params: { page } });
    lines.push(...moreLines(left, { 'zh-CN': '审计', en: 'audit' }, page + 1));
    context.replyPrivately({ lines: [{ key: 'desk:audit.title', params: { title } }, ...lines] });
  },
});

function eventLine(
  { at, kind, about, activity, ...person }: SeenEvent,
  zone: string,
  commands: Command[],
): Line {
  const params = { at: { instant: at, zone }, who: nameOf(person), activity: activity ?? '—' };
  switch (kind) {
    case 'secret.seen':
      return { key: 'desk:audit.seen', params };
    case 'secret.sent':
      return { key: 'desk:audit.sent', params };
    case 'command': {
      const name = about.replace(/^command:/u, '');
      const known = commands.find((one) => one.name === name);
      return {
        key: 'desk:audit.refused',
        params: { ...params, command: known === undefined ? name : wordOf(known) },
      };
    }
  }
}

function nameOf({ title, role, unit }: Pick<SeenEvent, 'title' | 'role' | 'unit'>): Param {
  if (title !== null) return title;
  if (role === null) return { key: 'desk:audit.nobody' };
  const as = { key: `commands:role.${role as Exclude<Role, 'citizen'>}` } as const;
  return unit === null ? as : { key: 'desk:audit.person', params: { unit, role: as } };
}
