-- Deletes the contacts of a campaign's ($1) cases that were closed on $2 or before; of a campaign that is over nobody calls back
-- any more, and an open case counts from its last day.
UPDATE rating_case c SET contact = NULL
FROM campaign k
WHERE k.id = c.campaign_id AND c.campaign_id = $1::uuid AND c.contact IS NOT NULL
  AND coalesce(c.closed_on, CASE WHEN k.status = 'closed' THEN c.due_on::date END) <= $2::date
RETURNING 1
