import type { Role } from './campaign/definition.ts';

/**
 * The parts people play, as the tables below know them. `coordinator`: of the whole campaign; `activity`: a coordinator whose
 * unit coordinates some modes of it and not the others (JX-5.1); `leader`: the head of a unit; `leading-group`: leaders who read everything but
 * secrets; `auditor`: reads everything, also who saw what; `operator`: the system's health, no content.
 */
export const parts = [
  'coordinator',
  'activity',
  'inspector',
  'liaison',
  'leader',
  'leading-group',
  'auditor',
  'operator',
] as const;
export type Part = (typeof parts)[number];

/**
 * A role as it is kept of a person. `leads`: its unit is the leading group of the campaign; `partly`: its unit coordinates some
 * activities of the campaign and not the others. Both are noted by conversation/parts.ts.
 */
export interface HeldRole {
  role: Role;
  campaignId: string | null;
  unitId: string | null;
  leads?: boolean;
  partly?: boolean;
}

const coordinators = ['coordinator', 'activity'] as const;
const owners = ['liaison', 'leader'] as const;
const inspectors = ['inspector', 'leader'] as const;
const readers = ['leading-group', 'auditor'] as const;
const campaign = [...coordinators, 'inspector', ...owners, ...readers] as const;
const everybody = [...campaign, 'operator'] as const;

/** Who may give which command; everybody else is refused with a sentence, and that is kept in the audit log. */
const commands = {
  ack: ['inspector'],
  checkin: inspectors,
  claim: inspectors,
  matters: inspectors,
  walk: inspectors,
  entrust: inspectors,
  'take-back': inspectors,
  schedule: inspectors,
  finding: ['inspector'],
  interview: ['inspector'],
  times: ['inspector'],
  report: inspectors,
  'report-file': [...coordinators, ...inspectors, ...readers],
  withdraw: ['inspector'],

  accept: owners,
  reply: owners,
  extend: [...coordinators, ...owners],
  object: owners,
  noted: [...coordinators, ...owners, 'leading-group'],
  'pass-on': [...coordinators, ...owners, 'leading-group'],

  tasks: campaign,
  status: [...coordinators, 'inspector', 'leader', ...readers],
  indicators: [...coordinators, 'inspector', 'leader', ...readers],
  why: [...coordinators, 'inspector', 'leader', ...readers],
  results: [...coordinators, ...owners, ...readers],
  picture: [...coordinators, ...owners, ...readers],
  findings: [...coordinators, 'inspector', 'liaison', ...readers],
  ledger: [...coordinators, ...owners, ...readers],
  show: campaign,
  case: [...coordinators, ...owners, ...readers],
  'case-figures': [...coordinators, ...owners, ...readers],

  rectify: coordinators,
  'change-day': coordinators,
  verify: coordinators,
  return: coordinators,
  close: coordinators,
  reopen: coordinators,
  grant: coordinators,
  refuse: coordinators,
  // The leading group decides on objections that the coordinators' own work gave rise to (政府督查工作条例 art. 17).
  uphold: [...coordinators, 'leader', 'leading-group'],
  dismiss: [...coordinators, 'leader', 'leading-group'],
  merge: coordinators,
  split: coordinators,
  grade: coordinators,
  'check-ledger': coordinators,

  overdue: [...coordinators, 'inspector', 'leader', ...readers],
  who: [...coordinators, ...readers],
  digest: [...coordinators, ...readers],
  audit: ['auditor'],

  remind: coordinators,
  'extend-task': coordinators,
  assign: coordinators,
  reassign: coordinators,
  undo: coordinators,
  draw: coordinators,
  send: coordinators,
  recall: coordinators,
  recuse: ['inspector', ...coordinators],
  'return-report': coordinators,
  release: coordinators,
  roster: coordinators,
  import: ['coordinator'],
  room: coordinators,
  'survey-codes': coordinators,
  publish: coordinators,
  // What is about the campaign as a whole is not for those who coordinate one mode of it.
  pause: ['coordinator'],
  resume: ['coordinator'],
  end: ['coordinator'],

  export: [...coordinators, ...owners, ...readers],

  queue: [...coordinators, 'operator'],
  dashboard: everybody,
  logout: everybody,
  invite: everybody,
  campaign,

  survey: 'anyone',
  receipt: 'anyone',
  'call-me': 'anyone',
  'no-call': 'anyone',
  'rate-fix': 'anyone',
  'erase-rating': 'anyone',
  bind: 'anyone',
  language: 'anyone',
  help: 'anyone',
} as const satisfies Record<string, readonly Part[] | 'anyone'>;

