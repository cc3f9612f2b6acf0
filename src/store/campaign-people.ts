import type { Role } from '../campaign/definition.ts';
import type { Text } from '../flow/text.ts';
import type { Run } from './writes.ts';

/** Somebody with a part in a campaign. */
export interface CampaignPerson {
  id: string;
  /** What the bot calls them: a role's title; null where none is known. */
  title: Text | null;
  roles: Role[];
  /** Ids of the units that they have a part for. */
  units: string[];
  urns: string[];
}

/** Everybody with a part in the campaign, by when they came. */
export function peopleOfCampaign(run: Run, campaignId: string): Promise<CampaignPerson[]> {
  return run<CampaignPerson>(
    `SELECT c.id::text, c.title, array_agg(DISTINCT m.role) AS roles,
       array_remove(array_agg(DISTINCT m.unit_id::text), NULL) AS units,
       ARRAY(SELECT u.urn FROM urn u WHERE u.contact_id = c.id ORDER BY u.urn) AS urns
     FROM membership m JOIN contact c ON c.id = m.contact_id
     WHERE m.campaign_id = $1::uuid
     GROUP BY c.id ORDER BY min(m.created_at), c.id`,
    [campaignId],
  );
}

/** How many have each role for each unit, the units in the order of the file. */
export function unitsAndPeople(
  run: Run,
  campaignId: string,
  { rows: limit, from }: { rows: number; from: number },
): Promise<
  { unit: Text; inspectors: number; liaisons: number; leaders: number; coordinators: number; total: number }[]
> {
  return run(
    `SELECT u.name AS unit, count(*) FILTER (WHERE m.role = 'inspector')::int AS inspectors,
       count(*) FILTER (WHERE m.role = 'liaison')::int AS liaisons,
       count(*) FILTER (WHERE m.role = 'leader')::int AS leaders,
       count(*) FILTER (WHERE m.role = 'coordinator')::int AS coordinators, (count(*) OVER ())::int AS total
     FROM unit u JOIN membership m ON m.unit_id = u.id
     WHERE u.campaign_id = $1::uuid GROUP BY u.id ORDER BY u.code LIMIT $2 OFFSET $3`,
    [campaignId, limit, from],
  );
}

/** A part that somebody plays in a campaign. */
export interface PartHeld {
  contactId: string;
  /** Null: nobody has said what they are called. */
  title: Text | null;
  role: Role;
  /** Its unit's name; null: for the campaign as a whole. */
  unit: Text | null;
  unitId: string | null;
}

/** Every part in the campaign, by when it was given. */
export function partsHeld(run: Run, campaignId: string): Promise<PartHeld[]> {
  return run<PartHeld>(
    `SELECT m.contact_id::text AS "contactId", c.title, m.role, u.name AS unit, m.unit_id::text AS "unitId"
     FROM membership m JOIN contact c ON c.id = m.contact_id LEFT JOIN unit u ON u.id = m.unit_id
     WHERE m.campaign_id = $1::uuid ORDER BY m.created_at, m.id`,
    [campaignId],
  );
}
