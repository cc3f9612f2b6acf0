import { machineClock } from '../clock.ts';
import { endSessions } from '../store/web-sessions.ts';
import type { Command } from './command.ts';

/** 退出看板: logs the person out of the dashboard in every browser, and makes unused links worthless. */
export const logout: Command = {
  name: 'logout',
  words: { 'zh-CN': ['退出看板', '退出登录'], en: ['logout', 'log out'] },
  takes: null,
  bare: false,
  help: 'web:logout.line',
  run: async ({ run, turn, at, writes, replyPrivately, machine = machineClock }) => {
    const count = await endSessions(run, turn.contact.id, machine.now());
    const about = `contact:${turn.contact.id}`;
    const data = { everywhere: true, count };
    writes.audit.push({ at, by: turn.contact.id, kind: 'desk.logout', campaignId: null, about, data });
    replyPrivately({ lines: [{ key: 'web:logout.done', params: { count } }] });
  },
};
