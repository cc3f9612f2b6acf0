import { z } from 'zod';

/** The parts we read of what Slack sends; the rest of each payload is dropped. Shapes: docs.slack.dev/reference/events. */

const id = z.string().regex(/^[A-Z0-9]{1,60}$/);
/** Seconds since 1970 and, after the point, what makes it unique within its channel. */
const timestamp = z.string().regex(/^\d{1,11}\.\d{1,6}$/);
const text = z.object({ text: z.string() });

export const SlackFile = z.object({
  id,
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().int().nonnegative().nullish(),
  /** `slack_audio` and `slack_video` are clips recorded in Slack, whatever their MIME type says. */
  subtype: z.string().nullish(),
  /** `tombstone` (deleted) and `hidden_by_limit` have nothing to fetch. */
  mode: z.string().nullish(),
  url_private_download: z.string().nullish(),
  url_private: z.string().nullish(),
});
export type SlackFile = z.infer<typeof SlackFile>;

/** Enough of an event to tell whether a person said something. */
export const MessageSkim = z.object({
  type: z.enum(['message', 'app_mention']),
  subtype: z.string().nullish(),
  hidden: z.boolean().nullish(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
});
export type MessageSkim = z.infer<typeof MessageSkim>;

export const MessageEvent = z.object({
  type: z.enum(['message', 'app_mention']),
  user: id,
  text: z.string().nullish(),
  ts: timestamp,
  channel: id,
  /** In a thread: who wrote the message it hangs on. */
  parent_user_id: z.string().nullish(),
  upload: z.boolean().nullish(),
  files: z.array(SlackFile).nullish(),
  attachments: z
    .array(z.object({ is_share: z.boolean().nullish(), is_msg_unfurl: z.boolean().nullish() }))
    .nullish(),
  blocks: z.unknown().optional(),
});
export type MessageEvent = z.infer<typeof MessageEvent>;

export const CommandBody = z.object({
  command: z.string().startsWith('/'),
  text: z.string().default(''),
  user_id: id,
  channel_id: id,
  trigger_id: z.string().min(1).max(200),
});
export type CommandBody = z.infer<typeof CommandBody>;

const Picked = z.object({ value: z.string(), text: text.optional() });

export const Action = z.object({
  type: z.string(),
  block_id: z.string(),
  value: z.string().optional(),
  text: text.optional(),
  selected_option: Picked.nullish(),
  action_ts: timestamp,
});
export type Action = z.infer<typeof Action>;

export const PressBody = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id }),
  channel: z.object({ id }).nullish(),
  trigger_id: z.string().min(1).max(200).nullish(),
  actions: z.array(Action).min(1),
  /** What is ticked now in the whole message, by block and action. */
  state: z
    .object({
      values: z.record(
        z.string(),
        z.record(z.string(), z.object({ selected_options: z.array(Picked).nullish() })),
      ),
    })
    .nullish(),
});
export type PressBody = z.infer<typeof PressBody>;

/** A dialog that was filled in: docs.slack.dev/reference/interaction-payloads/view-interactions-payload. */
export const SubmissionBody = z.object({
  type: z.literal('view_submission'),
  user: z.object({ id }),
  view: z.object({
    id,
    callback_id: z.string(),
    private_metadata: z.string().default(''),
    state: z.object({
      values: z.record(
        z.string(),
        z.record(
          z.string(),
          z.object({
            value: z.string().nullish(),
            selected_date: z.string().nullish(),
            selected_option: z.object({ value: z.string() }).nullish(),
          }),
        ),
      ),
    }),
  }),
});
export type SubmissionBody = z.infer<typeof SubmissionBody>;

/** An emoji inside a message's `rich_text`: Slack's text has only its name, here is the character itself. */
export const RichEmoji = z.object({
  type: z.literal('emoji'),
  name: z.string(),
  unicode: z.string().regex(/^[0-9a-f]{1,6}(-[0-9a-f]{1,6})*$/i),
  skin_tone: z.number().int().nullish(),
});
