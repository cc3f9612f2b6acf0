import { randomUUID } from 'node:crypto';
import { canonical } from '../campaign/canonical.ts';
import { type ScopeChange, scopeChanges } from '../campaign/scope.ts';
import { validDays } from '../commands/invitation.ts';
import type { Text } from '../flow/text.ts';
import { filedOf } from '../roster/beside-file.ts';
import { inOrder, planRoster, type RosterPlan } from '../roster/plan.ts';
import type { Answers } from '../roster/question.ts';
import type { Entry } from '../roster/read-table.ts';
import type { RosterFault } from '../roster/table.ts';
import type { AuditEvent } from '../store/audit.ts';
import { keepFiled, storeDraft } from '../store/campaigns.ts';
import {
  addRosterCodes,
  addRosterPeople,
  lockAddresses,
  type RosterCampaign,
  type RosterCode,
  type RosterPerson,
  rememberAnswers,
  rememberedAnswers,
  rosterCampaign,
  standingOf,
  unitIds,
} from '../store/rosters.ts';
import type { Run } from '../store/writes.ts';
import { readCoordinators } from './coordinators.ts';
import { type Rescoped, rescope } from './rescope.ts';

/** The rows of a roster, and what people have said about them. */
export interface RosterGiven {
  campaignId: string;
  entries: readonly Entry[];
  answers: Answers;
}

export interface RosterPreview {
  plan: RosterPlan;
  title: Text;
  status: RosterCampaign['status'];
  /** Of a published campaign: what of it needs a reason (decision 11). */
  widened: ScopeChange[];
}

/** What importing a roster would do; changes nothing. */
export async function previewRoster(run: Run, given: RosterGiven, at: string): Promise<RosterPreview> {
  return previewOf(await planOn(run, given, at, false));
}

/** All that is wrong with a roster at once: what could not be read of it, and the faults of the rows that could. */
export async function allFaults(
  run: Run,
  { entries, ...given }: RosterGiven,
  unread: readonly RosterFault[],
  at: string,
): Promise<RosterFault[]> {
  const bad = new Set(unread.map(({ sheet, row }) => `${row} ${sheet}`));
  const sound = entries.filter(({ sheet, row }) => !bad.has(`${row} ${sheet}`));
  const { plan } = await planOn(run, { ...given, entries: sound }, at, false);
  return inOrder([...unread, ...plan.faults]);
}

export interface RosterOrder extends RosterGiven {
  /** Why the scope is widened; null when nobody gave a reason. */
  reason: string | null;
  /** The contact who imports; null for somebody at a terminal. */
  by: string | null;
  /** Of the preview that is confirmed; null: whatever comes of it now. */
  fingerprint: string | null;
}

export type RosterApplied =
  | {
      kind: 'applied';
      plan: RosterPlan;
      title: Text;
      status: RosterCampaign['status'];
      version: Extract<Rescoped, { kind: 'applied' }> | null;
      codes: RosterCode[];
      people: RosterPerson[];
      /** Owed to the audit log at the end of the caller's transaction. */
      audit: AuditEvent[];
    }
  | { kind: 'unchanged'; plan: RosterPlan; title: Text }
  | { kind: 'closed'; title: Text }
  /** Others have changed something since: what it would do now, to be confirmed anew. */
  | { kind: 'moved'; preview: RosterPreview }
  /** Faults, questions, or no reason for more scope. */
  | { kind: 'open'; preview: RosterPreview }
  | { kind: 'undrawn'; activities: Text[] };

/**
 * Imports a roster in the caller's transaction, all or nothing: into a draft as it is, into a published campaign as its next
 * version, widening only with a reason (政府督查工作条例 art. 15; see rescope). Doing it again changes nothing. Unless it is
 * `applied` or `unchanged` nothing was written.
 */
