import type { Role } from '../campaign/definition.ts';
import type { Line, Param } from '../flow/say.ts';
import { type SeenEvent, seenEvents } from '../store/seen.ts';
import type { Command, CommandContext } from './command.ts';
import { isOverheard } from './private.ts';
import { pageIn } from './task-rows.ts';

const pageRows = 15;

/** 审计: who saw what is secret, and who tried what is not theirs, the newest first; the whole log is on the dashboard. */
export const audit: Command = {
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
    const lines = rows.map((row) => eventLine(row, zone));
    if (rows.length === 0)
      lines.push({ key: page > 1 ? 'desk:no-page' : 'desk:audit.none', params: { page } });
    if (left > 0) lines.push({ key: 'desk:more', params: { left, words: `${wordOf(context)} ${page + 1}` } });
    context.replyPrivately({ lines: [{ key: 'desk:audit.title', params: { title } }, ...lines] });
  },
};

function wordOf({ turn }: CommandContext): string {
  return turn.contact.language === 'en' ? 'audit' : '审计';
}

function eventLine({ at, kind, about, activity, ...person }: SeenEvent, zone: string): Line {
  const params = { at: { instant: at, zone }, who: nameOf(person), activity: activity ?? '—' };
  switch (kind) {
    case 'secret.seen':
      return { key: 'desk:audit.seen', params };
    case 'secret.sent':
      return { key: 'desk:audit.sent', params };
    case 'command':
      return { key: 'desk:audit.refused', params: { ...params, command: about.replace(/^command:/u, '') } };
  }
}

function nameOf({ title, role, unit }: Pick<SeenEvent, 'title' | 'role' | 'unit'>): Param {
  if (title !== null) return title;
  if (role === null) return { key: 'desk:audit.nobody' };
  const as = { key: `commands:role.${role as Exclude<Role, 'citizen'>}` } as const;
  return unit === null ? as : { key: 'desk:audit.person', params: { unit, role: as } };
}
