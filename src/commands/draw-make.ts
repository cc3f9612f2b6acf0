import { awakeRow } from '../conversation/awake-row.ts';
import { type Made, runDraw } from '../conversation/draws.ts';
import type { Line } from '../flow/say.ts';
import { keepOut, type StoredDraw } from '../store/draws.ts';
import { inspectorsOf } from '../store/reach.ts';
import { priority } from '../store/writes.ts';
import type { CommandContext } from './command.ts';
import { drawnNames, resultLines } from './draw-lines.ts';
import { showLines } from './draw-show.ts';
import { audit, drawKnown, type KnownDraw } from './draw-sight.ts';
import type { DrawWords } from './draw-words.ts';
import { unitCalled } from './unit-called.ts';

/** 抽签 抽取: freezes the register, draws, and tells the result, always in private: what is drawn is not announced. */
export async function make(context: CommandContext, code: string): Promise<void> {
  const { run, turn, at } = context;
  const own = await drawKnown(context, code);
  if (own === null) return context.replyPrivately({ lines: [{ key: 'draw:unknown', params: { code } }] });
  const made = await runDraw(run, own.draw, turn.contact.id, at);
  context.replyPrivately({ lines: await linesOf(context, own, made) });
}

async function linesOf(context: CommandContext, own: KnownDraw, made: Made): Promise<Line[]> {
  const { code } = made.draw;
  switch (made.kind) {
    case 'made': {
      const { record, draw } = made;
      audit(context, own, 'made', { fingerprint: record.fingerprint, seed: record.seed });
      return [...resultLines(draw, record), ...(await consequences(context, own, made))];
    }
    case 'already':
      return [{ key: 'draw:done-already', params: { code } }, ...(await showLines(context, made.draw))];
    case 'void':
      return [{ key: 'draw:void', params: { code } }];
    case 'published':
      return [{ key: 'draw:matrix-published', params: { title: titleOf(made.draw) } }];
    case 'refused':
      audit(context, own, 'refused', { why: made.sentence.key });
      return [{ key: 'draw:refused', params: { code, why: made.sentence } }];
  }
}

/**
 * What follows from a draw: who carries out the task is told its windows, a matrix waits for publication, visits for their
 * coordinator. One that belongs to no activity leads to no task: it is a record, and says so.
 */
async function consequences(
  context: CommandContext,
  { hidden }: KnownDraw,
  { draw, record }: Extract<Made, { kind: 'made' }>,
): Promise<Line[]> {
  const { subject } = draw;
  if (subject.kind === 'matrix') return [{ key: 'draw:done.publish' }];
  if (subject.kind === 'visits') return [{ key: 'modes:visit.drawn', params: { code: draw.code } }];
  if (subject.kind !== 'task') return [{ key: 'draw:done.record-only' }];
  const people = (await inspectorsOf(context.run, [subject.assigneeId])).get(subject.assigneeId) ?? [];
  const { number, target } = subject;
  const lines: Line[] = [
    { key: 'draw:told', params: { number, target, code: draw.code } },
    ...drawnNames(record).map(
      (name, index): Line => ({ key: 'draw:done.member', params: { place: index + 1, name } }),
    ),
  ];
  const facts = await context.library.campaign(draw.campaignId);
  for (const person of people)
    context.writes.outbox.push({
      ...awakeRow(person, { lines }, facts, context.at),
      key: `draw:${draw.code}:${person.contactId}`,
      priority: priority.deadline,
      ...(hidden === null ? {} : { secret: hidden }),
    });
  return [{ key: 'draw:done.told', params: { people: people.length } }];
}

function titleOf({ subject, campaign }: StoredDraw) {
  return 'title' in subject ? subject.title : campaign;
}

/** 抽签 排除: keeps a unit out of the register, with the coordinator's reason, as long as nobody knows the seed. */
export async function exclude(
  context: CommandContext,
  { code, unit, reason }: Extract<DrawWords, { do: 'exclude' }>,
): Promise<void> {
  const tell = (line: Line) => context.replyPrivately({ lines: [line] });
  const own = await drawKnown(context, code);
  if (own === null) return tell({ key: 'draw:unknown', params: { code } });
  const { draw } = own;
  if (draw.status === 'void') return tell({ key: 'draw:void', params: { code } });
  if (draw.status === 'done') return tell({ key: 'draw:exclude.late', params: { code } });
  if (draw.subject.kind === 'matrix') return tell({ key: 'draw:exclude.matrix' });
  if (reason === null) return tell({ key: 'draw:exclude.reason', params: { code } });
  const campaign = await context.transaction.campaign.findUniqueOrThrow({
    where: { id: draw.campaignId },
    select: { id: true, code: true },
  });
  const found = await unitCalled(
    context,
    { ...campaign, title: '', zone: draw.zone, status: 'published' },
    unit,
  );
  if (found.kind === 'unknown' || found.campaign.id !== draw.campaignId)
    return tell({ key: 'draw:unit-unknown', params: { name: unit.slice(0, 40) } });
  const kept = draw.excluded.filter((one) => one.unit !== found.unit.code);
  await keepOut(context.run, draw.id, [...kept, { unit: found.unit.code, words: reason }]);
  audit(context, own, 'excluded', { unit: found.unit.code, reason });
  tell({ key: 'draw:exclude.done', params: { name: found.unit.name, code, reason } });
}
