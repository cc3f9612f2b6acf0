import type { Text } from '../../flow/text.ts';
import { countByActivity, type OverviewScope, type TaskCount } from '../../store/overview.ts';
import type { ResultsScope } from '../../store/results.ts';
import type { Run } from '../../store/writes.ts';
import { type LampTotals, type Light, readLampTotals } from './lamps.ts';
import { readSatisfaction, type Satisfaction } from './satisfaction.ts';
import { readTrend, type Week } from './trend.ts';

/** A campaign on one page, without the name of any unit: for a room where many read along. */
export interface Overview {
  activities: (TaskCount & { id: string; title: Text })[];
  problems: LampTotals;
  /** This week and the one before. */
  weeks: Week[];
  satisfaction: Satisfaction | null;
}

export async function readOverview(
  run: Run,
  scope: OverviewScope & ResultsScope,
  light: Light,
): Promise<Overview> {
  const { weeks } = await readTrend(run, scope, light.today, scope.zone);
  return {
    activities: await countByActivity(run, scope, light.today),
    problems: await readLampTotals(run, scope, light),
    weeks: weeks.slice(-2),
    satisfaction: await readSatisfaction(run, scope, false),
  };
}
