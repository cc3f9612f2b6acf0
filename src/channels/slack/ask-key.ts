/** The longest `block_id` and `action_id` Slack takes, in characters. */
const idMax = 255;

/** What a block of ours is for: an option that answers at once, the options to tick, the button that sends the ticked. */
export type AskPart = 'one' | 'pick' | 'send';

/** The `block_id` that brings target and question back with a press; undefined when they don't fit into one. */
export function askBlockId(part: AskPart, target: string, question: string): string | undefined {
  const id = `${part}:${encodeURIComponent(target)}/${encodeURIComponent(question)}`;
  return id.length > idMax ? undefined : id;
}

/** Undefined for a block that is not ours. */
export function readAskBlockId(id: string): { part: AskPart; target: string; question: string } | undefined {
  const found = /^(one|pick|send):([^/]*)\/([^/]*)$/.exec(id);
  if (found === null) return undefined;
  const [, part, target = '', question = ''] = found;
  try {
    return {
      part: part as AskPart,
      target: decodeURIComponent(target),
      question: decodeURIComponent(question),
    };
  } catch {
    // Not percent-encoded by us: somebody else's block.
    return undefined;
  }
}
