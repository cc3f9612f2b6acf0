import { z } from 'zod';
import { type Clock, machineClock, rehearsalClock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Database } from './database.ts';
import { StartFault } from './embedded/fault.ts';

/** Which time a database lives in; decided by the first service that starts on it. */
const ClockSetting = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('live') }),
  z.object({
    mode: z.literal('rehearsal'),
    written: z.string(),
    begin: z.iso.datetime(),
    speed: z.number(),
    /** The machine's moment at which the rehearsal began: all processes, and a restart, share its time. */
    anchor: z.iso.datetime(),
  }),
]);
type ClockSetting = z.infer<typeof ClockSetting>;

/**
 * The clock of this database: the machine's, or a rehearsal's. Live data and a rehearsal never share a database.
 * @throws StartFault `holds-live`, `holds-rehearsal`
 */
export async function clockOf(
  database: Database,
  rehearsal: Config['rehearsal'],
): Promise<{ clock: Clock; rehearsal: boolean }> {
  const { prisma } = database;
  const row = await prisma.setting.findUnique({ where: { key: 'clock' } });
  const known = row === null ? null : ClockSetting.parse(row.value);
  const isLive = known === null ? await isPublishedInto(prisma) : known.mode === 'live';
  if (isLive && rehearsal !== null) throw new StartFault('holds-live');
  if (known?.mode === 'rehearsal') {
    // Another moment or speed would move its time back, or let days pass that nobody played.
    if (known.written !== rehearsal?.written)
      throw new StartFault('holds-rehearsal', { clock: known.written });
    return clockFrom(known);
  }
  const setting: ClockSetting =
    rehearsal === null
      ? { mode: 'live' }
      : {
          mode: 'rehearsal',
          written: rehearsal.written,
          begin: rehearsal.begin.toISOString(),
          speed: rehearsal.speed,
          anchor: machineClock.now().toISOString(),
        };
  if (known !== null) return clockFrom(setting);
  const { count } = await prisma.setting.createMany({
    data: { key: 'clock', value: setting },
    skipDuplicates: true,
  });
  // Another service that starts in the same moment was faster: what it has written holds.
  return count === 1 ? clockFrom(setting) : clockOf(database, rehearsal);
}

/** The command line published here before any service ran: in the machine's time. */
async function isPublishedInto(prisma: Database['prisma']): Promise<boolean> {
  return (await prisma.campaign.count({ where: { status: { not: 'draft' } } })) > 0;
}

/** The clock that the database has already, for a command beside the service; the machine's on an empty one. */
export async function presentClock({ prisma }: Database): Promise<{ clock: Clock; rehearsal: boolean }> {
  const row = await prisma.setting.findUnique({ where: { key: 'clock' } });
  return row === null ? { clock: machineClock, rehearsal: false } : clockFrom(ClockSetting.parse(row.value));
}

function clockFrom(setting: ClockSetting): { clock: Clock; rehearsal: boolean } {
  if (setting.mode === 'live') return { clock: machineClock, rehearsal: false };
  const { begin, anchor, speed } = setting;
  return { clock: rehearsalClock(new Date(begin), new Date(anchor), speed), rehearsal: true };
}
