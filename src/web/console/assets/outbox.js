// What this page has yet to send. One message at a time, so that they arrive in the order they were written; each
// with an id of its own, so that one sent twice is stored once.

/**
 * @typedef {object} Item
 * @property {string} id
 * @property {string} as
 * @property {string | null} room
 * @property {boolean} addressed
 * @property {string} text
 * @property {{target: string, question: string, options: string[]}} [press]
 * @property {{file: File, mime: string, url: string}} [photo]
 * @property {'sending' | 'waiting' | 'failed' | 'refused' | 'stored'} state
 * @property {string} [fault]
 */

const delaysMs = [500, 1000, 2000, 4000, 8000, 15_000];
const textTimeoutMs = 20_000;
const photoTimeoutMs = 180_000;

/** @param {() => void} changed called after each change of an item */
export function openOutbox(changed) {
  /** @type {Item[]} */
  let items = [];
  let running = false;
  let tries = 0;
  let timer = 0;

  async function run() {
    if (running) return;
    running = true;
    clearTimeout(timer);
    for (let next = first(); next && (await sendOne(next)); next = first()) tries = 0;
    running = false;
  }

  const first = () => items.find((item) => item.state === 'sending' || item.state === 'waiting');

  /** @param {Item} item @returns {Promise<boolean>} whether the next one may follow */
  async function sendOne(item) {
    const fault = await post(item);
    if (fault === 'again') {
      const delay = delaysMs[tries++];
      // Those behind a message that cannot be sent wait for it: their order is part of what they say.
      for (const one of items) {
        if (one.state === 'sending' || one.state === 'waiting') one.state = delay ? 'waiting' : 'failed';
      }
      if (delay) timer = setTimeout(run, delay);
      else tries = 0;
    } else {
      item.state = fault ? 'refused' : 'stored';
      item.fault = fault;
    }
    changed();
    return fault !== 'again';
  }

  return {
    items: () => items,
    unsent: () => items.some((item) => ['sending', 'waiting', 'failed'].includes(item.state)),
    /** @param {Omit<Item, 'id' | 'state'>} message */
    add(message) {
      items.push({ ...message, id: crypto.randomUUID(), state: 'sending' });
      changed();
      run();
    },
    /** The network is back, or the person asks for another try. */
    retry() {
      for (const item of items) if (item.state === 'failed') item.state = 'waiting';
      tries = 0;
      changed();
      run();
    },
    /** The message is in the conversation now. @param {string} externalId */
    arrived(externalId) {
      const item = items.find((one) => `${one.as}/${one.id}` === externalId);
      if (item?.photo) URL.revokeObjectURL(item.photo.url);
      items = items.filter((one) => one !== item);
    },
  };
}

/** @param {Item} item @returns {Promise<string | undefined>} a fault, `again` when another try may help */
async function post({ id, as, room, addressed, text, press, photo }) {
  const common = { id, as, ...(room === null ? {} : { room }), addressed };
  const query = new URLSearchParams({ id, as, addressed: String(addressed) });
  if (room !== null) query.set('room', room);
  if (photo?.file.name) query.set('name', photo.file.name.slice(-200));
  try {
    const response = await fetch(`api/messages${photo ? `?${query}` : ''}`, {
      method: 'POST',
      headers: { 'Content-Type': photo ? photo.mime : 'application/json' },
      body: photo ? photo.file : JSON.stringify({ ...common, text, ...(press ? { press } : {}) }),
      signal: AbortSignal.timeout(photo ? photoTimeoutMs : textTimeoutMs),
    });
    if (response.ok) return undefined;
    if (response.status >= 500) return 'again';
    return (await response.json()).fault;
  } catch {
    // No answer, or not one of ours: whether it was stored is unknown, and the same id makes another try safe.
    return 'again';
  }
}
