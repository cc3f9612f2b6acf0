import type { Campaign } from '../campaign/definition.ts';
import { dateOf, timeOf } from '../campaign/instant.ts';
import type { CampaignPlan, PlannedActivity, PlannedAssignment, PlannedBatch } from '../campaign/plan.ts';
import { sizeOf } from '../campaign/plan.ts';
import type { Receiver } from '../campaign/routing.ts';
import { faultLine, type LoadFault } from '../conversation/load.ts';
import { post, sentence } from '../conversation/wording.ts';
import type { Param, Params, SentenceKey } from '../flow/say.ts';
import { inLanguage, type Language, type Text } from '../flow/text.ts';

/** A plan to be read by people, some thousand lines at a time. */
export function* planLines(campaign: Campaign, plan: CampaignPlan, language: Language): Generator<string> {
  const say = (key: SentenceKey, params?: Params) => `${sentence(language, key, params)}\n`;
  const { zone, start } = campaign;
  const instant = (at: string): Param => ({ instant: at, zone });
  yield say('files:plan.title', {
    title: campaign.title,
    code: campaign.id,
    start: { date: start },
    at: instant(plan.publishedAt),
  });
  yield say('files:plan.told', { at: instant(plan.toldAt) });
  const page = { campaign, language, say, name: namesIn(campaign, language) };
  for (const activity of plan.activities) yield* activityLines(page, activity);
  if (plan.digestAt !== null) yield say('files:plan.digest', { at: instant(plan.digestAt) });
  yield say('files:plan.total', {
    ...sizeOf(plan),
    activities: plan.activities.length,
    units: campaign.units.length,
  });
}

interface Page {
  campaign: Campaign;
  language: Language;
  say: (key: SentenceKey, params?: Params) => string;
  name: (unit: string) => string;
}

function* activityLines(page: Page, { id, batches }: PlannedActivity): Generator<string> {
  const activity = page.campaign.activities.find((one) => one.id === id);
  if (activity === undefined) return;
  const { title, mode, checklist, visits } = activity;
  const flow = page.campaign.flows.find((one) => one.id === checklist)?.title ?? checklist;
  for (const batch of batches) {
    const { dueOn, reportOn, workdays, assignments } = batch;
    const due = { date: dueOn };
    const by: Param = { key: `files:plan.mode.${mode}` };
    yield `\n${page.say('files:plan.activity', { title, mode: by, count: assignments.length, due, workdays })}`;
    if (reportOn !== null) yield page.say('files:plan.report', { due: { date: reportOn } });
    yield page.say('files:plan.checklist', { flow, ...visits });
    yield page.say('files:plan.reminders', reminderParams(page.campaign, batch));
    yield* assignmentLines(page, assignments);
  }
}

function reminderParams({ zone, reminders }: Campaign, { reminders: steps }: PlannedBatch): Params {
  const instant = (at: string): Param => ({ instant: at, zone });
  const before = steps.filter(({ kind }) => kind === 'before').map(({ at }) => instant(at));
  const overdue = steps.find(({ kind }) => kind === 'overdue')?.at ?? '';
  return {
    times: before.length > 0 ? { list: before } : { key: 'files:plan.reminders.none' },
    overdue: instant(overdue),
    every: { key: `files:plan.every.${reminders.overdue}` },
  };
}

const linesAtOnce = 1000;

/** Who inspects whom, under the receivers of the reports. */
function* assignmentLines(page: Page, assignments: PlannedAssignment[]): Generator<string> {
  const byReceivers = new Map<Receiver[], PlannedAssignment[]>();
  for (const one of assignments) {
    const same = byReceivers.get(one.receivers) ?? [];
    byReceivers.set(one.receivers, same);
    same.push(one);
  }
  const own = page.say('files:plan.own').trimEnd();
  for (const [receivers, list] of byReceivers) {
    yield page.say('files:plan.routing', {
      receivers: { list: receivers.map((receiver) => receiverParam(page, receiver)) },
      count: list.length,
    });
    for (let from = 0; from < list.length; from += linesAtOnce)
      yield list
        .slice(from, from + linesAtOnce)
        .map(({ assignee, target }) =>
          assignee === target
            ? `  ${page.name(assignee)}${own}\n`
            : `  ${page.name(assignee)} → ${page.name(target)}\n`,
        )
        .join('');
  }
}

function receiverParam({ name }: Page, { unit, contact }: Receiver): Param {
  return contact === null
    ? name(unit)
    : { key: 'files:plan.receiver', params: { unit: name(unit), contact } };
}

function namesIn({ units }: Campaign, language: Language): (unit: string) => string {
  const names = new Map(units.map(({ id, name }): [string, Text] => [id, name]));
  return (unit) => inLanguage(names.get(unit) ?? unit, language);
}

/**
 * A plan for programs: `activities[].batches[].{ dueOn, reportOn, workdays, reminders[{ step, kind, at, local }],
 * assignments[{ assignee, target, receivers }] }`; units by id, their names under `units`.
 */
export function planDocument(campaign: Campaign, plan: CampaignPlan, warnings: LoadFault[]) {
  const { zone } = campaign;
  const used = new Set<string>();
  const activities = plan.activities.map(({ id, batches }) => {
    const { title, mode, checklist, visits } = campaign.activities.find((one) => one.id === id) ?? {};
    return {
      id,
      title,
      mode,
      checklist,
      visits,
      batches: batches.map((batch) => {
        for (const { assignee, target, receivers } of batch.assignments)
          for (const unit of [assignee, target, ...receivers.map((one) => one.unit)]) used.add(unit);
        const reminders = batch.reminders.map((step) => ({ ...step, local: localTime(step.at, zone) }));
        return { ...batch, reminders };
      }),
    };
  });
  const { publishedAt, toldAt, digestAt } = plan;
  return {
    code: campaign.id,
    title: campaign.title,
    start: campaign.start,
    zone,
    publishedAt,
    toldAt,
    digestAt,
    ...sizeOf(plan),
    warnings: warnings.map((fault) => ({
      file: fault.file,
      line: fault.line,
      path: fault.path,
      'zh-CN': post({ lines: [faultLine(fault)] }, 'zh-CN').text,
      en: post({ lines: [faultLine(fault)] }, 'en').text,
    })),
    activities,
    units: Object.fromEntries(campaign.units.flatMap(({ id, name }) => (used.has(id) ? [[id, name]] : []))),
  };
}

function localTime(at: string, zone: string): string {
  return `${dateOf(at, zone)}T${timeOf(at, zone)}`;
}
