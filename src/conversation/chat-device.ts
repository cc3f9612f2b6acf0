import { dateOf, timeOf } from '../campaign/instant.ts';
import { isClosingSlot, type Mark, marksOf } from '../satisfaction/signals.ts';
import {
  type CountedSlot,
  countedSlots,
  type DeviceNote,
  noteDevices,
  ratedBy,
  saltOf,
  slotMinutes,
} from '../store/devices.ts';
import type { CampaignFacts } from '../store/library.ts';
import type { Conversation } from './converse.ts';

/** Who writes in a chat is a device as well, for limits and signs of tampering: of their address the day's hash alone is kept. */
type Chat = Pick<Conversation, 'run' | 'keys' | 'at'> & { turn: Pick<Conversation['turn'], 'urn'> };

/** Whether somebody in a chat has rated a unit as often today as the campaign allows (`ratings.perDeviceDay`). */
export async function hasRatedEnough(
  chat: Chat,
  { zone, ratings: rules }: CampaignFacts,
  unitId: string | null,
): Promise<boolean> {
  const day = dateOf(chat.at, zone);
  return (await ratedBy(chat.run, day, await noteOf(chat, day, unitId))) >= rules.perDeviceDay;
}

/** What a rating of a unit bears of signs that show at once; it is counted for the limits of the day. */
export async function chatMarks(
  chat: Chat,
  { zone, ratings: rules }: CampaignFacts,
  unitId: string | null,
): Promise<{ marks: Mark[]; counted: CountedSlot[] }> {
  const { run, at } = chat;
  const day = dateOf(at, zone);
  const [hours = 0, minutes = 0] = timeOf(at, zone).split(':').map(Number);
  const slot = Math.floor((hours * 60 + minutes) / slotMinutes);
  const notes = [await noteOf(chat, day, unitId)];
  const [facts] = await noteDevices(run, day, slot, notes);
  const marks = marksOf(
    {
      // Messages may be taken long after they were written, all at once: what was fast is not known.
      seconds: null,
      windowsToday: facts?.units ?? 0,
      burst: {
        slotCount: facts?.slotCount ?? 0,
        usualSlot: facts?.usualSlot ?? null,
        isClosingSlot: isClosingSlot(slot, slotMinutes, rules),
      },
      fromStaffNetwork: false,
    },
    rules,
  );
  return { marks, counted: countedSlots(day, slot, notes) };
}

async function noteOf({ run, keys, turn }: Chat, day: string, unitId: string | null): Promise<DeviceNote> {
  return { token: keys.token(await saltOf(run, day), `chat ${turn.urn}`).toString('hex'), unitId };
}
