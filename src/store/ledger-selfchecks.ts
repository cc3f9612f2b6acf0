import type { Text } from '../flow/text.ts';
import type { Run, SessionPart } from './writes.ts';

/** A completed form of a self-check whose report was handed in; `state` as it is kept. */
export interface SelfcheckForm {
  assignmentId: string;
  unit: Text;
  part: SessionPart;
  flowId: string;
  flowVersion: number;
  state: unknown;
}

/** The forms of a campaign's self-checks that were handed in (given back since or not), by task and in the order begun. */
export function selfcheckForms(run: Run, campaignId: string, limit: number): Promise<SelfcheckForm[]> {
  return run<SelfcheckForm>(
    `SELECT a.id::text AS "assignmentId", u.name AS unit, s.part, s.flow_id AS "flowId",
       s.flow_version AS "flowVersion", s.state
     FROM activity v JOIN assignment a ON a.activity_id = v.id JOIN unit u ON u.id = a.assignee_unit_id
       JOIN session s ON s.assignment_id = a.id AND s.status = 'completed'
     WHERE v.campaign_id = $1::uuid AND v.mode = 'selfcheck' AND NOT v.hidden
       AND (a.reported_at IS NOT NULL OR a.returned_at IS NOT NULL)
     ORDER BY a.number, s.started_at, s.id LIMIT $2`,
    [campaignId, limit],
  );
}
