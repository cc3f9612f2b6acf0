import { createHmac } from 'node:crypto';
import { pressed, type SentBlock } from './press.ts';

/** Who sends, and where it arrives. */
export interface Sending {
  /** Where the bot listens, e.g. `http://127.0.0.1:1234`. */
  url: string;
  signingSecret: string;
  team: string;
  /** The bot's user id. */
  bot: string;
}

export interface Manner {
  /** Sent again: which time (from 1). */
  retry?: number;
  /** Signed with another secret. */
  forged?: boolean;
  /** Signed so many seconds ago. */
  ageSeconds?: number;
}

export interface SaidMessage {
  user: string;
  channel: string;
  text?: string;
  /** Made up, each later than the last, when left out. */
  ts?: string;
  /** The message it answers in a thread, and whose that is. */
  thread?: { ts: string; user: string };
  files?: Record<string, unknown>[];
  mention?: boolean;
  more?: Record<string, unknown>;
}

/** Slack's side of the HTTP connection: events, commands and presses, signed as Slack does it. */
export interface Requests {
  postEvent(event: Record<string, unknown>, manner?: Manner): Promise<Response>;
  /** What a person says in a room or in private; `mention` sends the second event, `app_mention`, of it. */
  say(said: SaidMessage, manner?: Manner): Promise<Response>;
  slash(
    given: { user: string; channel: string; text: string; trigger?: string },
    manner?: Manner,
  ): Promise<Response>;
  /** Taps a button, chooses from a menu, or ticks and sends, by label or value. */
  click(
    given: {
      user: string;
      channel: string;
      message: { ts: string; blocks: SentBlock[] };
      choose: string | string[];
      trigger?: string;
    },
    manner?: Manner,
  ): Promise<Response>;
  /** Sends a dialog back, filled in: what Slack's elements say, by field. */
  submit(given: FilledIn, manner?: Manner): Promise<Response>;
  /** Any body, signed. */
  post(body: string, contentType: string, manner?: Manner): Promise<Response>;
}

export interface FilledIn {
  user: string;
  /** As `views.open` got it, and the id that Slack gave it. */
  view: { id: string; callback_id?: string; private_metadata?: string };
  values: Record<string, Record<string, unknown>>;
}

let counter = 0;
/** Slack's timestamps: unique, rising. 1782115200 is 2026-06-22 08:00 UTC. */
export function nextTs(): string {
  counter += 1;
  return `${1782115200 + Math.floor(counter / 1000)}.${String((counter % 1000) * 1000 + 7).padStart(6, '0')}`;
}

export function slackRequests(sending: Sending): Requests {
  const post: Requests['post'] = (body, contentType, manner = {}) =>
    fetch(`${sending.url}/slack/events`, {
      method: 'POST',
      body,
      headers: headers(sending, body, contentType, manner),
    });
  const form = (fields: Record<string, string>, manner?: Manner) =>
    post(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded', manner);
  const postEvent: Requests['postEvent'] = (event, manner) =>
    post(JSON.stringify(eventBody(sending, event)), 'application/json', manner);
  return {
    post,
    postEvent,
    say: (said, manner) => postEvent(messageEvent(said), manner),
    slash: (given, manner) => form(commandFields(sending, given), manner),
    click: ({ choose, ...given }, manner) =>
      form({ payload: JSON.stringify(pressBody(sending, { ...given, choose: [choose].flat() })) }, manner),
    submit: (given, manner) => form({ payload: JSON.stringify(submissionBody(sending, given)) }, manner),
  };
}

export function submissionBody(
  { team }: Pick<Sending, 'team'>,
  { user, view, values }: FilledIn,
): Record<string, unknown> {
  const blocks = Object.entries(values).map(([field, element]) => [field, { value: element }]);
  return {
    type: 'view_submission',
    team: { id: team, domain: 'example' },
    user: { id: user, username: 'somebody', team_id: team },
    api_app_id: 'A0DUBAN',
    trigger_id: `${nextTs()}.submission`,
    view: { ...view, team_id: team, type: 'modal', state: { values: Object.fromEntries(blocks) } },
    response_urls: [],
    is_enterprise_install: false,
    enterprise: null,
  };
}

function headers(
  sending: Sending,
  body: string,
  contentType: string,
  manner: Manner,
): Record<string, string> {
  // Bolt reads the machine's clock: so must we.
  const timestamp = String(Math.floor(Date.now() / 1000) - (manner.ageSeconds ?? 0));
  const secret = manner.forged ? `not ${sending.signingSecret}` : sending.signingSecret;
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const again = manner.retry === undefined ? {} : retryHeaders(manner.retry);
  return {
    'content-type': contentType,
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
    ...again,
  };
}

function retryHeaders(retry: number): Record<string, string> {
  return { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' };
}

export function eventBody({ team, bot }: Pick<Sending, 'team' | 'bot'>, event: Record<string, unknown>) {
  return {
    token: 'unused',
    team_id: team,
    api_app_id: 'A0DUBAN',
    event,
    type: 'event_callback',
    event_id: `Ev${nextTs().replace('.', '')}`,
    event_time: 1782115200,
    authorizations: [
      { enterprise_id: null, team_id: team, user_id: bot, is_bot: true, is_enterprise_install: false },
    ],
  };
}

export function messageEvent(said: SaidMessage): Record<string, unknown> {
  const { user, channel, text = '', ts = nextTs(), thread, files, mention = false, more } = said;
  return {
    type: mention ? 'app_mention' : 'message',
    ...(files === undefined ? {} : { subtype: 'file_share', files, upload: false }),
    user,
    text,
    ts,
    event_ts: ts,
    channel,
    ...(mention ? {} : { channel_type: channel.startsWith('D') ? 'im' : 'channel' }),
    ...(thread === undefined ? {} : { thread_ts: thread.ts, parent_user_id: thread.user }),
    ...more,
  };
}

export function commandFields(
  { team }: Pick<Sending, 'team'>,
  { user, channel, text, trigger }: { user: string; channel: string; text: string; trigger?: string },
): Record<string, string> {
  return {
    token: 'unused',
    team_id: team,
    team_domain: 'example',
    channel_id: channel,
    channel_name: channel.startsWith('D') ? 'directmessage' : 'office',
    user_id: user,
    user_name: 'somebody',
    command: '/duban',
    text,
    api_app_id: 'A0DUBAN',
    is_enterprise_install: 'false',
    trigger_id: trigger ?? `${nextTs()}.command`,
  };
}

export function pressBody(
  { team }: Pick<Sending, 'team'>,
  given: {
    user: string;
    channel: string;
    message: { ts: string; blocks: SentBlock[] };
    choose: string[];
    trigger?: string;
  },
): Record<string, unknown> {
  const { user, channel, message, choose, trigger } = given;
  return {
    type: 'block_actions',
    user: { id: user, username: 'somebody', team_id: team },
    api_app_id: 'A0DUBAN',
    team: { id: team, domain: 'example' },
    container: { type: 'message', message_ts: message.ts, channel_id: channel, is_ephemeral: false },
    channel: { id: channel, name: channel.startsWith('D') ? 'directmessage' : 'office' },
    message: { type: 'message', ts: message.ts, text: '', blocks: message.blocks },
    trigger_id: trigger ?? `${nextTs()}.press`,
    is_enterprise_install: false,
    enterprise: null,
    ...pressed(message.blocks, choose, nextTs()),
  };
}
