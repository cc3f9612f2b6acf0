import { describe, expect, it } from 'vitest';
import { wechatAccount } from '../../../src/channels/wechat/address.ts';
import { createPuppet, PuppetUnavailable } from '../../../src/channels/wechat/puppet.ts';

describe('a puppet that cannot be had is explained in one line', () => {
  it.each<[choice: Parameters<typeof createPuppet>[0], line: string]>([
    [
      { puppet: 'wechaty-puppet-nowhere' },
      'the puppet wechaty-puppet-nowhere is not installed: run npm install --save-exact wechaty-puppet-nowhere',
    ],
    [
      { puppet: '@nobody/wechaty-puppet' },
      'the puppet @nobody/wechaty-puppet is not installed: run npm install --save-exact @nobody/wechaty-puppet',
    ],
    [
      { puppet: 'wechaty-puppet-service' },
      'wechaty-puppet-service needs a token: set WECHATY_PUPPET_SERVICE_TOKEN',
    ],
    [{ puppet: 'brolog' }, 'brolog is no Wechaty puppet: it has no class as its default export'],
    [{ puppet: '../../etc' }, 'WECHATY_PUPPET must be the npm name of a puppet'],
  ])('%j', async (choice, line) => {
    await expect(createPuppet(choice)).rejects.toThrow(new PuppetUnavailable(line));
  });

  it('and another one is made by its name', async () => {
    expect((await createPuppet({ puppet: 'wechaty-puppet-mock' })).name()).toContain('wechaty-puppet-mock');
  });
});

it('an account is named by its settings, and its token cannot be read from the name', () => {
  const named = wechatAccount({ puppet: 'wechaty-puppet-service', token: 'insecure_x' });
  expect(named).toMatch(/^wechat:[0-9a-f]{12}$/);
  expect(wechatAccount({ puppet: 'wechaty-puppet-service', token: 'insecure_y' })).not.toBe(named);
  expect(wechatAccount({ puppet: 'wechaty-puppet-wechat4u' })).not.toBe(named);
});
