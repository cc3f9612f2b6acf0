import type { Response } from 'express';
import type { ConsoleDoors } from './doors.ts';

const pollMsDefault = 5000;

/**
 * Which conversations to look at: all at first and with each poll, one after a ring. Rings that come while the last
 * answer is being worked on are taken together. Ends with the page.
 */
export async function* dueConversations(
  doors: ConsoleDoors,
  as: string,
  conversations: (string | null)[],
  response: Response,
): AsyncGenerator<(string | null)[]> {
  let due = new Set(conversations);
  let ended = false;
  let wake = () => {};
  const add = (rooms: (string | null)[]) => {
    for (const room of rooms) due.add(room);
    wake();
  };
  const end = () => {
    ended = true;
    wake();
  };
  const stop = doors.doorbell.listen((address) => {
    const room = address === as ? null : address;
    if (conversations.includes(room)) add([room]);
  });
  const poll = setInterval(() => add(conversations), doors.pollMs ?? pollMsDefault);
  poll.unref();
  response.on('close', end);
  try {
    while (!ended) {
      const now = [...due];
      due = new Set();
      if (now.length > 0) yield now;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    clearInterval(poll);
    stop();
  }
}
