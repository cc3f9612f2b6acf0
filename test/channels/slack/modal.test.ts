import type { types } from '@slack/bolt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Channel, Inbound } from '../../../src/channels/channel.ts';
import type { Forms } from '../../../src/channels/form.ts';
import { modal } from '../../../src/channels/slack/modal.ts';
import { slackChannel } from '../../../src/channels/slack/slack.ts';
import { toInbound } from '../../../src/channels/slack/to-inbound.ts';
import { forms } from '../../../src/commands/forms/compose.ts';
import { extendTaskForm } from '../../../src/commands/forms/extend-task.ts';
import { inviteForm } from '../../../src/commands/forms/invite.ts';
import { sendForm } from '../../../src/commands/forms/send.ts';
import { createDialogs } from '../../../src/conversation/dialogs.ts';
import { createReceive } from '../../../src/conversation/receive.ts';
import { takeTurns } from '../../../src/conversation/turn.ts';
import { languages } from '../../../src/flow/text.ts';
import { stage, type Talk } from '../../conversation/stage.ts';
import { enrol } from '../../ledger/people.ts';
import {
  commandFields,
  listen,
  type Requests,
  type SlackWorld,
  slackWorld,
  submissionBody,
} from './driver.ts';
import { fieldForms, shown } from './field-forms.ts';
import { quietLog } from './quiet-log.ts';
import { type Received, received } from './received.ts';

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });

describe('a form as a dialog', () => {
  test('has a field of its own kind for each field, in one language', () => {
    expect(modal(shown(extendTaskForm, 'en'), 'C1')).toEqual({
      type: 'modal',
      callback_id: 'form:extend-task',
      private_metadata: '{"channel":"C1","language":"en"}',
      title: plain('More time for a task'),
      submit: plain('Submit'),
      close: plain('Cancel'),
      blocks: [
        {
          type: 'input',
          block_id: 'number',
          optional: false,
          label: plain('Number of the task'),
          hint: plain('For example "12"; the lists of "who has not reported" and "overdue" have it.'),
          element: {
            type: 'number_input',
            action_id: 'value',
            is_decimal_allowed: false,
            min_value: '1',
            max_value: '2147483647',
          },
        },
        {
          type: 'input',
          block_id: 'until',
          optional: false,
          label: plain('New day'),
          hint: plain('For example "20 July".'),
          element: { type: 'datepicker', action_id: 'value' },
        },
        {
          type: 'input',
          block_id: 'reason',
          optional: true,
          label: plain('Reason'),
          hint: plain('The unit is told, for example "the ferry is not running".'),
          element: { type: 'plain_text_input', action_id: 'value', multiline: false, max_length: 500 },
        },
      ],
    });
  });

  test('a choice is a menu of its options', () => {
    const block = modal(shown(inviteForm, 'zh-CN'), 'C1')?.blocks[0] as types.InputBlock;
    const menu = block.element as types.StaticSelect;
    expect(menu.type).toBe('static_select');
    expect(menu.options?.[0]).toEqual({ text: plain('检查员'), value: 'inspector' });
    expect(menu.options).toHaveLength(8);
  });

  test('what was said before the questions stands above them, however long', () => {
    const form = { ...shown(extendTaskForm, 'zh-CN'), intro: `${'已派出'.repeat(400)}\n`.repeat(3) };
    const blocks = modal(form, 'C1')?.blocks ?? [];
    const sections = blocks.filter(({ type }) => type === 'section') as types.SectionBlock[];
    expect(sections.map(({ text }) => text?.text).join('')).toBe(form.intro);
    for (const { text } of sections) expect(text?.text.length).toBeLessThanOrEqual(3_000);
  });

  test('Slack can hold every form there is, in both languages', () => {
    for (const language of languages)
      for (const form of forms) {
        const view = modal(shown(form, language), 'C1');
        for (const label of [view?.title, view?.submit, view?.close]) {
          expect(label?.text.length, `${language} ${form.command}`).toBeLessThanOrEqual(24);
          expect(label?.text).not.toMatch(/…$/);
        }
      }
  });

  test('one that Slack can not hold is none', () => {
    const many = Array.from({ length: 101 }, (_, index) => ({ code: `a${index}`, title: '暗访' }));
    expect(modal(shown(sendForm(many), 'en'), 'C1')).toBeUndefined();
    expect(modal(shown(sendForm(many.slice(1)), 'en'), 'C1')).toBeDefined();
  });
});

