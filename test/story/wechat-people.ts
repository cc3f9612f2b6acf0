import { vi } from 'vitest';
import type { PuppetDriver, Sent, Spoken } from '../channels/wechat/driver.ts';
import type { House } from './house.ts';

/** A message of the bot as its readers see it. */
export interface Heard {
  /** The id of the room, or of whose private chat it is. */
  to: string;
  /** Without the mention. */
  text: string;
  /** Whom it calls by name, by id. */
  mention?: string;
}

export interface WechatPeople {
  /** In private, or in the room; resolves, once all is done, with what the bot said because of it. */
  says(from: string, text: string, room?: string): Promise<Heard[]>;
  /** The same, speaking to the bot in the room. */
  asks(from: string, text: string, room: string): Promise<Heard[]>;
  /** Anything, all of it in the same instant. */
  say(...spoken: Spoken[]): Promise<Heard[]>;
  /** What was said since the last look, to whomever. */
  heard(): Heard[];
}

export function wechatPeople(driver: PuppetDriver, house: House): WechatPeople {
  let looked = 0;
  const heard = () => {
    const fresh = driver.sent().slice(looked);
    looked = driver.sent().length;
    return fresh.map(read);
  };
  const say: WechatPeople['say'] = async (...spoken) => {
    const ids = await driver.say(...spoken);
    const arrived = `channel = 'wechat' AND split_part(external_id, '/', 2) IN ('${ids.join("','")}')`;
    await vi.waitUntil(async () => (await house.count('inbox', arrived)) === ids.length, {
      interval: 5,
      timeout: 20_000,
    });
    await house.settled();
    return heard();
  };
  return {
    say,
    heard,
    says: (from, text, room) => say({ from, text, ...(room === undefined ? {} : { room }) }),
    asks: (from, text, room) => {
      const { bot, rooms } = driver.world;
      const name = rooms.find(({ id }) => id === room)?.aliases?.[bot.id] ?? bot.name;
      return say({ from, room, text: `@${name}\u2005${text}`, mentions: [bot.id] });
    },
  };
}

function read({ to, text = '', mentions }: Sent): Heard {
  const [mention] = mentions;
  return mention === undefined ? { to, text } : { to, text: text.replace(/^@[^\u2005]*\u2005/, ''), mention };
}
