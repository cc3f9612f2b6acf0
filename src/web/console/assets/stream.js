// What the server tells this page: every conversation of one persona, through one connection.

const reopenMs = 2000;

/**
 * A hidden page hangs up and goes on where it was when it is seen again: a browser holds six connections to one host,
 * and somebody playing six people in six tabs would be stuck.
 * @param {string} as
 * @param {{entry: (data: {room: string | null, entry: object}) => void, ready: () => void,
 *   now: (at: string) => void, state: (state: 'connecting' | 'open' | 'lost') => void}} told
 * @returns {() => void} stops listening
 */
export function listen(as, told) {
  let cursor = '';
  /** @type {EventSource | null} */
  let source = null;
  let timer = 0;

  function open() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(`api/stream?${new URLSearchParams({ as, after: cursor })}`);
    source.addEventListener('entry', (event) => {
      cursor = event.lastEventId;
      told.entry(JSON.parse(event.data));
    });
    source.addEventListener('ready', (event) => {
      told.now(JSON.parse(event.data).now);
      told.state('open');
      told.ready();
    });
    source.addEventListener('beat', (event) => told.now(JSON.parse(event.data).now));
    source.onerror = () => {
      told.state('lost');
      // The browser comes back by itself after a cut, but not after an answer it does not like.
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, reopenMs);
    };
  }

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  const look = () => {
    if (document.hidden) close();
    else if (!source) open();
  };
  document.addEventListener('visibilitychange', look);
  told.state('connecting');
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    close();
  };
}
