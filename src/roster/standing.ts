import type { Campaign } from '../campaign/definition.ts';
import type { Text } from '../flow/text.ts';

/** Roles that a roster can give. */
export const rosterRoles = ['coordinator', 'inspector', 'liaison', 'leader'] as const;
export type RosterRole = (typeof rosterRoles)[number];

/** A role in the campaign; `unit` is the unit's id in the campaign file, null for a role without one. */
export interface HeldRole {
  role: RosterRole;
  unit: string | null;
}

/** Somebody who has a part in the campaign, or an address that a roster names. */
export interface StandingPerson {
  contactId: string;
  title: Text | null;
  urns: string[];
  roles: HeldRole[];
}

/** A code made for somebody who is called so. `open`: it can still be used for some days. */
export interface StandingCode extends HeldRole {
  title: string;
  state: 'open' | 'used' | 'over';
}

/** What a roster is compared with. */
export interface Standing {
  campaign: Campaign;
  people: StandingPerson[];
  codes: StandingCode[];
  /** Who an address in the roster belongs to, by the address as it is written there. */
  owners: ReadonlyMap<string, string>;
}
