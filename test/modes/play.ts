import { expect } from 'vitest';
import type { Language } from '../../src/flow/text.ts';
import { wakeUp } from '../../src/jobs/wake-ups.ts';
import { withWindows } from '../commands/draw-campaign.ts';
import { photo } from '../commands/visit.ts';
import { campaignText } from '../conversation/campaign-stage.ts';
import { type Heard, type How, stage, type Talk } from '../conversation/stage.ts';
import { restartChance } from './chance.ts';

const spoken = /^(?<who>[a-z0-9-]+)(?:@(?<room>[a-z]+))?(?<photo>\+photo)?>(?: (?<text>.*))?$/u;
const tapped = /^(?<who>[a-z0-9-]+) taps (?<option>.+)$/u;

/**
 * Plays a conversation as written in a script and gives it back with what was said to whom. Lines of a script:
 *
 * - `@ campaign <file>`, or `@ windows 15` for the sample with a register of windows, `@ at <YYYY-MM-DD HH:mm>` (China time; what has come due meanwhile goes out first), `# …`
 * - `<persona>> words` in private, `<persona>@<room>> words` in a room, spoken to the bot, `+photo` with a photo
 * - `<persona> taps <option's label>` of the last message to them that had options
 * - `<code>` in what is said: the invite code that was told last, which is written as `<code>` too
 *
 * Everything else in it is what was said before, and is written anew.
 */
export async function play(script: string, language: Language): Promise<string> {
  const lines = script.split('\n').filter((line) => isInput(line));
  const setting = (name: string) =>
    lines.find((line) => line.startsWith(`@ ${name} `))?.slice(name.length + 3);
  const talk = await stage({
    language,
    now: instant(setting('at') ?? '2026-06-22 10:00'),
    campaign: {
      text: await (setting('windows') === undefined
        ? campaignText(setting('campaign') ?? '')
        : withWindows()),
      published: setting('draft') === undefined,
    },
  });
  await talk.query(`UPDATE contact SET language = $1 WHERE language IS NOT NULL`, [language]);
  await restartChance(talk);
  const asked = new Map<string, Heard>();
  const told: string[] = [];
  let code = '';
  for (const line of lines) {
    told.push(line);
    for (const heard of await perform(talk, line.replace('<code>', code), asked)) {
      if (heard.say.ask !== undefined) asked.set(heard.to, heard);
      code = codeTold.exec(heard.text)?.[1] ?? code;
      const spoken = transcript(heard);
      told.push(...(code === '' ? spoken : spoken.map((one) => one.replaceAll(code, '<code>'))));
    }
  }
  return `${told.join('\n')}\n`;
}

const codeTold = /(?:邀请码：|code: )([A-Z0-9]{6})\b/iu;

const isInput = (line: string) => /^(?:#|@ )/.test(line) || spoken.test(line) || tapped.test(line);

async function perform(talk: Talk, line: string, asked: Map<string, Heard>): Promise<Heard[]> {
  if (line.startsWith('@ at ')) return until(talk, instant(line.slice(5)));
  const tap = tapped.exec(line)?.groups;
  if (tap !== undefined) {
    const who = `console:${tap.who}`;
    return talk.taps(who, asked.get(who), tap.option ?? '');
  }
  const said = spoken.exec(line)?.groups;
  if (said === undefined) return [];
  const how: How = {};
  if (said.room !== undefined) Object.assign(how, { room: `console:room/${said.room}`, addressed: true });
  if (said.photo !== undefined) how.files = [photo];
  return inOrder(await talk.says(`console:${said.who}`, said.text ?? '', how));
}

/** What several people are told alike has no order of its own: by their names. */
function inOrder(heard: Heard[]): Heard[] {
  const firsts = heard.map(({ text }) => heard.findIndex((other) => other.text === text));
  return heard
    .map((one, place) => ({ one, first: firsts[place] ?? place }))
    .sort((a, b) => a.first - b.first || (a.one.to < b.one.to ? -1 : 1))
    .map(({ one }) => one);
}

async function until(talk: Talk, to: string): Promise<Heard[]> {
  if (Date.parse(to) < talk.clock.now().getTime()) expect.fail(`the script goes back to ${to}`);
  talk.clock.set(to);
  return talk.during(async () => {
    while ((await wakeUp(talk.options)) > 0);
  });
}

function instant(local: string): string {
  return `${local.replace(' ', 'T')}:00+08:00`;
}

/** `persona< words`, further lines indented; options behind, in brackets; photos and files counted. */
function transcript({ to, text, options, only, say }: Heard): string[] {
  if (text === '') return [];
  const who = `${to.replace('console:', '')}${only === null ? '' : ` (only ${only.replace('console:', '')})`}`;
  const [first = '', ...rest] = text.split('\n');
  const files = say.attachments?.length ?? 0;
  return [
    `${who}< ${first}`,
    ...rest.map((line) => `  ${line}`),
    ...(options.length === 0 ? [] : [`  [${options.join('] [')}]`]),
    ...(files === 0 ? [] : [`  (${files} files)`]),
  ];
}
