import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { post } from '../../src/conversation/wording.ts';
import { Flow } from '../../src/flow/definition.ts';
import type { Effect, Event } from '../../src/flow/event.ts';
import type { Reply } from '../../src/flow/reply.ts';
import { SessionState } from '../../src/flow/session.ts';
import { step } from '../../src/flow/step.ts';
import type { Language } from '../../src/flow/text.ts';
import type { Value } from '../../src/flow/value.ts';

/**
 * Plays a conversation script and gives it back as it really went, to be compared with the script. Lines:
 *
 *     @ flow citizen.yaml              a flow beside the script, or a campaign file of the house and a flow in it
 *     @ at 2026-07-09 09:00            when it begins, in China
 *     > 十五分钟                        said to the bot (in private, or in a room with a mention)
 *     >> 下午开会                       said in a room, to nobody in particular
 *     > [photo a.jpg, b.jpg] 门口       photos, with words; also [file a.pdf] [sticker] [voice] [place 30.7, 120.7 大厅]
 *     > [tap tidy: no]                 a tapped button, also of an older question
 *     ~ 2h                             time passes (m, h, d), and the session is woken when it asked for it
 *     < 2/5 …                          what the bot says; [A] [B] are buttons that chats without buttons don't show
 *     < (nothing)                      heard, and nothing needs saying
 *     - left alone                     not meant for this session: nothing is said, nothing changes
 *     = minutes: 15                    what is stored from now on; (taken back) when it stands no more
 *     = (paused)                       the session's new status
 *     # a comment
 *
 * Between any two steps the session goes to JSON and back. Time comes from the script only.
 */
export function play(script: string, folder: string, language: Language): string {
  const said = script.split('\n').filter((line) => !/^[<=-]/.test(line));
  const actor = newActor(said, folder, language);
  const lines = said.flatMap((line) => [line, ...actor(line)]);
  return `${lines.join('\n').trimEnd()}\n`;
}

const start = /^@ at (\d{4}-\d\d-\d\d) (\d\d:\d\d)$/;
const zone = 'Asia/Shanghai';
const unitsMs = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** One conversation: takes a line of the script, gives the lines that follow from it. */
function newActor(script: string[], folder: string, language: Language): (line: string) => string[] {
  const [, day, time] = script.map((line) => start.exec(line)).find((match) => match !== null) ?? [];
  const flow = flowOf(script, folder);
  let now = Date.parse(`${day}T${time}:00+08:00`);
  let state: SessionState | null = null;

  const move = (event: Event): string[] => {
    const before = state;
    const taken = step(flow, before, event, { zone });
    state = SessionState.parse(JSON.parse(JSON.stringify(taken.state)));
    if (!taken.understood) return event.kind === 'reply' ? ['- left alone'] : [];
    const effects: Effect[] = JSON.parse(JSON.stringify(taken.effects));
    return [...stored(before, state), ...spoken(effects, language)];
  };

  const pass = (ms: number): string[] => {
    const until = now + ms;
    const lines: string[] = [];
    while (state?.wakeAt != null && Date.parse(state.wakeAt) <= until) {
      now = Date.parse(state.wakeAt);
      lines.push(...move({ kind: 'wake', at: new Date(now).toISOString() }));
    }
    now = until;
    return lines;
  };

  return (line) => {
    const at = new Date(now).toISOString();
    if (start.test(line)) return move({ kind: 'begin', at });
    const silence = /^~ (\d+)([mhd])$/.exec(line);
    if (silence !== null) return pass(Number(silence[1]) * unitsMs[silence[2] as keyof typeof unitsMs]);
    const typed = /^(>>?) ?(.*)$/.exec(line);
    if (typed !== null) return move({ kind: 'reply', at, reply: replyOf(typed[2] ?? '', typed[1] === '>') });
    if (line === '' || /^[#@]/.test(line)) return [];
    throw new Error(`not a line of a script: ${line}`);
  };
}

function flowOf(script: string[], folder: string): Flow {
  const [, file = '', id] = /^@ flow (\S+)(?: (\S+))?$/m.exec(script.join('\n')) ?? [];
  const path = file.startsWith('campaigns/') ? join(dirname(folder), '../..', file) : join(folder, file);
  const content = parse(readFileSync(path, 'utf8'));
  return Flow.parse(
    id === undefined ? content : content.flows.find((flow: { id: string }) => flow.id === id),
  );
}

function replyOf(line: string, addressed: boolean): Reply {
  const reply: Reply = { kind: 'text', text: line, attachments: [], addressed };
  const [, what, about = '', words = ''] = /^\[(\w[\w-]*) ?([^\]]*)\] ?(.*)$/.exec(line) ?? [];
  if (what === undefined) return reply;
  reply.text = words;
  const names = about.split(/, */);
  switch (what) {
    case 'tap': {
      const [question = '', options = ''] = about.split(/: */);
      return { ...reply, press: { question, options: options === '' ? [] : options.split(/, */) } };
    }
    case 'photo':
      return { ...reply, kind: 'media', attachments: names.map((name) => attachment(name, 'image/jpeg')) };
    case 'file':
      return {
        ...reply,
        kind: 'binary',
        attachments: names.map((name) => attachment(name, 'application/pdf')),
      };
    case 'place': {
      const [, latitude, longitude, label] = /^(?:([\d.]+), ([\d.]+))? ?(.*)$/.exec(about) ?? [];
      const place = {
        ...(latitude === undefined ? {} : { latitude: Number(latitude), longitude: Number(longitude) }),
        ...(label ? { label } : {}),
      };
      return { ...reply, kind: 'place', place };
    }
    case 'sticker':
    case 'voice':
    case 'forwarded':
    case 'red-packet':
      return { ...reply, kind: what };
  }
  throw new Error(`not a kind of message: ${what}`);
}

function attachment(id: string, mime: string): Reply['attachments'][number] {
  return { id, mime, size: 1, sha256: '0'.repeat(64) };
}

function spoken(effects: Effect[], language: Language): string[] {
  const says = effects.flatMap((effect) => (effect.kind === 'say' ? [effect.say] : []));
  if (says.length === 0) return ['< (nothing)'];
  return says.flatMap((say) => {
    const { text, ask } = post(say, language);
    const labels = ask?.options.map(({ label }) => label) ?? [];
    const numbered = labels.map((label, index) => `${index + 1}. ${label}`);
    const buttons = labels.length === 0 ? [] : [labels.map((label) => `[${label}]`).join(' ')];
    return [...text.split('\n'), ...(ask?.numbered === true ? numbered : buttons)].map((line) => `< ${line}`);
  });
}

/** What stands now and did not before. */
function stored(before: SessionState | null, after: SessionState): string[] {
  const old = before?.values ?? {};
  const ids = new Set([...Object.keys(old), ...Object.keys(after.values)]);
  const changed = [...ids].filter((id) => JSON.stringify(old[id]) !== JSON.stringify(after.values[id]));
  const lines = changed.map((id) => `= ${id}: ${shown(after.values[id])}`);
  return after.status === (before?.status ?? 'live') ? lines : [...lines, `= (${after.status})`];
}

function shown(value: Value | undefined): string {
  if (value === undefined) return '(taken back)';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value))
    return value.map((one) => (typeof one === 'string' ? one : one.id)).join(', ') || '(none)';
  if ('done' in value) return `${value.done}/${value.of} = ${value.percent}%`;
  const { latitude, longitude, label } = value;
  return [latitude === undefined ? [] : [`${latitude}, ${longitude}`], label ?? []].flat().join(' ');
}
