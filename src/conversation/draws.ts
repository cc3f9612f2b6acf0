import { randomBytes } from 'node:crypto';
import { makeDraw } from '../campaign/draw/draw.ts';
import { type Excluded, type Frame, inOrder } from '../campaign/draw/frame.ts';
import type { DrawPlan } from '../campaign/draw/plan.ts';
import { commitmentOf, type DrawRecord, sealRecord } from '../campaign/draw/record.ts';
import type { Refused } from '../campaign/draw/refused.ts';
import { algorithm } from '../campaign/draw/stream.ts';
import { newCode } from '../short-code.ts';
import {
  type DrawSubject,
  drawCalled,
  drawsAbout,
  insertDraw,
  lockDraws,
  type StoredDraw,
  storeRecord,
  voidDraw,
} from '../store/draws.ts';
import type { Run } from '../store/writes.ts';
import { frozenFrame } from './draw-frame.ts';

/** A draw to be begun. `activity` is the code of the activity that it is for, which decides who may know of it. */
export interface WantedDraw {
  campaignId: string;
  activity: string | null;
  subject: DrawSubject;
  plan: DrawPlan;
  /** Why once more, when the same has been drawn before. */
  reason: string | null;
}

/**
 * `begun`: there is a new seed, and its hash is to be told now; `standing`: the same draw was begun before, and its seed
 * stands, so that nobody tries seeds; `again`: it was made before, and nobody said why once more.
 */
export type Begun =
  | { kind: 'begun'; draw: StoredDraw; voided: string | null }
  | { kind: 'standing'; draw: StoredDraw }
  | { kind: 'again'; draw: StoredDraw };

/**
 * Commits to a draw before its frame is known: a seed from the system's random source, of which only the hash is told. A
 * draw about the same thing that was begun with another plan, or for another reason, is void: its seed was never seen.
 * @param at now, ISO instant
 */
export async function beginDraw(
  run: Run,
  wanted: WantedDraw,
  by: string | null,
  at: string,
  seed = randomBytes(32).toString('hex'),
): Promise<Begun> {
  const { campaignId, subject, plan, reason } = wanted;
  await lockDraws(run, campaignId);
  const topic = topicOf(wanted, by);
  const known = await drawsAbout(run, campaignId, topic);
  const standing = known.find(({ status }) => status === 'begun');
  if (standing !== undefined && isSame(standing, wanted)) return { kind: 'standing', draw: standing };
  const made = known.findLast(({ status }) => status === 'done');
  if (made !== undefined && reason === null) return { kind: 'again', draw: made };
  if (standing !== undefined) await voidDraw(run, standing.id);
  const code = await freeCode(run);
  const commitment = commitmentOf(seed);
  await insertDraw(run, { ...wanted, code, topic, subject, plan, seed, commitment, reason, by, at });
  const draw = await drawCalled(run, code);
  if (draw === null) throw new Error(`draw ${code} is not there`);
  return { kind: 'begun', draw, voided: standing?.code ?? null };
}

export type Made =
  | { kind: 'made'; draw: StoredDraw; record: DrawRecord }
  | { kind: 'already'; draw: StoredDraw }
  | { kind: 'void'; draw: StoredDraw }
  | { kind: 'published'; draw: StoredDraw }
  | (Refused & { draw: StoredDraw });

/**
 * Freezes the frame, draws, and stores the record, in the caller's transaction; of two at once one does it. A draw that is
 * refused stays begun: its seed is not told, and may be used when the register has been put right.
 * @param given the frame of a draw about a `frame`; others read theirs from the registers
 */
export async function runDraw(
  run: Run,
  draw: StoredDraw,
  by: string | null,
  at: string,
  given?: { frame: Frame; excluded: Excluded[] },
): Promise<Made> {
  await lockDraws(run, draw.campaignId);
  const now = await drawCalled(run, draw.code);
  if (now === null) throw new Error(`draw ${draw.code} is not there`);
  if (now.status === 'done') return { kind: 'already', draw: now };
  if (now.status === 'void') return { kind: 'void', draw: now };
  const frozen = given ?? (await frozenFrame(run, now, at));
  if (frozen === 'published') return { kind: 'published', draw: now };
  const frame = inOrder(frozen.frame);
  const drawn = makeDraw(now.plan, frame, now.seed);
  if (drawn.kind === 'refused') return { ...drawn, draw: now };
  const earlier = (await drawsAbout(run, now.campaignId, now.topic)).filter(
    ({ status }) => status === 'done',
  );
  const record = sealRecord({
    duban: 'draw',
    algorithm,
    code: now.code,
    campaign: now.campaign,
    activity: now.activity,
    plan: now.plan,
    commitment: now.commitment,
    committedAt: now.begunAt.toISOString(),
    frozenAt: new Date(at).toISOString(),
    seed: now.seed,
    earlier: earlier.map(({ code }) => code),
    reason: now.reason,
    frame,
    excluded: frozen.excluded,
    result: drawn.result,
  });
  await storeRecord(run, now.id, record, by);
  return { kind: 'made', draw: now, record };
}

/**
 * One word for what a draw is about. One that belongs to no activity is its beginner's own business: what somebody else
 * prepares must not show in what they are answered.
 */
function topicOf({ subject, activity }: Pick<WantedDraw, 'subject' | 'activity'>, by: string | null): string {
  const owner = activity === null ? `:${by ?? ''}` : '';
  switch (subject.kind) {
    case 'task':
      return `task:${subject.number}`;
    case 'windows':
    case 'teams':
      return `${subject.kind}:${subject.unit}${owner}`;
    case 'matrix':
      return `matrix:${subject.activity}`;
    case 'visits':
      return `visits:${subject.activity}`;
    case 'frame':
      return `frame:${subject.topic}${owner}`;
  }
}

function isSame(draw: StoredDraw, { subject, plan, reason }: WantedDraw): boolean {
  const facts = (one: Pick<WantedDraw, 'subject' | 'plan' | 'reason'>) =>
    JSON.stringify([
      sorted(one.plan),
      'ownArea' in one.subject ? one.subject.ownArea : null,
      'inspectors' in one.subject ? one.subject.inspectors : null,
      one.reason,
    ]);
  return facts(draw) === facts({ subject, plan, reason });
}

/** A database gives the keys of an object back in an order of its own. */
function sorted(value: object): [string, unknown][] {
  return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Tries at a code that is not taken yet; see `newCode` for how many there are. */
const triesMax = 5;

/** By chance and not in a row: a gap would tell that there is a draw which is kept secret. */
async function freeCode(run: Run): Promise<string> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const code = newCode();
    if ((await drawCalled(run, code)) === null) return code;
  }
  throw new Error('no free code for a draw found');
}