describe('a dialog that was filled in', () => {
  const self = { team: 'T1', user: 'U0' };
  const at = '2026-06-22T08:00:00.000Z';
  const { words } = fieldForms('en');
  const view = {
    id: 'V1',
    callback_id: 'form:extend-task',
    private_metadata: JSON.stringify({ channel: 'C1', language: 'en' }),
  };
  const values = {
    number: { type: 'number_input', value: '12' },
    until: { type: 'datepicker', selected_date: '2026-07-20' },
    reason: { type: 'plain_text_input', value: null },
  };
  const body = submissionBody({ team: 'T1' }, { user: 'U1', view, values });

  test('is the slash command that it stands for', () => {
    expect(toInbound(body, self, at, words)).toEqual({
      channel: 'slack',
      account: 'slack:T1',
      externalId: 'slack:view:T1/V1',
      urn: 'slack:T1/U1',
      room: 'slack:T1/C1',
      kind: 'text',
      text: 'extend-task 12 2026-07-20',
      addressed: true,
      slash: true,
      files: [],
      sentAt: at,
    });
  });

  test('a choice by its value; in the private chat there is no room', () => {
    const invited = submissionBody(
      { team: 'T1' },
      {
        user: 'U1',
        view: {
          id: 'V2',
          callback_id: 'form:invite',
          private_metadata: JSON.stringify({ channel: 'D1', language: 'zh-CN' }),
        },
        values: {
          role: { type: 'static_select', selected_option: { text: plain('检查员'), value: 'inspector' } },
          unit: { type: 'plain_text_input', value: '南湖区' },
        },
      },
    );
    const inbound = toInbound(invited, self, at, words);
    expect(inbound?.text).toBe('invite 检查员 南湖区');
    expect(inbound?.room).toBeUndefined();
  });

  test('of another app, or of a form that is gone, it is nothing', () => {
    const other = (callback_id: string) =>
      submissionBody({ team: 'T1' }, { user: 'U1', view: { ...view, callback_id }, values });
    expect(toInbound(other('feedback'), self, at, words)).toBeUndefined();
    expect(toInbound(other('form:nothing'), self, at, words)).toBeUndefined();
    expect(toInbound(body, self, at)).toBeUndefined();
  });
});

describe('over the wire', () => {
  let world: SlackWorld;
  let channel: Channel;
  let inbox: Received;
  let slack: Requests;
  let server: { url: string; close(): Promise<void> };
  let person: string;
  let room: string;
  let asked: Forms['asked'];
  const own = fieldForms('zh-CN');

  beforeAll(async () => {
    world = await slackWorld();
    [room, person] = [world.room('inspection'), world.person('coordinator')];
    server = await listen((app) => {
      channel = slackChannel({
        botToken: world.botToken,
        signingSecret: world.signingSecret,
        apiUrl: world.apiUrl,
        mount: app,
        receive: (inbound) => inbox.receive(inbound),
        forms: { words: own.words, asked: (given) => asked(given) },
        log: quietLog(),
      });
    });
    await channel.start();
    slack = world.requests(server.url);
  });
  beforeEach(() => {
    inbox = received();
    asked = own.asked;
    world.api.calls.length = 0;
  });
  afterAll(async () => {
    await channel.stop();
    await server.close();
    await world.close();
  });

  const opened = () => world.api.calls.filter(({ method }) => method === 'views.open');
  const slash = async (text: string, trigger?: string) =>
    slack.slash({ user: person, channel: room, text, trigger: trigger ?? (await world.trigger(person)) });

  test('a bare command opens a dialog and stores nothing; sent back twice, it is one message', async () => {
    expect((await slash('extend-task')).status).toBe(200);
    expect(inbox.calls).toEqual([]);
    expect(opened()).toHaveLength(1);
    const view = JSON.parse(opened()[0]?.args.view ?? '{}') as types.ModalView;
    const given = {
      user: person,
      view: {
        id: 'V0000001',
        callback_id: view.callback_id ?? '',
        private_metadata: view.private_metadata ?? '',
      },
      values: { number: { value: '1' }, until: { selected_date: '2026-07-20' } },
    };
    const answers = [await slack.submit(given), await slack.submit(given, { retry: 1 })];
    // An empty answer closes the dialog.
    expect(await Promise.all(answers.map(async (one) => [one.status, await one.text()]))).toEqual([
      [200, ''],
      [200, ''],
    ]);
    expect(inbox.calls).toHaveLength(2);
    expect(inbox.stored).toMatchObject([
      {
        externalId: `slack:view:${world.team}/V0000001`,
        text: 'extend-task 1 2026-07-20',
        room: `slack:${world.team}/${room}`,
        slash: true,
      },
    ]);
  });

  test('a command that is delivered twice opens one dialog and is no message', async () => {
    const trigger = await world.trigger(person);
    await slash('assign', trigger);
    world.api.refuse('views.open', 'exchanged_trigger_id');
    expect((await slash('assign', trigger)).status).toBe(200);
    expect(inbox.calls).toEqual([]);
  });

  test.each([
    ['an expired trigger', () => world.api.refuse('views.open', 'expired_trigger_id')],
    ['a scope that is missing', () => world.api.refuse('views.open', 'missing_scope')],
    ['a connection that is cut', () => world.api.fail('views.open', { cut: true })],
    [
      'a database that is away',
      () => {
        asked = () => Promise.reject(new Error('away'));
      },
    ],
  ])('%s: the command goes its usual way', async (_, fail) => {
    fail();
    expect((await slash('assign')).status).toBe(200);
    expect(inbox.stored).toMatchObject([{ text: 'assign', slash: true }]);
  });

  test('a command with its words opens nothing', async () => {
    await slash('assign 12 桐乡市');
    expect(opened()).toEqual([]);
    expect(inbox.stored).toMatchObject([{ text: 'assign 12 桐乡市' }]);
  });

  test('what could not be stored is answered 500, so that the person sends it again', async () => {
    inbox.failNext();
    const view = {
      id: 'V0000002',
      callback_id: 'form:assign',
      private_metadata: '{"channel":"D1","language":"en"}',
    };
    const given = { user: person, view, values: { number: { value: '1' }, to: { value: 'Tongxiang' } } };
    expect((await slack.submit(given)).status).toBe(500);
    expect((await slack.submit(given)).status).toBe(200);
    expect(inbox.stored).toMatchObject([{ text: 'assign 1 Tongxiang' }]);
  });
});

