// Figures that change while the overview is open. Without this script the page is as it was when it was asked for.
const live = document.getElementById('live');
const state = document.getElementById('live-state');
/** @type {EventSource | null} */
let source = null;
let over = false;

/** @param {'on' | 'off'} which */
function tell(which) {
  const words = state?.dataset[which] ?? '';
  if (state !== null && state.textContent !== words) state.textContent = words;
}

function listen() {
  if (live === null || over || source !== null || document.hidden) return;
  source = new EventSource(live.dataset.live ?? '');
  source.addEventListener('open', () => tell('on'));
  source.addEventListener('error', () => tell('off'));
  source.addEventListener('figures', ({ data }) => {
    // Whoever is at a link in there stays at it.
    const focused = live.contains(document.activeElement)
      ? document.activeElement?.getAttribute('href')
      : null;
    live.innerHTML = JSON.parse(data).markup;
    const again = [...live.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused);
    if (focused !== null && focused !== undefined) again?.focus();
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
