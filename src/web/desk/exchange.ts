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
  /** Codes of the units whose page opens to the person; null where that of every unit does. */
  units: ReadonlySet<string> | null;
}

/** What a page shows, before the frame is put around it. */
export interface Shown {
  title: string;
  body: Part;
  /** Pictures below the text: no part of what is compared while the page is open. */
  below?: Part;
  /** Where it stands in the list of pages. */
  nav: PageName;
  /** Links above the title. */
  above?: { href: string; words: string }[];
  /** Hidden activities of which something is on it: noted in the audit log. */
  secrets?: readonly string[];
  /** What it was about, for the audit log: `finding:12`. */
  about?: string;
  status?: number;
  /** Where its changes are told while it is open (live.ts). */
  live?: string;
}

/** `null`: there is no such thing, or not for this person. */
export type ShowPage<Of extends Exchange> = (exchange: Of) => Promise<Shown | 'missing' | 'refused'>;

export interface CampaignPage {
  /** Its address behind the campaign's. */
  path: string;
  /** For `may`. */
  name: PageName;
  show: ShowPage<InCampaign>;
  /** Shows what changes while it is open (live.ts). */
  live?: true;
}

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
function pageIn(exchange: Pick<Exchange, 'request'>): number {
  const given = queryOf(exchange, 'page');
  return /^[1-9]\d{0,5}$/.test(given) ? Number(given) : 1;
}

/** Rows of one page of a list. */
export const rowsMax = 50;

/** One page of a list. `asked`: the number that was asked for where there is no such page; the last one is shown. */
export interface Paged<Row> {
  rows: Row[];
  page: number;
  count: number;
  asked: number | null;
}

/** Reads the page asked for, or the last one there is. Every row knows how many there are (`all`). */
export async function pageOf<Row extends { all: number }>(
  exchange: Pick<Exchange, 'request'>,
  read: (range: { limit: number; offset: number }) => Promise<Row[]>,
): Promise<Paged<Row>> {
  const page = pageIn(exchange);
  const at = (number: number) => read({ limit: rowsMax, offset: (number - 1) * rowsMax });
  const rows = await at(page);
  if (rows[0] !== undefined || page === 1) return { rows, page, count: rows[0]?.all ?? 0, asked: null };
  const first = await at(1);
  const count = first[0]?.all ?? 0;
  const last = Math.max(1, Math.ceil(count / rowsMax));
  return { rows: last === 1 ? first : await at(last), page: last, count, asked: page };
}
