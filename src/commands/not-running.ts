import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';

/** Why nothing is done in a campaign that is not running: it is still a draft, or over. */
export function notRunning({ status, title }: { status: string; title: Text }): Line {
  const key = status === 'draft' ? 'commands:campaign.not-published' : 'commands:campaign.over';
  return { key, params: { title } };
}
