import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { countedIn } from '../store/counted.ts';
import type { CommandContext } from './command.ts';
import { heading, pooledLine } from './report-summary.ts';

/**
 * Each figure of a campaign whose counts were given, added up over all its windows: sum over sum, with how many gave counts
 * and how many only a percentage (JX-3.2). Activities that are hidden have no part in it.
 */
export async function countedLines(
  { transaction, library, run }: CommandContext,
  id: string,
): Promise<Line[]> {
  const activities = await transaction.activity.findMany({
    where: { campaignId: id, hidden: false },
    select: { flowId: true, flowVersion: true },
    distinct: ['flowId', 'flowVersion'],
    orderBy: [{ code: 'asc' }],
  });
  const labels = new Map<string, { flow: string; question: string; label: Text }>();
  for (const { flowId, flowVersion } of activities)
    for (const question of (await library.flow(flowId, flowVersion)).questions)
      if (question.type === 'number' && question.counts !== undefined)
        labels.set(`${flowId} ${question.id}`, {
          flow: flowId,
          question: question.id,
          label: heading(question.label),
        });
  const asked = [...labels.values()].map(({ flow, question }) => ({ flow, question }));
  return (await countedIn(run, id, asked)).map(
    (one): Line => ({
      key: 'commands:status.pooled',
      params: {
        label: labels.get(`${one.flow} ${one.question}`)?.label ?? one.question,
        pooled: pooledLine(one),
      },
    }),
  );
}
