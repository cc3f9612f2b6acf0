// Makes the form kinder; it works without. Shows the questions that an answer leads to, keeps what is written until it is
// stored, and sends it until there is an answer. The server judges all of it again.
(() => {
  const found = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-words]'));
  if (found) improve(found);
  // A page that shows a rating, or that there is one: what was kept of its form has arrived.
  else if (document.querySelector('.receipt, .rated')) forget(location.pathname);

  /** @param {HTMLFormElement} form */
  function improve(form) {
    /** @type {{sending: string, waiting: string, busy: string, missing: string, faults: string, restored: string}} */
    const words = JSON.parse(form.dataset.words || '{}');
    const state = /** @type {HTMLElement} */ (document.getElementById('state'));
    const place = new URL(form.action).pathname;
    const delaysMs = [1000, 2000, 4000, 8000, 15000, 30000];
    const timeoutMs = 20000;
    let tries = 0;
    let timer = 0;
    /** While a form is on its way nothing else is sent. */
    let busy = false;
    /** Sent at least once, and no answer yet. */
    let pending = false;

    const all = (/** @type {string} */ selector) =>
      /** @type {HTMLElement[]} */ ([...form.querySelectorAll(selector)]);
    const field = (/** @type {string} */ name) =>
      /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name));

    restore();
    showRelevant();
    form.addEventListener('input', () => {
      showRelevant();
      keep();
    });
    form.addEventListener('submit', (event) => {
      const button = /** @type {SubmitEvent} */ (event).submitter;
      if (button && button.getAttribute('name') === 'go') return;
      if (markMissing()) return event.preventDefault();
      // A page in the middle is turned by the browser itself.
      noteShown();
      if (!form.querySelector('[data-last]')) return;
      event.preventDefault();
      send();
    });
    addEventListener('online', () => pending && send());
    if (pending) send();

    async function send() {
      if (busy) return;
      clearTimeout(timer);
      noteShown();
      busy = true;
      pending = true;
      keep();
      mark(words.sending);
      const outcome = await post();
      busy = false;
      if (outcome.wait === undefined) return arrived(outcome.answer || {});
      mark(outcome.wait ? words.busy : words.waiting);
      timer = setTimeout(send, outcome.wait || delaysMs[Math.min(tries++, delaysMs.length - 1)]);
    }

    /** @returns {Promise<{wait?: number, answer?: any}>} `wait`: another try may help, after so many ms if that is known */
    async function post() {
      const stop = new AbortController();
      const late = setTimeout(() => stop.abort(), timeoutMs);
      try {
        const response = await fetch(form.action, {
          method: 'POST',
          headers: { Accept: 'application/json' },
          body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
          signal: stop.signal,
        });
        const after = Number(response.headers.get('Retry-After'));
        if (response.status === 429 && after > 0) return { wait: after * 1000 };
        if (response.status >= 500) return { wait: 0 };
        return { answer: await response.json() };
      } catch {
        // No answer: whether it was stored is unknown, and the same ticket makes another try safe.
        return { wait: 0 };
      } finally {
        clearTimeout(late);
      }
    }

    /** @param {any} answer */
    function arrived(answer) {
      pending = false;
      tries = 0;
      if (answer.to) {
        forget(place);
        return location.replace(answer.to);
      }
      keep();
      if (answer.page) return form.submit();
      const ticket = field('ticket');
      if (answer.ticket && ticket) ticket.value = answer.ticket;
      const notes = answer.notes || {};
      for (const id of Object.keys(notes)) {
        const question = document.getElementById(`q-${id}`);
        if (question) note(question, notes[id].words, notes[id].isNew);
      }
      mark(answer.message || '');
      focusFirst();
    }

    /** @param {string} text */
    function mark(text) {
      if (state.textContent !== text) state.textContent = text;
      for (const button of all('button')) {
        if (pending && busy) button.setAttribute('aria-disabled', 'true');
        else button.removeAttribute('aria-disabled');
      }
    }

    /** Says at a question what is wrong with its answer. @param {HTMLElement} question @param {string} text @param {boolean} isNew */
    function note(question, text, isNew) {
      unmark(question);
      const line = document.createElement('p');
      line.className = 'fault';
      line.id = `e-${question.dataset.question}`;
      line.textContent = text;
      question.classList.add(isNew ? 'new' : 'wrong');
      const label = question.querySelector('legend, label');
      if (label) label.after(line);
      const asked = described(question);
      asked.setAttribute(
        'aria-describedby',
        `${asked.getAttribute('aria-describedby') || ''} ${line.id}`.trim(),
      );
      if (!isNew && asked !== question) asked.setAttribute('aria-invalid', 'true');
    }

    /** @param {HTMLElement} question */
    function unmark(question) {
      question.classList.remove('wrong', 'new');
      for (const line of question.querySelectorAll('.fault')) line.remove();
      const asked = described(question);
      const id = `e-${question.dataset.question}`;
      const rest = (asked.getAttribute('aria-describedby') || '')
        .split(' ')
        .filter((one) => one && one !== id);
      if (rest.length) asked.setAttribute('aria-describedby', rest.join(' '));
      else asked.removeAttribute('aria-describedby');
      asked.removeAttribute('aria-invalid');
    }

    /** @param {HTMLElement} question */
    function described(question) {
      return /** @type {HTMLElement} */ (
        question.matches('fieldset') ? question : question.querySelector('input, textarea')
      );
    }

    /** What can be seen to be missing needs no network. @returns {boolean} */
    function markMissing() {
      for (const question of all('[data-question]')) unmark(question);
      const missing = all('[data-question][data-required]:not([hidden])').filter(
        (question) => given(question.dataset.question || '').length === 0,
      );
      for (const question of missing) note(question, words.missing, false);
      mark(missing.length ? words.faults : '');
      if (missing.length) focusFirst();
      return missing.length > 0;
    }

    function focusFirst() {
      const first = form.querySelector('.wrong, .new');
      const input = first && /** @type {HTMLElement | null} */ (first.querySelector('input, textarea'));
      if (input) input.focus();
    }

    /** What is written or chosen at a question. @param {string} id @returns {string[]} */
    function given(id) {
      return new FormData(form)
        .getAll(`a.${id}`)
        .map(String)
        .filter((text) => text.trim() !== '');
    }

    function showRelevant() {
      for (const part of all('[data-relevant]'))
        part.hidden = !holds(JSON.parse(part.dataset.relevant || '{}'));
    }

    function noteShown() {
      const shown = field('shown');
      if (!shown) return;
      const seen = all('[data-question]:not([hidden])').map((one) => one.dataset.question);
      shown.value = [...new Set([...shown.value.split(' '), ...seen])].filter(Boolean).join(' ');
    }

    /** As src/flow/condition.ts, for what a form can know. @param {any} test @returns {boolean} */
    function holds(test) {
      if (test.all) return test.all.every(holds);
      if (test.any) return test.any.some(holds);
      if (test.not) return !holds(test.not);
      const asked = document.getElementById(`q-${test.question}`);
      const own = asked?.hidden ? [] : given(test.question);
      if (test.answered !== undefined && own.length > 0 !== test.answered) return false;
      if (own.length === 0) return test.answered === false;
      const equals = (/** @type {string | number} */ one) => own.length === 1 && String(one) === own[0];
      if (test.is !== undefined && !equals(test.is)) return false;
      if (test.in && !test.in.some(equals)) return false;
      if (test.includes !== undefined && !own.includes(test.includes)) return false;
      if (test.atLeast !== undefined && !(Number(own[0]) >= test.atLeast)) return false;
      if (test.atMost !== undefined && !(Number(own[0]) <= test.atMost)) return false;
      return true;
    }

    /** What was written stays in this tab until it is stored, with the ticket under which it counts once. */
    function keep() {
      if (!form.hasAttribute('data-fresh') && !pending) return;
      const entries = [...new FormData(form)].filter(([name]) => name === 'ticket' || name.startsWith('a.'));
      try {
        sessionStorage.setItem(`duban ${place}`, JSON.stringify({ entries, pending }));
      } catch {
        // Private windows may have no room: then the page itself is all there is.
      }
    }

    function restore() {
      const kept = form.hasAttribute('data-fresh') ? read() : null;
      if (!kept) return;
      for (const [name, value] of kept.entries) put(name, value);
      pending = kept.pending === true;
      if (kept.entries.some(([name, value]) => name !== 'ticket' && value !== ''))
        state.textContent = words.restored;
    }

    /** @returns {{entries: [string, string][], pending: boolean} | null} */
    function read() {
      try {
        return JSON.parse(sessionStorage.getItem(`duban ${place}`) || 'null');
      } catch {
        return null;
      }
    }

    /** @param {string} name @param {string} value */
    function put(name, value) {
      const inputs = /** @type {HTMLInputElement[]} */ (all('input, textarea')).filter(
        (input) => input.name === name,
      );
      for (const input of inputs) {
        if (input.type !== 'radio' && input.type !== 'checkbox') input.value = value;
        else if (input.value === value) input.checked = true;
      }
      if (inputs.length > 0) return;
      // Of another page of the same form.
      const carried = document.createElement('input');
      carried.type = 'hidden';
      carried.name = name;
      carried.value = value;
      form.append(carried);
    }
  }

  /** @param {string} path */
  function forget(path) {
    try {
      sessionStorage.removeItem(`duban ${path}`);
    } catch {
      // Nothing was kept either.
    }
  }
})();