describe('over Socket Mode', () => {
  let world: SlackWorld;
  let talk: Talk;
  let channel: Channel;
  let [person, room] = ['', ''];
  let heard: Inbound[];
  let failing: number;

  beforeEach(async () => {
    world = await slackWorld();
    talk = await stage();
    [person, room, heard, failing] = [world.person('coordinator'), world.room('inspection'), [], 0];
    await enrol(talk, `slack:${world.team}/${person}`, {
      role: 'coordinator',
      unit: null,
      title: '第二协调员',
    });
    const receive = createReceive({
      database: talk.database,
      clock: talk.clock,
      stored: () => undefined,
      fetchLater: () => Promise.reject(new Error('nothing here is fetched later')),
    });
    channel = slackChannel({
      botToken: world.botToken,
      appToken: world.appToken,
      apiUrl: world.apiUrl,
      receive: async (inbound) => {
        if (failing-- > 0) throw new Error('the database is away');
        heard.push(inbound);
        return receive(inbound);
      },
      forms: createDialogs(talk.options),
      log: quietLog(),
    });
    await channel.start();
  });
  afterEach(async () => {
    await channel.stop();
    await world.close();
  });

  const opened = () => world.api.calls.filter(({ method }) => method === 'views.open');
  const slash = async (text: string) =>
    world.api.socket.send(
      'slash_commands',
      commandFields(world, { user: person, channel: room, text, trigger: await world.trigger(person) }),
    );
  const filledIn = (call: ReturnType<typeof opened>[number] | undefined, id: string) => {
    const { callback_id = '', private_metadata = '' } = JSON.parse(
      call?.args.view ?? '{}',
    ) as types.ModalView;
    return submissionBody(world, {
      user: person,
      view: { id, callback_id, private_metadata },
      values: {
        number: { value: '1' },
        until: { selected_date: '2026-07-20' },
        reason: { value: '台风停运' },
      },
    });
  };
  const due = async () =>
    (await talk.query<{ due: string }>('SELECT due_on AS due FROM assignment WHERE number = 1'))[0]?.due;
  const work = () =>
    talk.during(async () => {
      while ((await takeTurns(talk.options)) > 0);
    });

  test('a bare command opens the dialog of this person and is no message; what is filled in does what the words would', async () => {
    await slash('extend-task');
    expect(opened()).toHaveLength(1);
    expect(heard).toEqual([]);
    const submission = filledIn(opened()[0], 'V0000003');
    await world.api.socket.send('interactive', submission);
    // Delivered twice, as after an acknowledgement that was lost.
    await world.api.socket.send('interactive', submission);
    expect(heard[0]).toMatchObject({ text: 'extend-task 1 2026-07-20 台风停运', slash: true });
    const said = await work();
    expect(said.filter(({ text }) => text.includes('延至2026年7月20日（周一）')).length).toBeGreaterThan(0);
    expect(await due()).toBe('2026-07-20');
    expect(await talk.query('SELECT 1 FROM task_event')).toHaveLength(1);
  });

  test('with its words it opens nothing; a form that this person may not fill in is none', async () => {
    await slash('extend-task 1 2026-07-21');
    await talk.query(
      `UPDATE membership SET role = 'liaison' WHERE contact_id = (SELECT contact_id FROM urn WHERE urn = $1)`,
      [`slack:${world.team}/${person}`],
    );
    await slash('extend-task');
    expect(opened()).toEqual([]);
    expect(heard.map(({ text }) => text)).toEqual(['extend-task 1 2026-07-21', 'extend-task']);
  });

  test('what could not be stored is not acknowledged, and counts when it is sent again', async () => {
    await slash('extend-task');
    const submission = filledIn(opened()[0], 'V0000004');
    failing = 1;
    void world.api.socket.send('interactive', submission, 'lost');
    await world.api.socket.send('interactive', submission, 'again');
    expect(world.api.socket.acknowledged).not.toContain('lost');
    await work();
    expect(await due()).toBe('2026-07-20');
  });
});
