import { Campaign } from '../campaign/definition.ts';
import type { Excluded, Frame, Inspector, Member } from '../campaign/draw/frame.ts';
import { ownRecusals, recusalOf } from '../campaign/draw/recusal.ts';
import type { Text } from '../flow/text.ts';
import type { DrawSubject, KeptOut, StoredDraw } from '../store/draws.ts';
import { lockCampaign } from '../store/publication.ts';
import {
  inspectorsIn,
  pathsOf,
  type RegisteredWindow,
  type StandingRecusals,
  standingRecusals,
  type UnitPath,
  weightsOf,
  windowsUnder,
} from '../store/registers.ts';
import type { Run } from '../store/writes.ts';
import { visitFrame } from './visit-frame.ts';

export interface FrozenFrame {
  frame: Frame;
  excluded: Excluded[];
}

/**
 * The registers of a draw as they stand at this moment, and who is kept out of them.
 * @param at now, ISO instant: what is past is not drawn
 * @returns `published` for a matrix whose campaign is no draft any more
 */
export async function frozenFrame(
  run: Run,
  draw: StoredDraw,
  at: string,
): Promise<FrozenFrame | 'published'> {
  const { subject } = draw;
  switch (subject.kind) {
    case 'task':
      return taskFrame(run, draw, subject);
    case 'windows':
      return windowFrame(run, draw, subject.unit, []);
    case 'teams':
      return teamsFrame(run, draw, subject);
    case 'matrix':
      return matrixFrame(run, draw, subject);
    case 'visits':
      return visitFrame(run, draw, subject, at);
    case 'frame':
      throw new Error(`the frame of draw ${draw.code} must be handed over`);
  }
}

/** The whole register of the target (JX-3.3), but for what the inspecting unit must not look at. */
async function taskFrame(
  run: Run,
  draw: StoredDraw,
  subject: Extract<DrawSubject, { kind: 'task' }>,
): Promise<FrozenFrame> {
  const recusals = await standingRecusals(run, draw.campaignId);
  return windowFrame(run, draw, subject.unit, recusals.ofUnits.get(subject.assigneeId) ?? []);
}

async function teamsFrame(
  run: Run,
  draw: StoredDraw,
  { unit, ownArea }: Extract<DrawSubject, { kind: 'teams' }>,
): Promise<FrozenFrame> {
  const { frame, excluded } = await windowFrame(run, draw, unit, [], true);
  return { frame: { ...frame, inspectors: await inspectorFrame(run, draw.campaignId, ownArea) }, excluded };
}

async function windowFrame(
  run: Run,
  { campaignId, plan, excluded }: StoredDraw,
  unit: string,
  avoids: Inspector['avoids'],
  isMatched = false,
): Promise<FrozenFrame> {
  const windows = await windowsUnder(run, campaignId, unit);
  const isWeighted = plan.kind !== 'matrix' && plan.weighted;
  const weights = isWeighted ? await weightsOf(run, campaignId) : new Map<string, number>();
  const keepsKind = plan.kind !== 'matrix' && plan.each !== null;
  const out: Excluded[] = [];
  const members = windows.flatMap((window): Member[] => {
    const reason = reasonFor(window, avoids, excluded);
    if (reason !== null) {
      out.push({ id: window.id, name: window.name, reason });
      return [];
    }
    const weight = weights.get(window.id);
    const { id, name, kind, within } = window;
    return [
      {
        id,
        ...(keepsKind ? { kind } : {}),
        name,
        ...(weight === undefined ? {} : { weight }),
        ...(isMatched ? { within } : {}),
      },
    ];
  });
  return { frame: { members, inspectors: [] }, excluded: out };
}

/** What was noted for a hall holds for its windows. */
function reasonFor(
  window: RegisteredWindow,
  avoids: Inspector['avoids'],
  kept: readonly KeptOut[],
): Excluded['reason'] | null {
  if (avoids.length === 0 && kept.length === 0) return null;
  const recusal = recusalOf({ avoids }, window);
  if (recusal !== null) return recusal;
  const found = kept.find(({ unit }) => window.within.includes(unit));
  return found === undefined ? null : { words: found.words };
}

/** The register of inspectors, each with everything that they must not inspect. */
async function inspectorFrame(run: Run, campaignId: string, ownArea: boolean): Promise<Inspector[]> {
  const people = await inspectorsIn(run, campaignId);
  const paths = new Map(
    (await pathsOf(run, campaignId, { ids: [...new Set(people.map(({ unitId }) => unitId))] })).map(
      (unit) => [unit.id, unit],
    ),
  );
  const recusals = await standingRecusals(run, campaignId);
  const inspectors = new Map<string, Inspector>();
  const inUnit = new Map<string, number>();
  for (const { contactId, unitId, title } of people) {
    const unit = paths.get(unitId);
    if (unit === undefined) continue;
    const number = (inUnit.get(unitId) ?? 0) + 1;
    inUnit.set(unitId, number);
    const known = inspectors.get(contactId);
    const avoids = [
      ...(known?.avoids ?? recusals.ofPeople.get(contactId) ?? []),
      ...avoidsOf(unit, ownArea, recusals),
    ];
    inspectors.set(contactId, {
      id: contactId,
      name: known?.name ?? title ?? numbered(unit.name, number),
      avoids,
    });
  }
  return [...inspectors.values()];
}

function avoidsOf(unit: UnitPath, ownArea: boolean, { ofUnits }: StandingRecusals): Inspector['avoids'] {
  return [...ownRecusals(unit.path, ownArea), ...(ofUnits.get(unit.id) ?? [])];
}

/** People go by their unit, and by a number where there are several: a draw needs no names. */
function numbered(unit: Text, number: number): Text {
  const add = (name: string) => `${name} #${number}`;
  return typeof unit === 'string' ? add(unit) : { 'zh-CN': add(unit['zh-CN']), en: add(unit.en) };
}

/** The participants of a draft's cross-inspection, each on both sides. */
async function matrixFrame(
  run: Run,
  { campaignId }: StoredDraw,
  { activity: code, ownArea }: Extract<DrawSubject, { kind: 'matrix' }>,
): Promise<FrozenFrame | 'published'> {
  const row = await lockCampaign(run, campaignId);
  if (row?.status !== 'draft') return 'published';
  const activity = Campaign.parse(row.definition).activities.find(({ id }) => id === code);
  const codes = activity?.mode === 'cross' ? (activity.participants ?? []) : [];
  const units = await pathsOf(run, campaignId, { codes });
  const recusals = await standingRecusals(run, campaignId);
  return {
    frame: {
      members: units.map(({ code: id, name, path }) => ({ id, name, within: path.map((one) => one.code) })),
      inspectors: units.map((unit) => ({
        id: unit.code,
        name: unit.name,
        avoids: avoidsOf(unit, ownArea, recusals),
      })),
    },
    excluded: [],
  };
}
