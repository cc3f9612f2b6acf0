// Parts of a page that change while it is open. Without this script the page is as it was when it was asked for.
const state = document.getElementById('live');
const asOf = document.getElementById('as-of');
/** @type {EventSource | null} */
let source = null;
let over = false;

/** @param {'on' | 'off'} which */
function tell(which) {
  const words = state?.dataset[which] ?? '';
  if (state !== null && state.textContent !== words) state.textContent = words;
}

/** By what a link or a table is known again. @param {Element | null | undefined} element */
function nameOf(element) {
  return element?.getAttribute('href') ?? element?.getAttribute('aria-label') ?? null;
}

/** @param {Element} part @param {Element} fresh */
function exchange(part, fresh) {
  // Whoever is at a link in there stays at it.
  const focused = part.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  part.replaceChildren(...fresh.childNodes);
  if (focused === null) return;
  const again = [...part.querySelectorAll('a, [tabindex]')].find((one) => nameOf(one) === focused);
  if (again instanceof HTMLElement) again.focus();
}

function listen() {
  if (state === null || over || source !== null || document.hidden) return;
  source = new EventSource(state.dataset.live ?? '');
  source.addEventListener('open', () => tell('on'));
  source.addEventListener('error', () => tell('off'));
  source.addEventListener('page', ({ data }) => {
    const { markup, asOf: words } = JSON.parse(data);
    const fresh = new DOMParser().parseFromString(markup, 'text/html');
    for (const part of document.querySelectorAll('[data-changes]')) {
      const same = fresh.querySelector(`[data-changes="${part.getAttribute('data-changes')}"]`);
      if (same !== null) exchange(part, same);
    }
    if (asOf !== null) asOf.textContent = words;
  });
  source.addEventListener('over', () => {
    over = true;
    close();
    tell('off');
  });
}

function close() {
  source?.close();
  source = null;
}

// A browser opens only a few streams at once: a page that nobody looks at gives its own back.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) close();
  else listen();
});
listen();

/** A picture of many rows is printed over several pages. @param {EventTarget | null} image */
function measure(image) {
  if (!(image instanceof HTMLImageElement)) return;
  image.closest('figure')?.classList.toggle('tall', image.naturalHeight > 1.7 * image.naturalWidth);
}

document.addEventListener('load', ({ target }) => measure(target), true);
for (const image of document.querySelectorAll('figure img')) measure(image);

// What is printed without having been scrolled through has its pictures all the same: after everything else they are fetched, where
// there is a screen of the kind that pages are printed from.
addEventListener('load', () => {
  if (!matchMedia('(min-width: 40rem)').matches) return;
  for (const image of document.querySelectorAll('figure img'))
    if (image instanceof HTMLImageElement) image.loading = 'eager';
});
