import { createHash } from 'node:crypto';
import type { PuppetChoice } from './puppet.ts';

const scheme = 'wechat:';

/**
 * The account's name in the ledger, e.g. `wechat:3f1c0a9d22b7`. Made from the settings and not from WeChat's id of the
 * login: it is known before anyone logs in, and stays the same where ids change with every login.
 */
export function wechatAccount({ puppet, token }: Pick<PuppetChoice, 'puppet' | 'token'>): string {
  return (
    scheme +
    createHash('sha256')
      .update(`${puppet}\n${token ?? ''}`)
      .digest('hex')
      .slice(0, 12)
  );
}

/** The address of a person or a room; ids are kept as the puppet gives them, whatever they contain. */
export function addressOf(id: string): string {
  return scheme + id;
}

/** @returns undefined for an address of another channel */
export function idOf(address: string): string | undefined {
  return address.startsWith(scheme) && address.length > scheme.length
    ? address.slice(scheme.length)
    : undefined;
}

/** WeChat's and WeCom's ids of rooms tell themselves apart; other puppets' may not. */
export function looksLikeRoom(id: string): boolean {
  return /@(im\.)?chatroom$/.test(id) || id.startsWith('@@') || id.startsWith('R:');
}

/** Official accounts, and the services that WeChat shows as contacts: none of them is a person. */
export function isService(id: string): boolean {
  return (
    /^gh_/.test(id) ||
    /^(weixin|fmessage|newsapp|filehelper|medianote|floatbottle|mphelper|qmessage|qqmail|tmessage|weibo|notifymessage|notification_messages|brandsessionholder)$/.test(
      id,
    )
  );
}
