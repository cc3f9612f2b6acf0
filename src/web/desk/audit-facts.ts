import { chaseLevels } from '../../campaign/rectification/chase.ts';
import type { JsonValue } from '../../store/audit.ts';
import type { AuditEntry } from '../../store/desk/audit.ts';
import { type Html, html } from '../html.ts';
import { type Names, nameWords, pageName, roleName } from './audit-about.ts';
import type { View } from './view.ts';

/** How the value of a fact is put; null leaves it out. */
type Put = (value: string, view: View, names: Names) => string | null;

const plain: Put = (value) => value;
/** A uuid as what it is called now, a day as a day, and everything else as it is. */
const named: Put = (value, view, names) => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return view.word({ date: value });
  const name = names.get(value);
  if (name !== undefined) return nameWords(view, name);
  return isId(value) ? view.say('audit.gone') : value;
};

const states = [
  ...['none', 'ordered', 'accepted', 'working', 'replied', 'verified', 'closed', 'returned'],
  ...['extension', 'disputed', 'reopened', 'revoked', 'withdrawn', 'merged', 'split'],
];
const stages = ['verifying', 'rectifying', 'replying', 'calling-back', 'appealed', 'closed'];
const files = ['report', 'ledger', 'answers', 'ratings', 'attachment-1', 'attachment-3'];

/** `among`: the words of ours behind `at`; what is not among them stays as it is. */
function ours(among: readonly string[], say: (view: View, word: string) => string): Put {
  return (value, view) => (among.includes(value) ? say(view, value) : value);
}

/** What the log keeps beside an event, in the order in which it is told. What is not here is left to `audit export`. */
const facts = {
  number: plain,
  finding: plain,
  question: (value, view, names) => {
    const name = names.get(`question:${value}`);
    return name === undefined ? value : nameWords(view, name);
  },
  matter: plain,
  matters: plain,
  state: ours(states, (view, state) => view.word({ key: `ledger:state.${state as 'none'}` })),
  stage: ours(stages, (view, stage) => view.word({ key: `cases:stage.${stage as 'closed'}` })),
  level: ours(chaseLevels, (view, level) => view.say(`audit.level.${level as 'head'}`)),
  from: named,
  to: named,
  into: plain,
  unit: named,
  inspectorUnitId: named,
  unitId: named,
  role: (value, view) => roleName(view, value),
  madeBy: named,
  purpose: ours(['inspection', 'hall', 'leaders'], (view, purpose) =>
    view.say(`purpose.${purpose as 'hall'}`),
  ),
  page: (value, view) => pageName(view, value),
  what: ours(files, (view, file) => view.say(`audit.file.${file as 'ledger'}`)),
  attachment: plain,
  place: ours(['private', 'room'], (view, place) => view.say(`audit.place.${place as 'room'}`)),
  flags: ours(['important', 'core', 'complained'], (view, flag) =>
    view.word({ key: `modes:flag.${flag as 'core'}` }),
  ),
  reason: ours(['former-unit', 'interest'], (view, reason) =>
    view.word({ key: `draw:reason.${reason as 'interest'}` }),
  ),
  days: named,
  start: named,
  visit: plain,
  visits: plain,
  version: plain,
  widened: plain,
  narrowed: plain,
  activities: plain,
  assignments: plain,
  units: plain,
  changed: plain,
  people: plain,
  codes: plain,
  granted: plain,
  taken: plain,
  roles: plain,
  sessions: plain,
  tasks: plain,
  count: plain,
  files: plain,
  rows: plain,
  snapshot: plain,
  sha256: plain,
  commitment: plain,
  fingerprint: plain,
  seed: plain,
  voided: plain,
} as const satisfies Record<string, Put>;

const factNames = Object.keys(facts) as (keyof typeof facts)[];

/** What the log keeps of an event beside who, when and what about: each fact with what it is called. */
export function factsHtml(
  view: View,
  { data, about }: Pick<AuditEntry, 'data' | 'about'>,
  names: Names,
): Html | null {
  const given = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {};
  const lines = factNames.flatMap((name) => {
    // A page says by itself what it is.
    if (name === 'page' && about === `page:${String(given.page)}`) return [];
    const value = worded(given[name], facts[name], view, names);
    // Days that were named, or how many.
    const called = name === 'days' && Array.isArray(given.days) ? 'on' : name;
    return value === null ? [] : [view.say('audit.fact', { what: view.say(`audit.fact.${called}`), value })];
  });
  if (given.refused === true) lines.unshift(view.say('audit.refused'));
  if (given.everywhere === true) lines.push(view.say('audit.everywhere'));
  if (given.byDeputy === true) lines.push(view.say('audit.by-deputy'));
  return lines.length === 0
    ? null
    : html`${lines.map((line, index) => html`${index > 0 && html`<br>`}${line}`)}`;
}

function worded(value: JsonValue | undefined, put: Put, view: View, names: Names): string | null {
  if (typeof value === 'string' || typeof value === 'number') return put(String(value), view, names);
  if (!Array.isArray(value) || value.length === 0) return null;
  const parts = value.map((one) => put(String(one), view, names));
  return view.word({ list: parts.filter((part) => part !== null) });
}

/** Every id in the events: what they are called is looked up at once. */
export function idsIn(entries: readonly Pick<AuditEntry, 'data' | 'about'>[]): string[] {
  const said = entries.flatMap(({ data, about }) => [
    about.slice(about.indexOf(':') + 1),
    ...(typeof data === 'object' && data !== null ? Object.values(data) : []),
  ]);
  return said.filter((value): value is string => typeof value === 'string' && isId(value));
}

/** Ids of the questions of checklists that events name. */
export function questionsIn(entries: readonly Pick<AuditEntry, 'data'>[]): string[] {
  return entries.flatMap(({ data }) => {
    const question = typeof data === 'object' && data !== null && !Array.isArray(data) ? data.question : null;
    return typeof question === 'string' ? [question] : [];
  });
}

/** Codes of the units that events are about. */
export function unitCodesIn(entries: readonly Pick<AuditEntry, 'about'>[]): string[] {
  return entries.flatMap(({ about }) => /^(?:unit|satisfaction):(.+)$/su.exec(about)?.[1] ?? []);
}

function isId(value: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}
