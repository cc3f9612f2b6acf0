import type audit from '../../locales/zh-CN/audit.json';
import type campaign from '../../locales/zh-CN/campaign.json';
import type cases from '../../locales/zh-CN/cases.json';
import type charts from '../../locales/zh-CN/charts.json';
import type cli from '../../locales/zh-CN/cli.json';
import type codes from '../../locales/zh-CN/codes.json';
import type commands from '../../locales/zh-CN/commands.json';
import type conversation from '../../locales/zh-CN/conversation.json';
import type desk from '../../locales/zh-CN/desk.json';
import type docx from '../../locales/zh-CN/docx.json';
import type draw from '../../locales/zh-CN/draw.json';
import type exports from '../../locales/zh-CN/exports.json';
import type files from '../../locales/zh-CN/files.json';
import type flow from '../../locales/zh-CN/flow.json';
import type forms from '../../locales/zh-CN/forms.json';
import type ledger from '../../locales/zh-CN/ledger.json';
import type modes from '../../locales/zh-CN/modes.json';
import type ratings from '../../locales/zh-CN/ratings.json';
import type results from '../../locales/zh-CN/results.json';
import type roster from '../../locales/zh-CN/roster.json';
import type survey from '../../locales/zh-CN/survey.json';
import type web from '../../locales/zh-CN/web.json';
import type { Text } from './text.ts';

/** Every sentence Duban can say, by the file under `locales/<language>/` that holds it. */
export type SentenceKey =
  | `audit:${keyof typeof audit}`
  | `campaign:${keyof typeof campaign}`
  | `cases:${keyof typeof cases}`
  | `charts:${keyof typeof charts}`
  | `cli:${keyof typeof cli}`
  | `codes:${keyof typeof codes}`
  | `commands:${keyof typeof commands}`
  | `conversation:${keyof typeof conversation}`
  | `desk:${keyof typeof desk}`
  | `docx:${keyof typeof docx}`
  | `draw:${keyof typeof draw}`
  | `exports:${keyof typeof exports}`
  | `files:${keyof typeof files}`
  | `flow:${keyof typeof flow}`
  | `forms:${keyof typeof forms}`
  | `ledger:${keyof typeof ledger}`
  | `modes:${keyof typeof modes}`
  | `ratings:${keyof typeof ratings}`
  | `results:${keyof typeof results}`
  | `roster:${keyof typeof roster}`
  | `survey:${keyof typeof survey}`
  | `web:${keyof typeof web}`;

/**
 * A value inside a sentence. Dates and instants are written in the reader's language when the message is sent,
 * `key` is a phrase of our own, and an object by language is an author's wording.
 */
export type Param =
  | string
  | number
  | Text
  | { date: string }
  | { instant: string; zone: string }
  | { key: SentenceKey; params?: Params }
  | { list: Param[] };
export interface Params {
  [name: string]: Param;
}

/** One paragraph: a sentence of ours, or an author's own words. */
export type Line = { key: SentenceKey; params?: Params } | { text: Text };

/** One thing that can be chosen or tapped in answer. */
export interface Option {
  id: string;
  label: Text | { key: SentenceKey; params?: Params };
}

/** What a message asks for; channels with buttons draw them, the others number the options. */
export interface Ask {
  /** Who gets the press: `session:<id>` or `command:<name>`; opaque to channels. */
  target: string;
  /** The question of the flow, or the command's argument. */
  question: string;
  options: Option[];
  many: boolean;
  /** Taps on this ask are answers only; numbered text is shown where there are no buttons. */
  numbered: boolean;
  /** The lines print what the id of each option begins with, a number or a code: typed alone it is that option. */
  typed?: true;
}

/** A message as it is kept: in no language, for no channel. */
export interface Say {
  lines: Line[];
  ask?: Ask;
  /** Attachments of ours or other people's to send along, by id. */
  attachments?: string[];
}
