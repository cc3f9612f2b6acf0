// The console page: choose who you are, choose a conversation, talk to the bot.
import { at, element } from './element.js';
import { clockTime } from './entry.js';
import { setLimits } from './fault.js';
import { openOutbox } from './outbox.js';
import { openPhotos } from './photos.js';
import { listen } from './stream.js';
import { followEnd, openTalk, toEnd } from './talk.js';
import { currentLanguage, loadWords, otherLanguage, word, worded, writeWords } from './words.js';

const retryMs = 2000;

/** Who and where, by the address of the page, so that a person can be bookmarked and a tab be reloaded. */
let place = readPlace();
let state = 'connecting';
let now = '';
/** @type {ReturnType<typeof openTalk> | null} */
let talk = null;
let hangUp = () => {};

const who = await untilAnswered(async () => {
  await loadWords();
  return (await fetch('api/who')).json();
});
now = who.now;
setLimits(who.photo);
const outbox = openOutbox(() => talk?.waiting(false));
const photos = openPhotos(who.photo);
start();

function start() {
  at('language').onclick = () => {
    otherLanguage();
    draw();
    photos.draw();
    talk?.open(place.room);
  };
  at('change').onclick = () => go({ as: null, room: null });
  at('below').onclick = toEnd;
  followEnd();
  at('composer').onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    send();
  };
  at('text').onkeydown = (/** @type {KeyboardEvent} */ event) => {
    // While Chinese is being composed, Enter belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  window.onpopstate = () => {
    place = readPlace();
    enter();
  };
  window.onbeforeunload = (event) => {
    // What is not sent yet would be lost with the page.
    if (outbox.unsent()) event.preventDefault();
  };
  enter();
}

/** Becomes the person the address names, and listens for them. */
function enter() {
  hangUp();
  const persona = who.personas.find((/** @type {any} */ one) => one.urn === place.as);
  if (!persona) place = { as: null, room: null };
  if (!roomsOf(place.as).some((/** @type {any} */ one) => one.urn === place.room)) place.room = null;
  talk = persona ? openTalk(persona.urn, who.zone, outbox, drawConversations) : null;
  hangUp = talk ? listenAs(persona.urn, talk) : () => {};
  draw();
  talk?.open(place.room);
  if (talk) at('text').focus();
  else at('pick-title').focus();
}

/** @param {string} as @param {ReturnType<typeof openTalk>} to */
function listenAs(as, to) {
  return listen(as, {
    entry: to.receive,
    ready: outbox.retry,
    now: (instant) => {
      now = instant;
      drawHead();
    },
    state: (next) => {
      state = next;
      drawHead();
    },
  });
}

function send() {
  if (place.as === null) return;
  const addressed = place.room === null || at('addressed').checked;
  const common = { as: place.as, room: place.room, addressed };
  for (const photo of photos.take()) outbox.add({ ...common, text: '', photo });
  const text = at('text').value;
  if (text.trim() !== '') outbox.add({ ...common, text });
  at('text').value = '';
  at('fault').textContent = '';
  at('text').focus();
  toEnd();
}

function draw() {
  writeWords();
  drawHead();
  at('pick').hidden = talk !== null;
  at('talk').hidden = talk === null;
  at('language').lang = currentLanguage() === 'en' ? 'zh-CN' : 'en';
  at('personas').replaceChildren(
    ...who.personas.map((/** @type {any} */ persona) =>
      element(
        'button',
        { type: 'button', className: 'persona', onclick: () => go({ as: persona.urn, room: null }) },
        worded(persona.title),
      ),
    ),
  );
  if (talk) drawConversations();
}

function drawHead() {
  at('rehearsal').hidden = !who.rehearsal;
  at('now').textContent = clockTime(now, who.zone, true);
  at('state').className = state;
  at('state').textContent = talk ? word(`state-${state}`) : '';
}

/** The list of conversations, with a dot where something is unread. */
function drawConversations() {
  if (!talk) return;
  const persona = who.personas.find((/** @type {any} */ one) => one.urn === place.as);
  at('you').textContent = word('you-are', { title: worded(persona.title) });
  const all = [{ urn: null, title: word('private') }, ...roomsOf(place.as)];
  const focused = document.activeElement?.getAttribute('data-room');
  at('conversations').replaceChildren(
    ...all.map(({ urn, title }) => {
      const unread = urn !== place.room && talk?.unread(urn);
      const dot =
        unread &&
        element('span', { className: 'dot' }, element('span', { className: 'unseen' }, word('unread')));
      const button = element(
        'button',
        {
          type: 'button',
          ariaCurrent: String(urn === place.room),
          onclick: () => go({ as: place.as, room: urn }),
        },
        element('bdi', {}, worded(title)),
        dot,
      );
      button.dataset.room = urn ?? '';
      return button;
    }),
  );
  const again = [...at('conversations').children].find(
    (button) => button.getAttribute('data-room') === focused,
  );
  if (again instanceof HTMLElement) again.focus();
  const here = all.find(({ urn }) => urn === place.room);
  at('place').textContent = worded(here?.title ?? '');
  at('to-bot').hidden = place.room === null;
  const unread = all.some(({ urn }) => urn !== place.room && talk?.unread(urn));
  document.title = `${unread ? '● ' : ''}${who.rehearsal ? `${word('rehearsal')} ` : ''}${word('title')} · ${worded(persona.title)}`;
}

/** @param {string | null} as */
function roomsOf(as) {
  return who.rooms.filter((/** @type {any} */ room) => as !== null && (room.members?.includes(as) ?? true));
}

/** @param {{as: string | null, room: string | null}} next */
function go(next) {
  const same = next.as === place.as;
  place = next;
  const query = new URLSearchParams();
  if (next.as !== null) query.set('as', next.as);
  if (next.room !== null) query.set('room', next.room);
  history.pushState(null, '', query.size > 0 ? `?${query}` : location.pathname);
  if (!same) return enter();
  talk?.open(place.room);
  drawConversations();
  at('text').focus();
}

function readPlace() {
  const query = new URLSearchParams(location.search);
  return { as: query.get('as'), room: query.get('room') };
}

/** @template T @param {() => Promise<T>} ask @returns {Promise<T>} */
async function untilAnswered(ask) {
  for (;;) {
    try {
      return await ask();
    } catch {
      // The service is starting or being restarted. The words may be what is missing, so none are needed here.
      at('state').className = 'lost';
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}
