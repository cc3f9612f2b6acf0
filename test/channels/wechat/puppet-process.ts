// Runs in a process of its own, bundled by driver.ts: a mock WeChat behind a real puppet server, moved by messages of
// the parent process.
import { FileBox, type FileBoxInterface } from 'file-box';
import type * as PUPPET from 'wechaty-puppet';
import { types } from 'wechaty-puppet';
import { mock, PuppetMock } from 'wechaty-puppet-mock';
import { PuppetServer } from 'wechaty-puppet-service';
import type { Order, Report, Settings, Spoken } from './driver.ts';

const settings = JSON.parse(process.env.DUBAN_TEST_PUPPET ?? '{}') as Settings;
const { world } = settings;
const heartbeatMs = 5_000;
/** Unlike real ids these name the process too, so that a restart never repeats one. */
const run = process.pid.toString(36);
let count = 0;
const nextId = (what: string) => `${what}-${run}-${++count}`;

const files = new Map<string, { name: string; base64: string }>();
const locations = new Map<string, PUPPET.payloads.Location>();
let deaf = false;
let holding = false;

class TestPuppet extends PuppetMock {
  override ding(data?: string): void {
    if (!deaf) setImmediate(() => this.emit('dong', { data: data ?? '' }));
  }

  override async messageSendText(conversation: string, text: string, mentions?: string[]): Promise<never> {
    return this.record(conversation, { text, mentions: mentions ?? [] });
  }

  override async messageSendFile(conversation: string, file: FileBoxInterface): Promise<never> {
    const base64 = (await file.toBuffer()).toString('base64');
    return this.record(conversation, { mentions: [], file: { name: file.name, base64 } });
  }

  override async messageImage(id: string, type: PUPPET.types.Image): Promise<FileBoxInterface> {
    // As with many puppets, the picture is to be had in one size only.
    if (type !== types.Image.HD) throw new Error(`no image of this size for ${id}`);
    return given(id);
  }

  override async messageFile(id: string): Promise<FileBoxInterface> {
    return given(id);
  }

  override async messageLocation(id: string): Promise<PUPPET.payloads.Location> {
    const location = locations.get(id);
    if (location === undefined) throw new Error('no location');
    return location;
  }

  override async roomMemberRawPayload(room: string, contact: string): Promise<PUPPET.payloads.RoomMember> {
    const member = await super.roomMemberRawPayload(room, contact);
    const roomAlias = world.rooms.find(({ id }) => id === room)?.aliases?.[contact];
    return roomAlias === undefined ? member : { ...member, roomAlias };
  }

  /** What the bot says is also heard by the bot, as every puppet must do it. */
  private record(conversation: string, sent: Omit<Report & { event: 'sent' }, 'event' | 'to' | 'id'>): never {
    if (!this.isLoggedIn) throw new Error('not logged in');
    const id = nextId('sent');
    const place = conversation.includes('@chatroom')
      ? { roomId: conversation }
      : { listenerId: conversation };
    const payload = {
      id,
      talkerId: world.bot.id,
      text: sent.text ?? '',
      timestamp: Date.now(),
      type: types.Message.Text,
    };
    this.mocker.cacheMessagePayload.set(id, { ...payload, ...place });
    report({ event: 'sent', to: conversation, id, ...sent });
    this.emit('message', { messageId: id });
    // The library's type says "nothing", its protocol carries the id.
    return id as never;
  }
}

/** Never, while files are held back. */
function given(id: string): Promise<FileBoxInterface> {
  if (!holding) return Promise.resolve(box(id));
  report({ event: 'asked' });
  return new Promise(() => {});
}

function box(id: string): FileBoxInterface {
  const file = files.get(id);
  if (file === undefined) throw new Error('no such file');
  return FileBox.fromBase64(file.base64, file.name);
}

function report(what: Report): void {
  process.send?.(what);
}

function say(puppet: TestPuppet, spoken: Spoken): string {
  const id = spoken.id ?? nextId('said');
  if (spoken.file !== undefined) files.set(id, spoken.file);
  if (spoken.location !== undefined) locations.set(id, spoken.location);
  puppet.mocker.cacheMessagePayload.set(id, {
    id,
    talkerId: spoken.from,
    text: spoken.text ?? '',
    timestamp: spoken.timestamp ?? Date.now(),
    type: types.Message[spoken.type ?? 'Text'],
    ...(spoken.file === undefined ? {} : { filename: spoken.file.name }),
    ...(spoken.room === undefined
      ? { listenerId: world.bot.id }
      : { roomId: spoken.room, mentionIdList: spoken.mentions ?? [] }),
  });
  puppet.emit('message', { messageId: id });
  return id;
}

const mocker = new mock.Mocker();
mocker.use((environment) => {
  if (settings.loggedIn) environment.login(environment.ContactMock.load(world.bot.id));
  else environment.scan('https://example.invalid/login-code');
  const timer = setInterval(() => environment.puppet.emit('heartbeat', { data: 'test' }), heartbeatMs);
  return () => clearInterval(timer);
});
const puppet = new TestPuppet({ mocker });
for (const contact of [world.bot, ...world.contacts]) {
  const { official, ...payload } = contact;
  mocker.createContact({ friend: true, ...payload, ...(official ? { type: types.Contact.Official } : {}) });
}
for (const { id, topic, members } of world.rooms)
  mocker.createRoom({ id, topic, memberIdList: [world.bot.id, ...members] });

process.on('message', async (order: Order) => {
  switch (order.do) {
    case 'say':
      for (const spoken of order.said)
        report({ event: 'said', ticket: order.ticket, id: say(puppet, spoken) });
      return;
    case 'login':
      settings.loggedIn = true;
      mocker.login(mocker.ContactMock.load(world.bot.id));
      return;
    case 'logout':
      settings.loggedIn = false;
      await puppet.logout('test');
      mocker.scan('https://example.invalid/login-code');
      return;
    case 'deafen':
      deaf = true;
      return;
    case 'hold':
    case 'release':
      holding = order.do === 'hold';
      return;
    case 'error':
      puppet.emit('error', { data: 'something went wrong in the puppet' });
      return;
    case 'leave':
      await server.stop();
      process.exit(0);
  }
});
process.on('disconnect', () => process.exit(0));

const server = new PuppetServer({
  endpoint: `127.0.0.1:${settings.port}`,
  puppet,
  token: settings.token,
  tls: { disable: !settings.tls },
});
await server.start();
report({ event: 'listening' });
