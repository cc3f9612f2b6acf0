import type { TurnOptions } from '../conversation/turn.ts';
import type { Line, Say, SentenceKey } from '../flow/say.ts';
import type { Language, Text } from '../flow/text.ts';
import type { Transaction } from '../store/database.ts';
import type { WaitingTurn } from '../store/turns.ts';
import type { Run, Writes } from '../store/writes.ts';

export const roles = ['coordinator', 'inspector', 'liaison', 'leader', 'citizen'] as const;
export type Role = (typeof roles)[number];

/** Something people can type, in any channel. One file a command; `registry.ts` lists them. */
export interface Command {
  /** The word after `/duban`; also how the help orders them. */
  name: string;
  /** Words that mean it, the one shown first; lower case. The name itself always works after `/duban`. */
  words: Record<Language, string[]>;
  /**
   * What may follow the word; null when nothing may. Kept narrow, so that talk is not taken for a command: after
   * `/duban` anything may follow, and the command itself says what is wrong with it. `words` is a person's own
   * sentence: it comes as typed, and must stand apart from the word that gives the command. `numbered` is the number of a
   * problem, and a sentence behind it, as typed; without a number the word may be an answer too (接受), so that an open
   * question comes first. `receipt` is a receipt of a rating, and what somebody writes behind it, as typed.
   */
  takes: RegExp | 'words' | 'numbered' | 'receipt' | null;
  /** Who may use it. */
  allowed: 'anyone' | Role[];
  /**
   * In a room it also works without addressing the bot, when the room belongs to a campaign; `everywhere`: in any room,
   * for what can be meant for nobody else.
   */
  bare: boolean | 'everywhere';
  /** It is about one campaign: whoever has a part in several is told which, and how to get at another. */
  ofCampaign?: true;
  /** What follows its word may be the code of a campaign, which it reads for itself. */
  namesCampaign?: true;
  /** One line for the help. */
  help: SentenceKey;
  run(context: CommandContext, rest: string): Promise<void>;
}

/** A role that the person has. */
export interface PersonRole {
  role: Role;
  campaignId: string | null;
  unitId: string | null;
  unitName: Text | null;
}

/** The campaign a command is about: the room's, else the person's own, else the newest that is published. */
export interface CampaignInQuestion {
  id: string;
  code: string;
  title: Text;
  zone: string;
  status: 'draft' | 'published' | 'closed';
}

export interface CommandContext extends TurnOptions {
  run: Run;
  transaction: Transaction;
  turn: WaitingTurn;
  /** Now, as an ISO instant. */
  at: string;
  /** Rows added here are written when the command is done, in the same transaction. */
  writes: Writes;
  roles: PersonRole[];
  /** The room the command was given in; null in private, and `campaignId` null while it is tied to no campaign. */
  room: { urn: string; campaignId: string | null; purpose: string } | null;
  campaign: CampaignInQuestion | null;
  /** All in which the person has a part, not closed, the newest first. */
  campaigns: CampaignInQuestion[];
  /** Answers where the command was given. */
  reply(...lines: Line[]): void;
  /** As `reply`, with options to tap or choose from. */
  ask(say: Say): void;
  /** Answers to the person alone: in private, or unseen by others where the channel can. */
  replyPrivately(say: Say): void;
}

export function hasRole(context: Pick<CommandContext, 'roles' | 'campaign'>, role: Role): boolean {
  const { roles, campaign } = context;
  return roles.some(
    (own) => own.role === role && (own.campaignId === null || own.campaignId === campaign?.id),
  );
}
