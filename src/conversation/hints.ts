import type { ReplyKind } from '../flow/reply.ts';
import type { Line } from '../flow/say.ts';
import type { WaitingTurn } from '../store/turns.ts';
import { fileBytesMax } from './files.ts';

/** One polite line for a message that nothing can be done with; null for words, which are answered otherwise. */
export function kindHint(kind: ReplyKind, attachments: WaitingTurn['attachments']): Line | null {
  const refused = attachments.find((file) => file.status !== 'stored');
  switch (kind) {
    case 'text':
      return null;
    case 'media':
    case 'binary':
      if (refused !== undefined)
        return {
          key: refused.status === 'lost' ? 'conversation:file.lost' : 'conversation:file.refused',
          params: { mb: fileBytesMax / 1024 / 1024 },
        };
      return { key: 'conversation:file.unasked' };
    case 'place':
      return { key: 'conversation:place.unasked' };
    case 'sticker':
    case 'voice':
    case 'forwarded':
    case 'red-packet':
    case 'other':
      return { key: 'conversation:kind.unread' };
  }
}