export async function importRoster(run: Run, order: RosterOrder, at: string): Promise<RosterApplied> {
  const { campaignId, reason, by } = order;
  const planned = await planOn(run, order, at, true);
  const { plan, known } = planned;
  const { title } = known.campaign;
  if (known.status === 'closed') return { kind: 'closed', title };
  const preview = previewOf(planned);
  if (plan.faults.length + plan.questions.length > 0) return { kind: 'open', preview };
  if (plan.isEmpty) {
    await rememberAnswers(run, campaignId, order.answers);
    return { kind: 'unchanged', plan, title };
  }
  if (order.fingerprint !== null && order.fingerprint !== plan.fingerprint) return { kind: 'moved', preview };
  if (preview.widened.length > 0 && reason === null) return { kind: 'open', preview };
  const version = await storeCampaign(run, known, plan, reason, at);
  if (version?.kind === 'undrawn') return version;
  if (version?.kind === 'refused') return { kind: 'open', preview };
  const units = await unitIds(run, campaignId);
  const people = peopleOf(plan, units);
  await addRosterPeople(run, campaignId, people, at);
  const wanted = plan.people.steps.flatMap((step) =>
    step.kind === 'code'
      ? [{ title: step.title, role: step.held.role, unitId: idOf(units, step.held.unit) }]
      : [],
  );
  const codes = await addRosterCodes(run, wanted, { campaignId, by, at, days: validDays });
  await rememberAnswers(run, campaignId, order.answers);
  const applied = version?.kind === 'applied' ? version : null;
  const audit = [...(applied?.audit ?? []), importEvent(order, plan, at)];
  return { kind: 'applied', plan, title, status: known.status, version: applied, codes, people, audit };
}

interface Planned {
  known: RosterCampaign;
  plan: RosterPlan;
}

async function planOn(
  run: Run,
  { campaignId, entries, answers }: RosterGiven,
  at: string,
  locks: boolean,
): Promise<Planned> {
  const known = await rosterCampaign(run, campaignId, locks);
  const urns = entries.flatMap(({ cells }) => readCoordinators(cells.addresses ?? '').urns);
  if (locks && urns.length > 0) await lockAddresses(run);
  const standing = await standingOf(run, known, urns, at);
  const remembered = await rememberedAnswers(run, campaignId);
  return { known, plan: planRoster(standing, entries, { ...remembered, ...answers }) };
}

function previewOf({ known: { campaign, status }, plan }: Planned): RosterPreview {
  const changes = status === 'published' ? scopeChanges(campaign, plan.campaign) : [];
  return { plan, title: campaign.title, status, widened: changes.filter(({ kind }) => kind === 'widened') };
}

/** Null when nothing but people changes, or the campaign is not out yet. */
async function storeCampaign(
  run: Run,
  { id: campaignId, status, campaign: before }: RosterCampaign,
  { campaign: after }: RosterPlan,
  reason: string | null,
  at: string,
): Promise<Exclude<Rescoped, { kind: 'unchanged' }> | null> {
  if (canonical(before) === canonical(after)) return null;
  const version =
    status === 'published' ? await rescope(run, { campaignId, before, after, reason, at }) : null;
  if (version === null) await storeDraft(run, campaignId, after, at);
  else if (version.kind === 'unchanged') return null;
  else if (version.kind !== 'applied') return version;
  await keepFiled(run, campaignId, filedOf(before), true);
  return version;
}

function peopleOf(plan: RosterPlan, units: ReadonlyMap<string, string>): RosterPerson[] {
  return plan.people.steps.flatMap((step): RosterPerson[] => {
    if (step.kind === 'code') return [];
    const { contactId, title, urns, roles, retitled } = step;
    return [
      {
        contactId: contactId ?? randomUUID(),
        isNew: contactId === null,
        title: retitled ? title : null,
        urns,
        roles: roles.map(({ role, unit }) => ({ role, unitId: idOf(units, unit) })),
      },
    ];
  });
}

function idOf(units: ReadonlyMap<string, string>, code: string | null): string | null {
  if (code === null) return null;
  const id = units.get(code);
  if (id === undefined) throw new Error(`no unit ${code}`);
  return id;
}

/** Counts only: what people are called and where they are written to stays out of the log. */
function importEvent(
  { campaignId, by, reason }: RosterOrder,
  { units, matters, people }: RosterPlan,
  at: string,
): AuditEvent {
  const data = {
    reason,
    units: units.added.length,
    changed: units.changed.length,
    matters: matters.added.length + matters.changed.length,
    people: people.steps.filter(({ kind }) => kind === 'person').length,
    codes: people.steps.filter(({ kind }) => kind === 'code').length,
  };
  return { at, by, kind: 'roster.imported', campaignId, about: `campaign:${campaignId}`, data };
}
