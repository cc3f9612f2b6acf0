import path from 'node:path';
import { z } from 'zod';
import { readCoordinators } from './conversation/coordinators.ts';

const blankIsUnset = (value: unknown) => (value === '' ? undefined : value);
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankIsUnset, schema.optional());

/** A rehearsal: `2026-06-22T08:00+08:00 x1440` runs from that moment, a day a minute. */
const Rehearsal = z.string().transform((written, context) => {
  const match = /^(\S+)(?:\s+x([0-9]+(?:\.[0-9]+)?))?$/.exec(written.trim());
  const begin = Date.parse(match?.[1] ?? '');
  const speed = Number(match?.[2] ?? '1');
  if (
    match !== null &&
    Number.isFinite(begin) &&
    /[zZ]|[+-]\d\d:?\d\d$/.test(match[1] ?? '') &&
    speed > 0 &&
    speed <= 100_000
  )
    return { begin: new Date(begin), speed, written: written.trim() };
  context.addIssue({
    code: 'custom',
    message:
      'write it like "2026-06-22T08:00+08:00 x1440": a moment with its offset, then how many times faster',
  });
  return z.NEVER;
});

const Coordinators = z.string().refine((spec) => readCoordinators(spec).wrong.length === 0, {
  message: 'each entry is an address such as slack:U0COORD, wechat:wxid_coord or console:coordinator',
});

/** What `openssl rand -base64 32` prints. */
const Key = z.string().transform((written, context) => {
  const bytes = Buffer.from(written.trim(), 'base64');
  if (bytes.length >= 32) return new Uint8Array(bytes);
  context.addIssue({
    code: 'custom',
    message: 'at least 32 bytes in base64, as `openssl rand -base64 32` prints them',
  });
  return z.NEVER;
});

