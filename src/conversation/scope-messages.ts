import type { Campaign } from '../campaign/definition.ts';
import { quietOf } from '../campaign/instant.ts';
import type { ScopeChange } from '../campaign/scope.ts';
import { channelOf } from '../channels/address.ts';
import type { Line } from '../flow/say.ts';
import { inspectionRooms, type ToldTask, tasksOf } from '../store/publication.ts';
import { coordinatorsOf, inspectorsOf, type Reachable } from '../store/reach.ts';
import type { GivenTask } from '../store/versions.ts';
import { type OutboxRow, priority, type Run } from '../store/writes.ts';
import { type Times, taskRow } from './announcement.ts';
import { does } from './mode-words.ts';

export interface ChangedTasks {
  withdrawn: GivenTask[];
  /** As they stood, with their new due day. */
  moved: { task: GivenTask; dueOn: string }[];
  /** All that there are now. */
  present: GivenTask[];
  /** Ids of those that are new. */
  added: ReadonlySet<string>;
}

/** A new version of a campaign, as it is told. */
export interface NewScope {
  campaignId: string;
  campaign: Campaign;
  version: number;
  reason: string | null;
  changes: ScopeChange[];
  tasks: ChangedTasks;
}

/** Lines of changes in one message. */
const linesMax = 10;

/**
 * Who is told of a new version, and what: inspectors of their own tasks and of what their activities want now, each new
 * task with its own message; coordinators and inspection rooms of everything that is not secret. The inspected are told no
 * more than at the publication.
 */
export async function scopeMessages(
  run: Run,
  scope: NewScope,
  times: Times,
  at: string,
): Promise<{ outbox: OutboxRow[]; people: number; rooms: number }> {
  const post = { times, at, scope };
  const rooms = await inspectionRooms(run, scope.campaignId);
  const coordinators = await coordinatorsOf(run, scope.campaignId);
  const open = openLines(scope);
  const outbox = [
    ...rooms.map((urn) =>
      row(post, `room:${urn}`, { address: urn }, [...open, { key: 'files:scope.told.tasks' }]),
    ),
    ...coordinators.map((person) => row(post, person.contactId, person, open)),
    ...(await inspectorRows(run, post)),
  ];
  const told = outbox.filter(({ secret }) => secret === undefined);
  const people = new Set(told.flatMap(({ contactId }) => (contactId === undefined ? [] : [contactId])));
  return { outbox, people: people.size, rooms: rooms.length };
}

interface Posting {
  scope: NewScope;
  times: Times;
  at: string;
}

function heading({ campaign, version, reason }: NewScope): Line[] {
  const lines: Line[] = [{ key: 'files:scope.told.title', params: { campaign: campaign.title, version } }];
  if (reason !== null) lines.push({ key: 'files:scope.told.reason', params: { reason } });
  return lines;
}

/** What everybody may know. */
function openLines(scope: NewScope): Line[] {
  const open = scope.changes.filter(({ isSecret, kind }) => !isSecret && kind !== 'neutral');
  return [...heading(scope), ...atMost(open.map(changeLine))];
}

function changeLine({ sentence }: ScopeChange): Line {
  return { key: 'files:scope.told.changed', params: { change: sentence } };
}

function atMost(lines: Line[]): Line[] {
  if (lines.length <= linesMax) return lines;
  const count = lines.length - linesMax;
  return [...lines.slice(0, linesMax), { key: 'files:scope.told.more', params: { count } }];
}

/** Changes of who does it for whom by when: these are told task by task. */
const ofTasks = /^files:scope\.(targets|deadline|report|assignees|activity|units|start)/;

async function inspectorRows(run: Run, post: Posting): Promise<OutboxRow[]> {
  const { scope, times, at } = post;
  const { present, added } = scope.tasks;
  const lines = linesByUnit(scope);
  const fresh = new Map(present.flatMap((task) => (added.has(task.id) ? [[task.number, task]] : [])));
  const newcomers = new Set([...fresh.values()].map(({ assigneeId }) => assigneeId));
  const inspectors = await inspectorsOf(run, [...new Set([...lines.keys(), ...newcomers])]);
  const rows = [...lines].flatMap(([unit, bySecret]) =>
    [...bySecret].flatMap(([secret, own]) =>
      (inspectors.get(unit) ?? []).map((person) => {
        const key = `${person.contactId}:${unit}:${secret ?? ''}`;
        return row(post, key, person, [...heading(scope), ...atMost(own)], secret);
      }),
    ),
  );
  const told = await tasksOf(run, scope.campaignId, [...newcomers]);
  const news = told
    .filter(({ number }) => fresh.has(number))
    .flatMap((task: ToldTask) =>
      (inspectors.get(task.assigneeId) ?? []).map((person) => taskRow(task, person, times, at)),
    );
  return [...rows, ...news];
}

/** What each unit that inspects is told, by unit and by the hidden activity that it is about (null: none). */
function linesByUnit({ changes, tasks }: NewScope): Map<string, Map<string | null, Line[]>> {
  const units = new Map<string, Map<string | null, Line[]>>();
  const add = ({ assigneeId, hidden, activityId }: GivenTask, line: Line) => {
    const own = units.get(assigneeId) ?? new Map<string | null, Line[]>();
    units.set(assigneeId, own);
    const secret = hidden ? activityId : null;
    own.set(secret, [...(own.get(secret) ?? []), line]);
  };
  const wanted = changes.filter(({ kind, sentence }) => kind !== 'neutral' && !ofTasks.test(sentence.key));
  for (const change of wanted) {
    const concerned = tasks.present.filter(
      ({ activity, reported, id }) => activity === change.activity && !reported && !tasks.added.has(id),
    );
    for (const task of onceAUnit(concerned)) add(task, changeLine(change));
  }
  for (const { task, dueOn } of tasks.moved)
    add(task, { key: 'files:scope.told.moved', params: { ...namesOf(task), due: { date: dueOn } } });
  for (const task of tasks.withdrawn) add(task, { key: 'files:scope.told.withdrawn', params: namesOf(task) });
  return units;
}

function onceAUnit(tasks: GivenTask[]): GivenTask[] {
  return [...new Map(tasks.map((task) => [task.assigneeId, task])).values()];
}

function namesOf({ assignee, mode, target, activityTitle }: GivenTask) {
  return { assignee, does: does(mode, target), activity: activityTitle };
}

function row(
  { scope, times, at }: Posting,
  to: string,
  { address, contactId }: Partial<Reachable> & { address: string },
  lines: Line[],
  secret: string | null = null,
): OutboxRow {
  return {
    key: `scope:${scope.campaignId}:${scope.version}:${to}`,
    channel: channelOf(address),
    address,
    ...(contactId === undefined ? {} : { contactId }),
    priority: priority.broadcast,
    say: { lines },
    at,
    dueAt: times.tellAt,
    ...quietOf(times.tellAt, times.rules.quiet, times.rules.zone),
    ...(secret === null ? {} : { secret }),
  };
}
