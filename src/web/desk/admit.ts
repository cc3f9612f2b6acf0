import type { Request, Response } from 'express';
import { type Sight, sightOf } from '../../campaign/visibility.ts';
import { machineClock } from '../../clock.ts';
import { ledBy, sightOfLedger } from '../../commands/ledger-finding.ts';
import { unitsAs } from '../../commands/own-assignments.ts';
import { hiddenActivities } from '../../store/activities.ts';
import { type AuditEvent, appendAudit } from '../../store/audit.ts';
import { inTransaction, runOn } from '../../store/database.ts';
import { deskCampaigns } from '../../store/desk/campaigns.ts';
import type { FindingSight } from '../../store/desk/findings.ts';
import { unitsFrom } from '../../store/desk/units.ts';
import { whoIs } from '../../store/web-sessions.ts';
import { may } from './access.ts';
import { cookieIn } from './cookie.ts';
import type { DeskDoors } from './doors.ts';
import { type Exchange, type InCampaign, todayOf } from './exchange.ts';
import { viewOf } from './view.ts';

/** Whoever sends a request, as they are known this very moment; null when their browser is not logged in or they have no part left. */
export async function admit(
  doors: DeskDoors,
  request: Request,
  response: Response,
): Promise<Exchange | null> {
  const cookie = cookieIn(request);
  if (cookie === null) return null;
  const run = runOn(doors.database.pool);
  const known = await whoIs(run, cookie, (doors.machine ?? machineClock).now());
  if (known === null || known.roles.length === 0) return null;
  const { library } = doors;
  const person = { ...known, leads: await ledBy({ roles: known.roles, run, library }) };
  const part = (coordinates: boolean) =>
    known.roles.filter(({ role }) => (role === 'coordinator') === coordinates).map((one) => one.campaignId);
  return {
    ...{ doors, request, response, run, person },
    view: viewOf(request, known.language),
    at: doors.clock.now().toISOString(),
    campaigns: await deskCampaigns(run, { coordinated: part(true), others: part(false) }),
  };
}

/** The same in a campaign that the person has a part in; null for any other, whether there is one or not. */
export async function inCampaign(exchange: Exchange, code: string): Promise<InCampaign | null> {
  const { doors, campaigns, person, at } = exchange;
  const campaign = campaigns.find((one) => one.code === code);
  if (campaign === undefined) return null;
  const facts = await doors.library.campaign(campaign.id);
  const hidden: Record<Sight, string[]> = { all: [], none: [] };
  for (const activity of await hiddenActivities(doors.database.prisma, campaign.id))
    hidden[sightOf(activity, { roles: person.roles, overheard: false })].push(activity.id);
  const whole = may(person, { name: 'overview', campaignId: campaign.id });
  return {
    ...exchange,
    ...{ campaign, facts, hidden, whole, today: todayOf(facts, at) },
    units: whole ? null : await openUnits(exchange, campaign.id),
  };
}

/** By the question that their pages ask: what a link leads to is never refused. */
async function openUnits({ run, person }: Exchange, campaignId: string): Promise<Set<string>> {
  const held = person.roles.flatMap(({ unitId }) => unitId ?? []);
  const lines = await unitsFrom(run, campaignId, held);
  return new Set(
    lines.flatMap(({ code, line }) => (may(person, { name: 'unit', campaignId, unit: line }) ? code : [])),
  );
}

/** What the person may know of problems, by the very rules of the commands. */
export async function findingSight({ doors, run, person, hidden }: InCampaign): Promise<FindingSight> {
  const { roles } = person;
  return {
    ...(await sightOfLedger({ roles, run, library: doors.library })),
    secrets: hidden.all,
    carriesOut: unitsAs({ roles }, 'inspector', 'leader'),
  };
}

/** For the audit log: that somebody saw of these hidden activities (ids). */
export function secretsSeen(
  { campaign }: Pick<InCampaign, 'campaign'>,
  secrets: readonly string[],
): Omit<AuditEvent, 'at' | 'by'>[] {
  return secrets.map((secret) => ({
    ...{
      kind: 'secret.seen' as const,
      campaignId: campaign.id,
      about: `activity:${secret}`,
      data: {},
      secret,
    },
  }));
}

/** Keeps in the audit log who saw what; what is hidden must stand there before it is shown. */
export async function note(
  { doors, at, person }: Pick<Exchange, 'doors' | 'at' | 'person'>,
  events: Omit<AuditEvent, 'at' | 'by'>[],
): Promise<void> {
  const rows = events.map((event): AuditEvent => ({ ...event, at, by: person.contactId }));
  await inTransaction(doors.database.pool, (run) => appendAudit(run, rows));
}
