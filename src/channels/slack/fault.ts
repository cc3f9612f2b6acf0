import { webApi } from '@slack/bolt';
import { SendFault } from '../channel.ts';

/** Slack's own name for what went wrong (`channel_not_found`), when it answered at all. */
export function slackCode(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

/**
 * Says what a failed call means for the message. A code we don't know counts as passing and doubtful: it is tried again,
 * and set aside by the outbox after a few times. @param what the method, for the log; no address and no text
 */
export function toFault(error: unknown, what: string): SendFault {
  if (error instanceof SendFault) return error;
  if (error instanceof webApi.WebAPIRateLimitedError)
    return new SendFault('rate', `${what}: rate limited`, error.retryAfter * 1000);
  if (error instanceof webApi.WebAPIPlatformError) return fromCode(error, what);
  if (error instanceof webApi.WebAPIHTTPError)
    return new SendFault('passing', `${what}: HTTP ${error.statusCode}`);
  if (error instanceof webApi.WebAPIRequestError)
    return new SendFault('passing', `${what}: no connection (${whyNot(error.original)})`);
  const words = error instanceof Error ? error.message : String(error);
  return new SendFault('passing', `${what}: ${words}`, undefined, !isOfNetwork(error));
}

/** What `fetch` throws when a connection fails or takes too long. */
function isOfNetwork(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'TimeoutError' || (typeof error.cause === 'object' && error.cause !== null);
}

/** What the network says, `ENOTFOUND` or `TimeoutError`: behind fetch's "fetch failed". */
function whyNot({ cause, name }: Error): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : name;
}

/** The token is no good: nothing can be sent until an operator gives another. */
export function isTokenFault(code: string | undefined): boolean {
  return code !== undefined && token.has(code);
}

/** Slack can't be reached or is down: that is about no single message. */
export function isLineFault(error: unknown): boolean {
  if (error instanceof webApi.WebAPIHTTPError) return error.statusCode >= 500;
  return error instanceof webApi.WebAPIRequestError;
}

/** The blocks were refused, not the message: its text alone may still go. */
export function isBlocksFault(code: string | undefined): boolean {
  return code !== undefined && blocks.has(code);
}

function fromCode({ data }: webApi.WebAPIPlatformError, what: string): SendFault {
  // What is no JSON comes as a code too: a whole page of some proxy.
  if (!/^[a-z0-9_]{1,60}$/.test(data.error))
    return new SendFault('passing', `${what}: not an answer of Slack`);
  const kind = kindOf(data.error);
  const afterMs = (data.response_metadata?.retryAfter ?? 1) * 1000;
  const doubtful = kind === 'passing' && !passing.has(data.error);
  return new SendFault(kind, `${what}: ${data.error}`, kind === 'rate' ? afterMs : undefined, doubtful);
}

function kindOf(code: string): SendFault['kind'] {
  if (limited.has(code)) return 'rate';
  if (unreachable.has(code)) return 'unreachable';
  return refused.has(code) || token.has(code) || blocks.has(code) ? 'refused' : 'passing';
}

// The codes of chat.postMessage, chat.postEphemeral, chat.update, conversations.open and files.* as documented at
// docs.slack.dev/reference/methods.
const limited = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);

const passing = new Set(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable']);

const unreachable = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'user_not_visible',
  'user_not_in_channel',
  'cannot_dm_bot',
  'messages_tab_disabled',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'method_not_supported_for_channel_type',
  'external_channel_migrating',
  'slack_connect_canvas_sharing_blocked',
]);

const token = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'org_login_required',
]);

const blocks = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']);

const refused = new Set([
  'msg_too_long',
  'no_text',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'access_denied',
  'ekm_access_denied',
  'team_access_not_granted',
  'invalid_arguments',
  'invalid_arg_name',
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'file_not_found',
  'file_deleted',
  'file_uploads_disabled',
  'file_upload_size_restricted',
  'storage_limit_reached',
]);
