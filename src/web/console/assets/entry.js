// One message on the page.
import { drawAsk } from './ask.js';
import { element } from './element.js';
import { faultWords } from './fault.js';
import { currentLanguage, word, worded } from './words.js';

const shown = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

/**
 * @param {any} entry see src/channels/console/entry.ts
 * @param {{as: string, zone: string | null, press: (ask: any, options: any[], byKey: boolean) => void}} page
 */
export function drawEntry(entry, page) {
  const mine = entry.author?.urn === page.as;
  const who = entry.author ? worded(entry.author.title) : word('bot');
  return element(
    'article',
    { className: `entry ${mine ? 'mine' : entry.author ? 'other' : 'bot'}` },
    element(
      'header',
      {},
      element('span', { className: 'who', dir: 'auto' }, who),
      ' ',
      element('time', { dateTime: entry.at }, clockTime(entry.at, page.zone)),
      entry.only && element('span', { className: 'only' }, word('only-you')),
    ),
    element(
      'div',
      { className: 'bubble' },
      entry.text !== '' && drawText(entry.text, entry.mention),
      ...entry.files.map((/** @type {any} */ file) => drawFile(file, page.as)),
      entry.ask && !entry.settled && entry.ask.options.length > 0 && drawAsk(entry.ask, page.press),
    ),
  );
}

/** @param {import('./outbox.js').Item} item @param {() => void} retry */
export function drawPending(item, retry) {
  const key = item.state === 'stored' ? 'sending' : item.state;
  return element(
    'article',
    { className: `entry mine pending ${item.state}` },
    element(
      'div',
      { className: 'bubble' },
      item.text !== '' && drawText(item.text),
      item.photo && element('img', { src: item.photo.url, alt: word('photo') }),
    ),
    element(
      'footer',
      { role: item.state === 'failed' || item.state === 'refused' ? 'alert' : null },
      key === 'refused' ? faultWords(item.fault) : word(key),
      item.state === 'failed' && element('button', { type: 'button', onclick: retry }, word('retry')),
    ),
  );
}

/** Lines run as their own words demand, so that one in Arabic does not turn the others round. */
function drawText(/** @type {string} */ text, /** @type {any} */ mention = undefined) {
  return element(
    'p',
    { className: 'text', dir: 'auto' },
    mention && element('bdi', { className: 'mention' }, `@${worded(mention)}`),
    mention && ' ',
    text,
  );
}

function drawFile(/** @type {any} */ file, /** @type {string} */ as) {
  const href = `api/files/${encodeURIComponent(file.id)}?${new URLSearchParams({ as })}`;
  const image = shown.includes(file.mime);
  const inside = image
    ? element('img', { src: href, alt: file.name || word('photo'), loading: 'lazy' })
    : element('bdi', {}, `${file.name} (${Math.max(1, Math.round(file.size / 1024))} KB)`);
  return element(
    'a',
    { className: 'file', href, target: '_blank', ...(image ? {} : { download: file.name }) },
    inside,
  );
}

/** @param {string} instant @param {string | null} zone @param {boolean} [full] with the year */
export function clockTime(instant, zone, full = false) {
  return new Intl.DateTimeFormat(currentLanguage(), {
    ...(full ? { year: 'numeric' } : {}),
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(zone ? { timeZone: zone } : {}),
  }).format(new Date(instant));
}
