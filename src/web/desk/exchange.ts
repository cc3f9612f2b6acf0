import type { Request, Response } from 'express';
import { dateOf } from '../../campaign/instant.ts';
import type { DeskCampaign } from '../../store/desk/campaigns.ts';
import type { CampaignFacts } from '../../store/library.ts';
import type { LoggedIn } from '../../store/web-sessions.ts';
import type { Run } from '../../store/writes.ts';
import type { Part } from '../html.ts';
import { may, type PageName, type Person } from './access.ts';
import type { DeskDoors } from './doors.ts';
import type { View } from './view.ts';

/** Whoever is logged in. */
export type DeskPerson = LoggedIn & Pick<Person, 'leads'>;

/** One request of somebody who is logged in. */
export interface Exchange {
  doors: DeskDoors;
  request: Request;
  response: Response;
  view: View;
  run: Run;
  person: DeskPerson;
  /** Now, as an ISO instant. */
  at: string;
  /** The campaigns that the person can choose from. */
  campaigns: DeskCampaign[];
}

/** One request about a campaign. */
export interface InCampaign extends Exchange {
  campaign: DeskCampaign;
  facts: CampaignFacts;
  /** Today in the campaign's zone, YYYY-MM-DD. */
  today: string;
  /** Hidden activities (ids) that the person knows all of. */
  hidden: { all: string[] };
  /** Sees the whole campaign, with problems that only coordinators see. */
  whole: boolean;
  coordinates: boolean;
}

/** What a page shows, before the frame is put around it. */
export interface Shown {
  title: string;
  body: Part;
  /** Where it stands in the list of pages. */
  nav: PageName;
  /** Links above the title. */
  above?: { href: string; words: string }[];
  /** Hidden activities of which something is on it: noted in the audit log. */
  secrets?: readonly string[];
  /** What it was about, for the audit log: `finding:12`. */
  about?: string;
  status?: number;
}

/** `null`: there is no such thing, or not for this person. */
export type ShowPage<Of extends Exchange> = (exchange: Of) => Promise<Shown | 'missing' | 'refused'>;

export function campaignPath({ code }: Pick<DeskCampaign, 'code'>): string {
  return `/desk/c/${code}`;
}

/** Where a campaign begins for somebody: not everybody sees all of it, and operators see no more than messages on their way. */
export function firstPath({ person }: Exchange, campaign: { id: string; code: string }): string {
  const opens = (name: PageName) => may(person, { name, campaignId: campaign.id });
  if (opens('overview')) return campaignPath(campaign);
  return `${campaignPath(campaign)}/${opens('mine') ? 'mine' : 'queue'}`;
}

export function todayOf(facts: Pick<CampaignFacts, 'zone'>, at: string): string {
  return dateOf(at, facts.zone);
}

/** One word of the address, shortened to what anybody types. */
export function queryOf({ request }: Pick<Exchange, 'request'>, name: string): string {
  const value = request.query[name];
  return typeof value === 'string' ? value.replaceAll('\u0000', '').trim().slice(0, 100) : '';
}

/** One of several words in the address, or null. */
export function choiceOf<Word extends string>(
  exchange: Pick<Exchange, 'request'>,
  name: string,
  words: readonly Word[],
): Word | null {
  const given = queryOf(exchange, name);
  return words.find((word) => word === given) ?? null;
}

/** The number of the page asked for, from 1. */
export function pageIn(exchange: Pick<Exchange, 'request'>): number {
  const given = queryOf(exchange, 'page');
  return /^[1-9]\d{0,5}$/.test(given) ? Number(given) : 1;
}
