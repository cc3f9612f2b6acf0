import type { CommandContext } from './command.ts';

/** The newest version of the citizen survey of a campaign (by code); null when it has none. */
export async function surveyFlow(
  { transaction }: Pick<CommandContext, 'transaction'>,
  code: string,
): Promise<{ id: string; version: number } | null> {
  const campaign = await transaction.campaign.findUnique({ where: { code }, select: { definition: true } });
  const { survey } = (campaign?.definition ?? {}) as { survey?: string };
  if (survey === undefined) return null;
  return transaction.flow.findFirst({
    where: { id: survey },
    orderBy: { version: 'desc' },
    select: { id: true, version: true },
  });
}
