import type { Campaign } from './definition.ts';

/** Channels whose operator keeps what is said abroad. */
const foreign: ReadonlySet<string> = new Set(['slack']);

/**
 * Whether a questionnaire must not be answered over this channel: citizens' answers to a state organ are stored in
 * mainland China, and go abroad only after a security assessment (PIPL art. 36), which the campaign file says by
 * `prc: false`. Inspectors' checklists are no citizens' answers.
 */
export function isKeptHome(
  { prc, survey }: Pick<Campaign, 'prc'> & { survey?: string | undefined },
  flowId: string,
  channel: string,
): boolean {
  return prc && flowId === survey && foreign.has(channel);
}
