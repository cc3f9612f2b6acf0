import { machineClock } from '../clock.ts';
import { linkMinutes, makeLogin } from '../store/web-sessions.ts';
import type { Command } from './command.ts';
import { answer } from './receipt.ts';

/** 看板: a link that opens the dashboard in a browser, once and within ten minutes, for this person alone; no password. */
export const dashboard: Command = {
  name: 'dashboard',
  words: { 'zh-CN': ['看板', '打开看板', '登录看板'], en: ['dashboard'] },
  takes: null,
  bare: false,
  help: 'web:line',
  run: async (context) => {
    const { run, turn, publicUrl, machine = machineClock } = context;
    const secret = await makeLogin(run, turn.contact.id, machine.now());
    const link = `${publicUrl()}/desk/in/${secret}`;
    // A key: kept in no queue longer than until it was sent.
    answer(context, { key: 'web:link', params: { link, minutes: linkMinutes } });
  },
};
