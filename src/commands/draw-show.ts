import { DrawRecord } from '../campaign/draw/record.ts';
import type { Line } from '../flow/say.ts';
import { drawsOf, type StoredDraw, storedRecord } from '../store/draws.ts';
import type { CommandContext } from './command.ts';
import { coordinatedCampaigns } from './coordinated.ts';
import { resultLines, whatParam } from './draw-lines.ts';
import { drawKnown, known } from './draw-sight.ts';

/** Draws looked at, and those shown in one message. */
const lookedAtMax = 100;
const shownMax = 15;

/** 抽签 查看: what is known of a draw by now. */
export async function show(context: CommandContext, code: string): Promise<void> {
  const own = await drawKnown(context, code);
  const lines: Line[] =
    own === null ? [{ key: 'draw:unknown', params: { code } }] : await showLines(context, own.draw);
  context.replyPrivately({ lines });
}

export async function showLines({ run }: CommandContext, draw: StoredDraw): Promise<Line[]> {
  const { code } = draw;
  if (draw.status === 'void') return [{ key: 'draw:void', params: { code } }];
  const stored = await storedRecord(run, code);
  if (stored === null)
    return [
      { key: 'draw:not-yet', params: { code, what: whatParam(draw) } },
      { key: 'draw:begun.hash', params: { commitment: draw.commitment } },
      { key: 'draw:begun.next', params: { code } },
    ];
  return resultLines(draw, DrawRecord.parse(stored.record));
}

/** 抽签 alone: the draws of the campaigns that this person coordinates, and what can be said. */
export async function list(context: CommandContext): Promise<void> {
  const campaigns = await coordinatedCampaigns(context, ['draft', 'published']);
  const draws: StoredDraw[] = [];
  for (const { id } of campaigns)
    for (const draw of await drawsOf(context.run, id, lookedAtMax))
      if ((await known(context, draw)) !== null) draws.push(draw);
  const shown = draws.slice(0, shownMax).map(listed);
  const lines: Line[] =
    shown.length === 0 ? [{ key: 'draw:list.none' }] : [{ key: 'draw:list.title' }, ...shown];
  context.replyPrivately({ lines: [...lines, ...howLines] });
}

export function how(context: CommandContext): void {
  context.reply(...howLines);
}

const howLines: Line[] = [
  { key: 'draw:how' },
  { key: 'draw:how.windows' },
  { key: 'draw:how.teams' },
  { key: 'draw:how.matrix' },
  { key: 'draw:how.exclude' },
  { key: 'draw:how.run' },
];

function listed(draw: StoredDraw): Line {
  const { code, status, doneAt, zone } = draw;
  const at = { instant: (doneAt ?? draw.begunAt).toISOString(), zone };
  return { key: `draw:list.${status}`, params: { code, what: whatParam(draw), at } };
}
