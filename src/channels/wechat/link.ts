import { createPuppet, type Puppet, type PuppetChoice } from './puppet.ts';
import type { ServicePuppet } from './service-puppet.ts';
import type { Link, Signs } from './supervisor.ts';
import { type Timers, within } from './timers.ts';

/** How a login goes: WeChat shows a code that the account's owner scans and confirms on the phone. */
export interface Scan {
  /** The text of the QR code, where there is one now. Whoever scans it logs in: it is a secret. */
  qrcode?: string;
  /** 2 waiting, 3 scanned, 4 confirmed, 5 timed out; the numbers of Wechaty's ScanStatus. */
  status: number;
}

/** What a link tells besides its signs of life. */
export interface LinkListeners {
  login(botId: string): void;
  logout(): void;
  scan(scan: Scan): void;
  /** In the order of arrival. */
  message(id: string): void;
  /** One of these threw: in the library's hands that would end the process. */
  mishap(fault: unknown): void;
}

export interface WechatLink extends Link {
  readonly puppet: Puppet;
}

/** How long a puppet may take to stop, in ms. */
const stopMsMax = 4_000;

/**
 * One connection to WeChat through a fresh puppet. We listen to the puppet and not to the library's own bot object: on
 * a message that one first fetches the profile of every member of the room, which is what gets accounts restricted,
 * and it hands messages on in the order in which that was done.
 */
export async function openLink(
  choice: PuppetChoice,
  signs: Signs,
  listeners: LinkListeners,
  timers: Timers,
): Promise<WechatLink> {
  const puppet = await createPuppet(choice);
  let open = true;
  let started = false;
  listen(puppet, signs, listeners, () => open);
  return {
    puppet,
    async start() {
      await puppet.start();
      started = true;
    },
    ding: () => puppet.ding('duban'),
    async close() {
      open = false;
      const stopping = puppet.stop();
      // A service must hear that we leave, or it takes no other listener; one that never answered must not.
      if (started) await within(timers, stopMsMax, 'stopping', stopping).catch(() => {});
      else stopping.catch(() => {});
      if (isServicePuppet(puppet)) puppet.sever();
    },
  };
}

/**
 * Nothing thrown by a listener reaches the library: it would end the process. What a closed link still says is not
 * heard, but it keeps its listeners: so would an `error` that has none.
 */
function listen(puppet: Puppet, signs: Signs, listeners: LinkListeners, open: () => boolean): void {
  const hear =
    <Payload>(react: (payload: Payload) => void) =>
    (payload: Payload): void => {
      if (!open()) return;
      try {
        react(payload);
      } catch (fault) {
        listeners.mishap(fault);
      }
    };
  const alive = <Payload>(react: (payload: Payload) => void = () => {}) =>
    hear<Payload>((payload) => {
      signs.alive();
      react(payload);
    });
  const login = alive(({ contactId }: { contactId: string }) => listeners.login(contactId));
  const message = alive(({ messageId }: { messageId: string }) => listeners.message(messageId));
  const scan = alive(({ qrcode, status }: Scan) => listeners.scan(qrcode ? { qrcode, status } : { status }));
  const logout = alive(() => listeners.logout());
  const suspect = hear(() => signs.suspect());
  const reset = hear(() => signs.broken('the puppet asks to be started anew'));

  puppet.on('error', suspect).on('reset', reset).on('heartbeat', alive()).on('dong', alive());
  puppet.on('login', login).on('logout', logout).on('scan', scan).on('message', message);
  if (isServicePuppet(puppet)) puppet.onBroken = hear((reason: string) => signs.broken(reason));
}

/** Told by what it can, so that its module is loaded only when it is used. */
function isServicePuppet(puppet: Puppet): puppet is Puppet & Pick<ServicePuppet, 'sever' | 'onBroken'> {
  return 'sever' in puppet && 'onBroken' in puppet;
}