const Environment = z.object({
  PORT: z.preprocess(blankIsUnset, z.coerce.number().int().min(0).max(65_535).default(8080)),
  HOST: optional(z.string()),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  DATA_DIR: z.preprocess(blankIsUnset, z.string().default('data')),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  LOG_LEVEL: z.preprocess(
    blankIsUnset,
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  ),
  CONSOLE: optional(z.enum(['on', 'off'])),
  SLACK_BOT_TOKEN: optional(z.string().regex(/^xoxb-/, 'a bot token starts with xoxb-')),
  SLACK_SIGNING_SECRET: optional(z.string().min(8)),
  SLACK_APP_TOKEN: optional(z.string().regex(/^xapp-/, 'an app-level token starts with xapp-')),
  SLACK_API_URL: optional(z.url({ protocol: /^https?$/ })),
  WECHATY_PUPPET: optional(
    z
      .string()
      .regex(/^(@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*$/, 'the npm name of an installed puppet'),
  ),
  WECHATY_PUPPET_SERVICE_TOKEN: optional(z.string()),
  WECHATY_PUPPET_SERVICE_ENDPOINT: optional(z.string()),
  DUBAN_KEY: optional(Key),
  PROXIES: z.preprocess(blankIsUnset, z.coerce.number().int().min(0).max(10).default(0)),
  DUBAN_COORDINATORS: z.preprocess(blankIsUnset, Coordinators.default('')),
  DUBAN_CLOCK: optional(Rehearsal),
});

/** Every variable there is; the READMEs' tables list the same. */
export const environmentNames = Object.keys(Environment.shape);

export interface Config {
  port: number;
  host: string;
  publicUrl: string | null;
  dataDir: string;
  databaseUrl: string | null;
  /** How many proxies of ours stand before the service and say in X-Forwarded-For who asks. */
  proxies: number;
  /** Null: the one kept in DATA_DIR. */
  key: Uint8Array | null;
  logLevel: string;
  console: boolean;
  slack: {
    botToken: string;
    signingSecret: string | null;
    appToken: string | null;
    apiUrl: string | null;
  } | null;
  wechat: { puppet: string; token: string | null; endpoint: string | null } | null;
  /** As written, checked: see readCoordinators. */
  coordinators: string;
  rehearsal: { begin: Date; speed: number; written: string } | null;
}

/** One thing wrong with the environment: the variable and what to do. Values are not repeated: they may be secrets. */
export interface ConfigFault {
  name: string;
  message: string;
}

const puppetService = 'wechaty-puppet-service';
const loopback = ['127.0.0.1', '::1', 'localhost'];

/** Reads the environment; every fault at once. The only reader of `process.env` in the program. */
export function readConfig(
  environment: Record<string, string | undefined> = process.env,
): { config: Config } | { faults: ConfigFault[] } {
  const parsed = Environment.safeParse(environment);
  const choices = choicesOf(environment);
  const alone = (parsed.error?.issues ?? []).map(({ path: [name], message }) => ({
    name: String(name),
    message,
  }));
  const faults = [...alone, ...together(choices)];
  if (!parsed.success || faults.length > 0) return { faults };
  const env = parsed.data;
  const { wechatOn, consoleOn, host } = choices;
  return {
    config: {
      port: env.PORT,
      host,
      publicUrl: env.PUBLIC_URL?.replace(/\/$/, '') ?? null,
      dataDir: path.resolve(env.DATA_DIR),
      databaseUrl: env.DATABASE_URL ?? null,
      proxies: env.PROXIES,
      key: env.DUBAN_KEY ?? null,
      logLevel: env.LOG_LEVEL,
      console: consoleOn,
      slack:
        env.SLACK_BOT_TOKEN === undefined
          ? null
          : {
              botToken: env.SLACK_BOT_TOKEN,
              signingSecret: env.SLACK_SIGNING_SECRET ?? null,
              appToken: env.SLACK_APP_TOKEN ?? null,
              apiUrl: env.SLACK_API_URL ?? null,
            },
      wechat: wechatOn
        ? {
            puppet: env.WECHATY_PUPPET ?? puppetService,
            token: env.WECHATY_PUPPET_SERVICE_TOKEN ?? null,
            endpoint: env.WECHATY_PUPPET_SERVICE_ENDPOINT ?? null,
          }
        : null,
      coordinators: env.DUBAN_COORDINATORS,
      rehearsal: env.DUBAN_CLOCK ?? null,
    },
  };
}

type Choices = ReturnType<typeof choicesOf>;

/** What is switched on, by what is set at all: faults in one variable must not hide those between others. */
function choicesOf(environment: Record<string, string | undefined>) {
  const isSet = (name: keyof z.infer<typeof Environment>) => blankIsUnset(environment[name]) !== undefined;
  const slackOn = isSet('SLACK_BOT_TOKEN');
  const wechatOn = isSet('WECHATY_PUPPET') || isSet('WECHATY_PUPPET_SERVICE_TOKEN');
  const consoleOn = isSet('CONSOLE') ? environment.CONSOLE === 'on' : !slackOn && !wechatOn;
  const host = isSet('HOST') ? (environment.HOST ?? '') : consoleOn ? '127.0.0.1' : '0.0.0.0';
  return { environment, isSet, slackOn, wechatOn, consoleOn, host };
}

/** Faults that show only when the variables are read together. */
function together({ environment, isSet, slackOn, wechatOn, consoleOn, host }: Choices): ConfigFault[] {
  const faults: ConfigFault[] = [];
  if (slackOn && !isSet('SLACK_SIGNING_SECRET') && !isSet('SLACK_APP_TOKEN'))
    faults.push({
      name: 'SLACK_SIGNING_SECRET',
      message: 'needed beside SLACK_BOT_TOKEN (or SLACK_APP_TOKEN for Socket Mode)',
    });
  if (!slackOn && (isSet('SLACK_SIGNING_SECRET') || isSet('SLACK_APP_TOKEN')))
    faults.push({ name: 'SLACK_BOT_TOKEN', message: 'needed beside the other SLACK_ variables' });
  if (isSet('DATABASE_URL') && !isSet('DUBAN_KEY'))
    faults.push({
      name: 'DUBAN_KEY',
      message:
        'needed beside DATABASE_URL, the same for every process and kept apart from the database: `openssl rand -base64 32`',
    });
  if (consoleOn && !loopback.includes(host))
    faults.push({
      name: 'HOST',
      message:
        'the console page lets anyone speak as anyone, so it is served on loopback only: set HOST=127.0.0.1 or CONSOLE=off',
    });
  const isService = !isSet('WECHATY_PUPPET') || environment.WECHATY_PUPPET === puppetService;
  const serviceOn = isSet('WECHATY_PUPPET') || isSet('WECHATY_PUPPET_SERVICE_ENDPOINT');
  if (isService && serviceOn && !isSet('WECHATY_PUPPET_SERVICE_TOKEN'))
    faults.push({
      name: 'WECHATY_PUPPET_SERVICE_TOKEN',
      message: 'needed for the puppet service; docs/wechat.md says where it comes from',
    });
  if (!slackOn && !wechatOn && environment.CONSOLE === 'off')
    faults.push({
      name: 'CONSOLE',
      message:
        'nobody could talk to it: set the SLACK_ or WECHATY_ variables (docs/slack.md, docs/wechat.md) or CONSOLE=on',
    });
  return faults;
}
