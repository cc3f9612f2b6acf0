import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { overlapLines } from './overlap-lines.ts';
import type { PublishResult } from './publish.ts';

/** Names in one message. */
const namesMax = 50;
/** Warnings of other campaigns in one message. */
const overlapsMax = 5;

/** What whoever published hears of it. `at`: now, ISO instant. */
export function publishLines(
  result: PublishResult,
  { title, zone }: { title: Text; zone: string },
  at: string,
): Line[] {
  switch (result.kind) {
    case 'published': {
      const { assignments, rooms, people, unmanned, overlaps, toldAt } = result;
      const lines: Line[] = [{ key: 'commands:publish.done', params: { title, assignments, rooms, people } }];
      if (toldAt > at)
        lines.push({ key: 'commands:publish.later', params: { at: { instant: toldAt, zone } } });
      if (unmanned.length > 0)
        lines.push({
          key: unmanned.length > namesMax ? 'commands:publish.unmanned.more' : 'commands:publish.unmanned',
          params: { count: unmanned.length, units: { list: unmanned.slice(0, namesMax) } },
        });
      lines.push(...overlapLines(overlaps).slice(0, overlapsMax));
      return lines;
    }
    case 'already':
      return [
        { key: 'commands:publish.already', params: { title, at: { instant: result.publishedAt, zone } } },
      ];
    case 'undrawn':
      return [{ key: 'draw:undrawn', params: { title, activities: { list: result.activities } } }];
    case 'closed':
      return [{ key: 'commands:publish.closed', params: { title } }];
    case 'unknown':
      return [{ key: 'commands:campaign.none' }];
  }
}
