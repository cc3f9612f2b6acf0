import path from 'node:path';
import type { Express } from 'express';
import type { Channel, Receive } from './channels/channel.ts';
import { consoleChannel } from './channels/console/channel.ts';
import { openDoorbell } from './channels/console/doorbell.ts';
import type { Forms } from './channels/form.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { holdAccount } from './store/account-lock.ts';
import { type Database, runOn } from './store/database.ts';
import { consoleRouter } from './web/console/router.ts';
import { consoleDoors } from './web/console-doors.ts';

export interface Sockets {
  web: Express;
  receive: Receive;
  forms: Forms;
  log: Log;
  clock: Clock;
  rehearsal: boolean;
  database: Database;
}

/**
 * The channels that the environment asks for. Each is loaded only then: Wechaty alone costs a second and 60 MB.
 * Slack is mounted before anything that reads request bodies, because it checks signatures over the raw ones.
 */
export async function openChannels(config: Config, sockets: Sockets): Promise<Channel[]> {
  const channels: Channel[] = [];
  if (config.slack !== null) channels.push(await openSlack(config.slack, sockets));
  if (config.wechat !== null) channels.push(await openWechat(config.wechat, config.dataDir, sockets));
  if (config.console) channels.push(openConsole(sockets));
  return channels;
}

async function openSlack(
  slack: NonNullable<Config['slack']>,
  { web, receive, forms, log }: Sockets,
): Promise<Channel> {
  const { slackChannel } = await import('./channels/slack/slack.ts');
  return slackChannel({
    botToken: slack.botToken,
    signingSecret: slack.signingSecret ?? undefined,
    appToken: slack.appToken ?? undefined,
    apiUrl: slack.apiUrl ?? undefined,
    mount: slack.appToken === null ? web : undefined,
    receive,
    forms,
    log,
  });
}

async function openWechat(
  wechat: NonNullable<Config['wechat']>,
  dataDir: string,
  sockets: Sockets,
): Promise<Channel> {
  const { wechatChannel } = await import('./channels/wechat/channel.ts');
  const { database, receive, log } = sockets;
  return wechatChannel({
    puppet: wechat.puppet,
    ...(wechat.token === null ? {} : { token: wechat.token }),
    ...(wechat.endpoint === null ? {} : { endpoint: wechat.endpoint }),
    receive,
    log,
    hold: (account) => holdAccount(database.pool.options, account),
    codeFile: path.join(dataDir, 'wechat-login.png'),
    lastSeen: async () => {
      const [row] = await runOn(database.pool)<{ at: string | null }>(
        `SELECT to_json(max(sent_at)) #>> '{}' AS at FROM inbox WHERE channel = 'wechat'`,
        [],
      );
      return row?.at ?? undefined;
    },
  });
}

function openConsole({ web, receive, log, clock, rehearsal, database }: Sockets): Channel {
  const doorbell = openDoorbell();
  const doors = consoleDoors({ database, clock, rehearsal, log });
  web.use('/console', consoleRouter({ ...doors, receive, doorbell }));
  web.get('/', (_request, response) => response.redirect('/console/'));
  return consoleChannel(doorbell);
}
