// The conversations of one persona: what was said, what is still to be sent, what is unread.
import { askName } from './ask.js';
import { at } from './element.js';
import { drawEntry, drawPending } from './entry.js';

/** How many messages of a conversation the page holds; the older ones go. */
const entriesMax = 1000;
const seenKept = 'duban-seen';

/**
 * @param {string} as
 * @param {string | null} zone
 * @param {ReturnType<typeof import('./outbox.js').openOutbox>} outbox
 * @param {() => void} unreadChanged
 */
export function openTalk(as, zone, outbox, unreadChanged) {
  /** Entries by conversation and id, with the element that shows each. @type {Map<string, Map<string, any>>} */
  const conversations = new Map();
  /** The last position read, by persona and conversation; of this tab, which may be one of several people. */
  const seen = JSON.parse(sessionStorage.getItem(seenKept) ?? '{}');
  /** @type {string | null} */
  let room = null;

  const entriesOf = (/** @type {string | null} */ one) => {
    const key = one ?? '';
    if (!conversations.has(key)) conversations.set(key, new Map());
    return /** @type {Map<string, any>} */ (conversations.get(key));
  };

  /** @type {import('./ask.js').Press} */
  const press = (ask, options, byKey) => {
    outbox.add({
      as,
      room,
      addressed: true,
      text: options.map((option) => option.label).join('、'),
      press: { target: ask.target, question: ask.question, options: options.map((option) => option.id) },
    });
    // The pressed button is about to go, and with it the place of somebody who uses the keyboard.
    if (byKey) at('text').focus();
  };

  /** Puts one entry where it belongs on the screen. @param {any} held */
  function show(held) {
    const drawn = drawEntry(held.entry, { as, zone, press });
    const focused = held.drawn?.contains(document.activeElement);
    if (held.drawn) held.drawn.replaceWith(drawn);
    else {
      let after = at('entries').lastElementChild;
      while (after && Number(after.getAttribute('data-position')) > held.entry.position)
        after = after.previousElementSibling;
      if (after) after.after(drawn);
      else at('entries').prepend(drawn);
    }
    drawn.dataset.position = String(held.entry.position);
    held.drawn = drawn;
    if (focused) at('text').focus();
  }

  function markSeen() {
    const last = Math.max(0, ...[...entriesOf(room).values()].map((held) => held.entry.position));
    seen[`${as} ${room ?? ''}`] = last;
    sessionStorage.setItem(seenKept, JSON.stringify(seen));
    unreadChanged();
  }

  function drawWaiting() {
    const mine = outbox.items().filter((item) => item.as === as && item.room === room);
    at('pending').replaceChildren(...mine.map((item) => drawPending(item, outbox.retry)));
    const pressed = mine.flatMap((item) =>
      item.press && ['sending', 'waiting'].includes(item.state) ? [askName(item.press)] : [],
    );
    for (const box of at('entries').querySelectorAll('fieldset'))
      box.disabled = pressed.includes(box.dataset.ask ?? '');
    at('empty').hidden = entriesOf(room).size + mine.length > 0;
  }

  return {
    /** Shows another conversation, or the same one in another language. @param {string | null} next */
    open(next) {
      room = next;
      at('entries').replaceChildren();
      const inOrder = [...entriesOf(room).values()].sort((a, b) => a.entry.position - b.entry.position);
      for (const held of inOrder) {
        held.drawn = null;
        show(held);
      }
      drawWaiting();
      markSeen();
      toEnd();
    },
    /** @param {{room: string | null, entry: any}} news */
    receive({ room: where, entry }) {
      const entries = entriesOf(where);
      const held = entries.get(entry.id) ?? { drawn: null };
      held.entry = entry;
      entries.set(entry.id, held);
      if (entry.externalId) outbox.arrived(entry.externalId);
      if (where === room) {
        keepingEnd(() => {
          show(held);
          forget(entries);
          drawWaiting();
        }, entry.author?.urn === as);
        markSeen();
      } else unreadChanged();
    },
    /** What waits to be sent has changed. */
    waiting: (/** @type {boolean} */ own) => keepingEnd(drawWaiting, own),
    /** @param {string | null} one */
    unread(one) {
      const until = seen[`${as} ${one ?? ''}`] ?? 0;
      return [...entriesOf(one).values()].some(
        ({ entry }) => entry.position > until && entry.author?.urn !== as,
      );
    },
  };
}

/** @param {Map<string, any>} entries */
function forget(entries) {
  if (entries.size <= entriesMax) return;
  const oldest = [...entries.values()].reduce((a, b) => (a.entry.position < b.entry.position ? a : b));
  oldest.drawn?.remove();
  entries.delete(oldest.entry.id);
}

/** Whether the reader is at the end, and wants to stay there. */
let atEnd = true;

/** Lets the conversation follow its end, also when a photo grows into its place. */
export function followEnd() {
  const log = at('log');
  // The keyboard must reach it to scroll.
  log.tabIndex = 0;
  log.onscroll = () => {
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    if (atEnd) at('below').hidden = true;
  };
  log.addEventListener('load', () => atEnd && toEnd(), true);
}

/** Somebody who reads further up is told of news instead of moved. */
function keepingEnd(/** @type {() => void} */ change, /** @type {boolean} */ own) {
  const height = at('log').scrollHeight;
  change();
  if (atEnd || own) toEnd();
  else if (at('log').scrollHeight > height) at('below').hidden = false;
}

export function toEnd() {
  atEnd = true;
  at('log').scrollTop = at('log').scrollHeight;
  at('below').hidden = true;
}
