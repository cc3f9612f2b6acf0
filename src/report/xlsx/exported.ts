import type { Calendar } from '../../campaign/calendar.ts';
import type { Lamp } from '../../campaign/rectification/lamp.ts';
import type { SentenceKey } from '../../flow/say.ts';
import type { Language, Text } from '../../flow/text.ts';
import type { Reading } from '../../store/exports.ts';
import type { Library } from '../../store/library.ts';
import type { Sheet } from './sheet.ts';

/** What every export goes by. `at`: the instant (ISO) that is read. */
export interface ExportFacts {
  campaignId: string;
  code: string;
  title: Text;
  zone: string;
  lamps: readonly Lamp[];
  calendar: Calendar;
  language: Language;
  at: string;
  reading: Reading;
  library: Library;
}

/** The sheets of one export; `total` rows of data, and what a reader must know of them. */
export interface Exported {
  total: number;
  sheets: Sheet[];
  notes: SentenceKey[];
}
