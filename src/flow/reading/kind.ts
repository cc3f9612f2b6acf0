import type { Reply } from '../reply.ts';
import type { SentenceKey } from '../say.ts';

/**
 * The one polite hint for a message of a kind that answers no question; undefined for words, media and places. A photo
 * sent as a file is looked at where photos are asked for.
 */
export function hintForKind({ kind, attachments }: Reply, wantsPhoto: boolean): SentenceKey | undefined {
  if (wantsPhoto && attachments.length > 0) return undefined;
  switch (kind) {
    case 'text':
    case 'media':
    case 'place':
      return undefined;
    case 'sticker':
      return 'flow:hint.kind.sticker';
    case 'voice':
      return 'flow:hint.kind.voice';
    case 'forwarded':
      return 'flow:hint.kind.forwarded';
    case 'red-packet':
      return 'flow:hint.kind.red-packet';
    case 'binary':
      return 'flow:hint.kind.binary';
    case 'other':
      return 'flow:hint.kind.other';
  }
}