export type CommandName = keyof typeof commands;

const reads: readonly CommandName[] = [
  ...(['tasks', 'status', 'indicators', 'why', 'results', 'picture', 'findings', 'ledger', 'show'] as const),
  ...(['case', 'case-figures', 'overdue', 'who', 'digest', 'queue', 'help'] as const),
];

/** Commands that show and do nothing, as the audit log calls them. Of those given in private auditors alone read there. */
export const onlyReads: ReadonlySet<string> = new Set(reads.map((name) => `command:${name}`));

/** Who may give a command, in the order of the table; `anyone` also without a part. */
export function allowedTo(name: CommandName): readonly Part[] | 'anyone' {
  return commands[name];
}

/** How far a part reaches on a page: all of the campaign, or what concerns the person's own units. */
export type Reach = 'campaign' | 'own';

const whole = {
  coordinator: 'campaign',
  activity: 'campaign',
  'leading-group': 'campaign',
  auditor: 'campaign',
} as const;
const ownUnits = { leader: 'own', inspector: 'own', liaison: 'own' } as const;

/** Who may open which page of the dashboard, and how far they see there. */
const pages = {
  home: { ...everybodyOwn() },
  mine: { 'leading-group': 'own', ...ownUnits },
  overview: whole,
  board: whole,
  unit: { ...whole, ...ownUnits },
  activity: whole,
  findings: { ...whole, ...ownUnits },
  finding: { ...whole, ...ownUnits },
  satisfaction: { ...whole, leader: 'own', liaison: 'own' },
  people: { coordinator: 'campaign', activity: 'campaign', auditor: 'campaign' },
  queue: { coordinator: 'campaign', activity: 'campaign', auditor: 'campaign', operator: 'campaign' },
  audit: { coordinator: 'campaign', activity: 'campaign', auditor: 'campaign' },
  settings: whole,
} as const satisfies Record<string, Partial<Record<Part, Reach>>>;

export type PageName = keyof typeof pages;
export const pageNames = Object.keys(pages) as PageName[];

/** How far this part sees on that page; null when it may not open it. */
export function reachOn(page: PageName, part: Part): Reach | null {
  const cells: Partial<Record<Part, Reach>> = pages[page];
  return cells[part] ?? null;
}

function everybodyOwn(): Record<Part, Reach> {
  return Object.fromEntries(parts.map((part) => [part, 'own'])) as Record<Part, Reach>;
}

/**
 * The parts that a role is played in, in a campaign (null: in none). The head of the leading group's unit is both a head and
 * of the leading group; a leader without a unit only the latter.
 */
export function partsOf(held: HeldRole, campaignId: string | null): Part[] {
  if (held.campaignId !== null && held.campaignId !== campaignId) return [];
  switch (held.role) {
    case 'coordinator':
      return [held.partly === true ? 'activity' : 'coordinator'];
    case 'leader':
      if (held.unitId === null) return ['leading-group'];
      return held.leads === true ? ['leader', 'leading-group'] : ['leader'];
    case 'inspector':
    case 'liaison':
    case 'auditor':
    case 'operator':
      return [held.role];
    case 'citizen':
      return [];
  }
}

/**
 * Whether somebody may give a command about a campaign. With none in question (null: theirs has ended, or there is none) every part
 * that they have counts: the command itself says that there is nothing to do it about.
 */
export function mayGive(name: CommandName, roles: readonly HeldRole[], campaignId: string | null): boolean {
  const allowed = allowedTo(name);
  if (allowed === 'anyone') return true;
  return roles.some((held) =>
    partsOf(held, campaignId ?? held.campaignId).some((part) => allowed.includes(part)),
  );
}

/** Whether somebody sees a whole campaign and not only what concerns their own units. */
export function readsCampaign(roles: readonly HeldRole[], campaignId: string | null): boolean {
  return roles.some((held) => partsOf(held, campaignId).some((part) => part in whole));
}
