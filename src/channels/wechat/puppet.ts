import type * as PUPPET from 'wechaty-puppet';

export type Puppet = PUPPET.impls.PuppetInterface;
export type Message = PUPPET.payloads.Message;
export type Location = PUPPET.payloads.Location;

/** What a puppet is made from. `insecure` is for a puppet service without TLS; unset, the library's own variable decides. */
export interface PuppetChoice {
  /** The npm name of the puppet, as in `WECHATY_PUPPET`. */
  puppet: string;
  token?: string;
  /** `host:port` of a puppet service. */
  endpoint?: string;
  insecure?: boolean;
}

/** The puppet cannot be had; the message is one line for the operator. */
export class PuppetUnavailable extends Error {
  override name = 'PuppetUnavailable';
}

type PuppetClass = new (options: PUPPET.PuppetOptions) => Puppet;

const service = 'wechaty-puppet-service';

/**
 * A fresh puppet, not started. It is always named: left to itself the library would log in to web WeChat.
 * @throws PuppetUnavailable
 */
export async function createPuppet(choice: PuppetChoice): Promise<Puppet> {
  if (choice.puppet === service && !choice.token)
    throw new PuppetUnavailable(`${service} needs a token: set WECHATY_PUPPET_SERVICE_TOKEN`);
  const Puppet = await loadPuppet(choice.puppet);
  const { token, endpoint, insecure } = choice;
  try {
    return new Puppet({
      ...(token === undefined ? {} : { token }),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(insecure === undefined ? {} : { tls: { disable: insecure } }),
    } as PUPPET.PuppetOptions);
  } catch (fault) {
    throw new PuppetUnavailable(`${choice.puppet} did not accept its settings: ${firstLine(fault)}`);
  }
}

async function loadPuppet(name: string): Promise<PuppetClass> {
  if (!/^(@[\w.-]+\/)?[\w.-]+$/.test(name))
    throw new PuppetUnavailable('WECHATY_PUPPET must be the npm name of a puppet');
  let module: unknown;
  try {
    module = name === service ? await import('./service-puppet.ts') : await import(/* @vite-ignore */ name);
  } catch (fault) {
    if (isMissing(fault, name))
      throw new PuppetUnavailable(
        `the puppet ${name} is not installed: run npm install --save-exact ${name}`,
      );
    throw new PuppetUnavailable(`the puppet ${name} could not be loaded: ${firstLine(fault)}`);
  }
  const found = defaultOf(module);
  if (found === undefined)
    throw new PuppetUnavailable(`${name} is no Wechaty puppet: it has no class as its default export`);
  return found;
}

/** CommonJS puppets come wrapped once or twice. */
function defaultOf(module: unknown): PuppetClass | undefined {
  let found: unknown = module;
  for (let depth = 0; depth < 3; depth += 1) {
    if (typeof found === 'function') return found as PuppetClass;
    found = (found as { default?: unknown } | undefined)?.default;
  }
  return typeof found === 'function' ? (found as PuppetClass) : undefined;
}

/** The package itself is missing, not something that it needs. */
function isMissing(fault: unknown, name: string): boolean {
  const message = fault instanceof Error ? fault.message : '';
  const missing = /cannot find (package|module)|failed to (load url|resolve)/i.test(message);
  return missing && new RegExp(`['"\\s]${name.replace(/[.\\/]/g, '\\$&')}['"\\s]`).test(message);
}

function firstLine(fault: unknown): string {
  return String(fault instanceof Error ? fault.message : fault).split('\n')[0] ?? '';
}
