import type { Role } from '../campaign/definition.ts';
import type { TurnOptions } from '../conversation/turn.ts';
import type { Line, Say, SentenceKey } from '../flow/say.ts';
import type { Language, Text } from '../flow/text.ts';
import { allowedTo, type CommandName, type HeldRole, mayGive, readsCampaign } from '../roles.ts';
import type { Transaction } from '../store/database.ts';
import type { WaitingTurn } from '../store/turns.ts';
import type { Run, Writes } from '../store/writes.ts';
import type { OfferedForm } from './forms/form.ts';

export { type Role, roles } from '../campaign/definition.ts';

/** Something people can type, in any channel. One file a command; `registry.ts` lists them, `roles.ts` says who may. */
export interface Command {
  /** The word after `/duban`, and its row in the table of roles. */
  name: CommandName;
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
  /**
   * In a room it also works without addressing the bot, when the room belongs to a campaign; `everywhere`: in any room,
   * for what can be meant for nobody else.
   */
  bare: boolean | 'everywhere';
  /** It is about one campaign: whoever has a part in several is told which, and how to get at another. */
  ofCampaign?: true;
  /**
   * Whoever does not see a whole campaign, and has chosen none, is answered about all of theirs, and each row names its own
   * (see {@link namedRows}).
   */
  ofAll?: true;
  /** It lists what somebody's units owe in the campaign: what they owe in their others is said behind it. */
  showsOwed?: true;
  /** What follows its word may be what a unit of the campaign goes by, however short. */
  namesUnit?: true;
  /** What follows its word may be the code of a campaign, which it reads for itself. */
  namesCampaign?: true;
  /** One line for the help. */
  help: SentenceKey;
  run(context: CommandContext, rest: string): Promise<void>;
  /**
   * What is asked, field by field, when nothing stands behind the word; null when the word alone means something to this person,
   * and `run` is to hear it.
   */
  form?(context: CommandContext): Promise<OfferedForm | null>;
}

/** What a command is called where it is written about, in both languages: which is read is settled when it is said. */
export function wordOf({ words, name }: Pick<Command, 'words' | 'name'>): Text {
  return { 'zh-CN': words['zh-CN'][0] ?? name, en: words.en[0] ?? name };
}

/** A role that the person has. */
export interface PersonRole extends HeldRole {
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
  /** Of several they chose `campaign`, in private: lists keep to it. */
  isChosen: boolean;
  /** The campaign that the task or problem is of which the command turned out to be about: that, too, is kept in the audit log. */
  concern: { campaignId: string | null };
  /** The field of its form that the command could make nothing of, and said so: where a form asked for it, it is asked again. */
  misread: { field: string | null };
  /** Answers where the command was given. */
  reply(...lines: Line[]): void;
  /** As `reply`, with options to tap or choose from. */
  ask(say: Say): void;
  /** Answers to the person alone: in private, or unseen by others where the channel can. */
  replyPrivately(say: Say): void;
}

/** A role in the campaign in question, whatever it is for. */
export function hasRole(context: Pick<CommandContext, 'roles' | 'campaign'>, role: Role): boolean {
  const { roles, campaign } = context;
  return roles.some(
    (own) => own.role === role && (own.campaignId === null || own.campaignId === campaign?.id),
  );
}

/** Whether the table of roles lets this person give the command, in the campaign in question. */
export function isAllowed(
  { roles, campaign }: Pick<CommandContext, 'roles' | 'campaign'>,
  { name }: Pick<Command, 'name'>,
): boolean {
  return mayGive(name, roles, campaign?.id ?? null);
}

export function isForAnyone({ name }: Pick<Command, 'name'>): boolean {
  return allowedTo(name) === 'anyone';
}

/** Whether this person sees the whole campaign and not only what concerns their own units. */
export function seesCampaign({ roles, campaign }: Pick<CommandContext, 'roles' | 'campaign'>): boolean {
  return readsCampaign(roles, campaign?.id ?? null);
}
