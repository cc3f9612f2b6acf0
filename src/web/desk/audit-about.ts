import { commands } from '../../commands/registry.ts';
import { parts } from '../../roles.ts';
import type { AuditEntry } from '../../store/desk/audit.ts';
import type { AuditName } from '../../store/desk/audit-names.ts';
import { html, type Part } from '../html.ts';
import type { PageName } from './access.ts';
import type { InCampaign } from './exchange.ts';
import { findingHref } from './pieces.ts';
import type { View, WebKey } from './view.ts';

/** What the ids of a page of the log are called; see {@link auditNames}. */
export type Names = ReadonlyMap<string, AuditName>;

const pageWords = {
  home: 'home',
  mine: 'mine',
  overview: 'overview',
  board: 'board',
  unit: 'unit',
  activity: 'activity',
  findings: 'findings',
  finding: 'problem',
  satisfaction: 'satisfaction',
  people: 'people',
  queue: 'queue',
  audit: 'audit',
  settings: 'settings',
} as const satisfies Record<PageName, WebKey>;

/** What an event happened to, in words: `finding:12` is problem 12, with a link. What has no words stays as it is written. */
export function aboutHtml(exchange: InCampaign, { about }: Pick<AuditEntry, 'about'>, names: Names): Part {
  const [thing = '', ...more] = about.split(':');
  const id = more.join(':');
  const words = aboutWords(exchange, { about }, names);
  return thing === 'finding' && /^\d+$/.test(id)
    ? html`<a href="${findingHref(exchange, Number(id))}">${words}</a>`
    : words;
}

/** The same without a link. */
export function aboutWords(
  { view, campaign }: Pick<InCampaign, 'view' | 'campaign'>,
  { about }: Pick<AuditEntry, 'about'>,
  names: Names,
): string {
  const [thing, ...more] = about.split(':');
  const id = more.join(':');
  const name = names.get(id);
  const named = name === undefined ? view.say('audit.gone') : nameWords(view, name);
  switch (thing) {
    case 'assignment':
    case 'contact':
      return named;
    case 'activity':
      return name === undefined ? named : view.say('audit.about.activity', { title: named });
    case 'finding':
      return view.say('audit.about.problem', { number: id });
    case 'case':
      return view.say('audit.about.case', { number: id });
    case 'campaign':
      return id === campaign.id || id === campaign.code ? view.say('audit.about.campaign') : id;
    case 'draw':
      return view.say('audit.about.draw', { code: id });
    case 'page':
      return view.say('audit.about.page', { page: pageName(view, id) });
    case 'unit':
      return view.say('audit.about.unit', { unit: unitName(view, id, names) });
    case 'satisfaction':
      return view.say('audit.about.rated', { unit: unitName(view, id, names) });
    case 'command':
      return view.say('audit.about.command', { command: commandName(view, id) });
    case 'invite':
    case 'role':
      return view.say('audit.about.role', { role: roleName(view, id) });
    case 'message':
      return id === 'all' ? view.say('audit.about.messages') : view.say('audit.about.message', { name: id });
    case 'audit':
      return view.say('audit.about.log');
    default:
      return about;
  }
}

function unitName(view: View, code: string, names: Names): string {
  const name = names.get(`unit:${code}`);
  return name === undefined ? code : nameWords(view, name);
}

/** A person by title, else by role; a task by number, activity and unit. */
export function nameWords(view: View, name: AuditName): string {
  switch (name.kind) {
    case 'unit':
    case 'activity':
    case 'campaign':
    case 'question':
      return view.author(name.name);
    case 'person':
      if (name.name !== null) return view.author(name.name);
      return name.role === null ? view.say('somebody') : roleName(view, name.role);
    case 'task': {
      const { number, activity, name: unit } = name;
      return view.say('audit.about.task.of', { number, activity, unit });
    }
  }
}

export function pageName(view: View, page: string): string {
  return page in pageWords ? view.say(pageWords[page as keyof typeof pageWords]) : page;
}

/** What is typed for it in the reader's language. */
function commandName(view: View, name: string): string {
  return commands.find((one) => one.name === name)?.words[view.language][0] ?? name;
}

export function roleName(view: View, role: string): string {
  const known = parts.find((one) => one === role);
  return known === undefined ? role : view.word({ key: `commands:role.${known}` });
}
