import { SendFault } from '../channel.ts';
import { TooLate } from './timers.ts';

/** The gRPC status codes that say something about the line and not about the request. */
const lineCodes: Record<number, string> = {
  1: 'CANCELLED',
  4: 'DEADLINE_EXCEEDED',
  7: 'PERMISSION_DENIED',
  8: 'RESOURCE_EXHAUSTED',
  13: 'INTERNAL',
  14: 'UNAVAILABLE',
  15: 'DATA_LOSS',
  16: 'UNAUTHENTICATED',
};

/**
 * What a fault of the puppet means for a message. The messages of puppets quote addresses and texts, so none of their
 * words are kept. A call that took too long may have been carried out: trying again may say it twice, giving up would
 * say it never.
 */
export function toSendFault(fault: unknown): SendFault {
  if (fault instanceof SendFault) return fault;
  if (fault instanceof TooLate) return new SendFault('passing', fault.message);
  const words = fault instanceof Error ? fault.message : String(fault);
  if (/朋友验证|不是(他|她|对方)?.{0,6}(朋友|好友)|拒收|not (a |your )?friend|blocked by/i.test(words))
    return new SendFault('unreachable', 'WeChat does not deliver to this person');
  if (/频繁|too (many|fast|frequent)|rate.?limit/i.test(words))
    return new SendFault('rate', 'WeChat says it is too often', restMs);
  if (grpcCode(fault) === 12 || /unsupported|not (supported|implemented)/i.test(words))
    return new SendFault('refused', 'this puppet cannot send that');
  // With the line at fault it is no single message's doing.
  return new SendFault('passing', explain(fault), undefined, !isLineFault(fault));
}

/** How long an account rests after WeChat said that it does something too often, in ms. */
export const restMs = 10 * 60_000;

/** What may be said of a fault in a log or on the health page: kinds and codes, never a puppet's own words. */
export function explain(fault: unknown): string {
  const code = grpcCode(fault);
  if (code !== undefined && lineCodes[code] !== undefined) return `puppet service: ${lineCodes[code]}`;
  if (code !== undefined) return `puppet service: gRPC status ${code}`;
  const name = fault instanceof Error ? fault.name : typeof fault;
  const system = (fault as { code?: unknown } | null)?.code;
  return typeof system === 'string' ? `${name} ${system}` : name;
}

/** The fault is about the line: the same request may succeed on another day. */
export function isLineFault(fault: unknown): boolean {
  const code = grpcCode(fault);
  return fault instanceof TooLate || (code !== undefined && lineCodes[code] !== undefined);
}

function grpcCode(fault: unknown): number | undefined {
  const code = (fault as { code?: unknown } | null)?.code;
  return typeof code === 'number' ? code : undefined;
}
