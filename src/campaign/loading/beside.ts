/**
 * A file that a campaign file names: its words, or why they can't be had. `name` is what people know it by, one name a
 * file however it was written: circles are found by it.
 */
export type Beside =
  | { kind: 'text'; name: string; text: string }
  | { kind: 'missing'; name: string }
  | { kind: 'outside'; name: string }
  | { kind: 'too-big'; name: string; limitMb: number }
  | { kind: 'unreadable'; name: string; reason: string };

/**
 * Opens what is `wanted` by the file called `from` (null: the campaign file itself). A bare name is looked for among the
 * libraries, anything with a slash or a dot beside the file that names it.
 */
export type OpenBeside = (wanted: string, from: string | null) => Beside;

/** Where there is nothing beside a text, as in a test or a message. */
export const nothingBeside: OpenBeside = (wanted) => ({ kind: 'missing', name: wanted });
