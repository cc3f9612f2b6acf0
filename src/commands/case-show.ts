import { aboutCase, caseEventKey, nextLines, standLine, toldOf } from '../conversation/case-post.ts';
import { nameOf } from '../conversation/ledger-post.ts';
import { answerLines } from '../conversation/reply-taken.ts';
import type { Line, Params } from '../flow/say.ts';
import { type FoundCase, lastCaseEvents, type PastCaseEvent } from '../store/rating-cases.ts';
import type { MeantCase } from './case-meant.ts';
import type { CommandContext } from './command.ts';

/** Steps of the history that one message tells. */
const stepsMax = 12;

/** 差评 4821: how it stands, what was said and done. What the citizen wrote is for the owners and the coordinators. */
export async function showCase(context: CommandContext, { found, who, mayRead }: MeantCase): Promise<void> {
  const { zone } = await context.library.campaign(found.campaignId);
  const events = await lastCaseEvents(context.run, found.id, stepsMax);
  context.replyPrivately({
    lines: [
      {
        key: 'cases:show.title',
        params: {
          ...aboutCase(found),
          campaign: found.campaign,
          level: levelOf(found),
          opened: { date: found.openedOn },
        },
      },
      standLine(found.record),
      ...(mayRead ? await ratingLines(context, found) : [{ key: 'cases:show.closed-words' } as const]),
      ...recordLines(found),
      ...events.map((event) => eventLine(event, zone)),
      ...nextLines(found, toldOf(found, who)),
    ],
  });
}

function levelOf({ level }: FoundCase): Params[string] {
  return level === null ? { key: 'cases:level.gone' } : { key: `flow:level.${level as 1 | 2 | 3 | 4 | 5}` };
}

/** What the citizen answered; nothing of a rating that is gone. */
async function ratingLines(
  { library }: CommandContext,
  { answers, flowId, flowVersion }: FoundCase,
): Promise<Line[]> {
  if (answers === null || flowId === null || flowVersion === null) return [];
  const flow = await library.flow(flowId, flowVersion);
  return answerLines(flow, answers, (one) => ('title' in one ? one.title : undefined) ?? one.label);
}

function recordLines({ record }: FoundCase): Line[] {
  const { finding, measure, reply, appeal, again, againBy, rounds, tries } = record;
  const lines: Line[] = [];
  if (finding !== null) lines.push({ key: 'cases:show.finding', params: { words: finding } });
  if (measure !== null) lines.push({ key: 'cases:show.measure', params: { words: measure } });
  if (reply !== null) lines.push({ key: 'cases:show.reply', params: { words: reply } });
  if (appeal !== null) lines.push({ key: 'cases:show.appeal', params: { words: appeal.reason } });
  if (rounds > 0) lines.push({ key: 'cases:show.round' });
  if (tries.length > 0)
    lines.push({ key: 'cases:show.tries', params: { days: { list: tries.map((date) => ({ date })) } } });
  if (again !== null)
    lines.push({
      key: `cases:show.again.${againBy ?? 'staff'}`,
      params: { result: { key: `cases:result.${again}` } },
    });
  const way = record.contact ? 'contact' : record.chat ? 'chat' : record.receipt ? 'receipt' : 'none';
  if (record.stage !== 'closed') lines.push({ key: `cases:show.way.${way}` });
  return lines;
}

function eventLine(event: PastCaseEvent, zone: string): Line {
  const { words, level } = event.data;
  const params: Params = {
    at: { instant: event.at.toISOString(), zone },
    who: nameOf(event.who),
    did: { key: caseEventKey(event) },
    more: '',
  };
  if (typeof words === 'string' && words !== '') params.more = { key: 'cases:show.more', params: { words } };
  else if (typeof level === 'string')
    params.more = {
      key: 'cases:show.more',
      params: { words: { key: `cases:whom.${level as 'owner' | 'head' | 'coordinator' | 'group'}` } },
    };
  return { key: 'cases:show.event', params };
}
