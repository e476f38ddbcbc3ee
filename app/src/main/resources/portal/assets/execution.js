// A run's page: the map, its legend that filters the table, and the table and the errors, which are
// read again when what they show has changed. A database's page: its script, read again at the end.
import { BY_ITSELF } from './live.js';
import { Fleet } from './fleet.js';

// The table and the errors are asked for again this often at most.
const AGAIN_EVERY = 4_000;

const main = document.querySelector('main.execution');
const root = main?.querySelector('[data-fleet]');
const form = main?.querySelector('form[data-databases]');

// Each part waits for its own: of requests without a source only the last is not forgotten.
function refresh(address, target, more) {
  const how = { source: target, target, swap: 'outerHTML', headers: BY_ITSELF };
  return window.htmx.ajax('GET', address, { ...how, ...more });
}

// Addresses say what is asked for, and not what is not.
document.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.elt === form) {
    for (const [name, value] of new FormData(form)) {
      if (value === '') {
        delete event.detail.parameters[name];
      }
    }
  }
});

// What the page asked for by itself is too late when somebody has asked for something else meanwhile.
document.addEventListener('htmx:beforeSwap', (event) => {
  const { requestConfig, target } = event.detail;
  const here = location.pathname + location.search;
  if (target.id === 'children' && requestConfig.headers['EDJ-By-Itself'] && requestConfig.path !== here) {
    event.detail.shouldSwap = false;
  }
});

class Run {
  // Of too many databases there is no map.
  #fleet = root ? new Fleet(root) : null;
  #errorsShown = document.getElementById('run-head').dataset.errors;
  #refreshedAt = Date.now();
  #later = null;
  #tableIsOld = false;

  async begin() {
    main.addEventListener('edj:live', () => this.#update());
    main.addEventListener('click', (event) => this.#filter(event));
    form.elements.lifecycle.addEventListener('change', () => this.#stress());
    const errors = document.getElementById('errors');
    if (errors.dataset.behind) {
      refresh(errors.dataset.behind, '#errors');
    }
    await this.#fleet?.load();
    this.#stress();
  }

  #update() {
    const states = document.getElementById('run-states')?.dataset;
    if (this.#fleet && states?.states !== undefined && this.#fleet.show(states.states) < 0) {
      this.#fleet.load();
    }
    this.#showRows();
    const head = document.getElementById('run-head').dataset;
    if (this.#tableIsOld || head.errors !== this.#errorsShown || head.ended) {
      this.#refreshSoon(Boolean(head.ended));
    }
  }

  // The rows of the table say at once what the map knows; the rest of them follows.
  #showRows() {
    if (!this.#fleet) {
      return;
    }
    const rows = document.querySelectorAll('#children tr[data-database]');
    for (const row of rows) {
      const { step, server, database } = row.dataset;
      const now = this.#fleet.stateOf(step, server, database);
      const badge = row.querySelector('.lifecycle');
      if (now && badge && badge.textContent !== now) {
        badge.className = `lifecycle lifecycle-${now}`;
        badge.textContent = now;
        row.querySelector('.waits')?.remove();
        this.#tableIsOld = true;
      }
    }
    if (rows.length === 0 && this.#fleet.size > 0 && !new URL(location.href).search) {
      this.#tableIsOld = true;
    }
  }

  #refreshSoon(now) {
    const wait = now ? 0 : Math.max(0, this.#refreshedAt + AGAIN_EVERY - Date.now());
    if (now) {
      clearTimeout(this.#later);
      this.#later = null;
    }
    this.#later ??= setTimeout(() => this.#refresh(), wait);
  }

  #refresh() {
    this.#later = null;
    this.#refreshedAt = Date.now();
    const head = document.getElementById('run-head').dataset;
    if (head.errors !== this.#errorsShown) {
      this.#errorsShown = head.errors;
      refresh(`${location.pathname}/errors`, '#errors');
    }
    const table = document.getElementById('children');
    // Who is reading with the keyboard is not disturbed.
    if (!table.contains(document.activeElement)) {
      this.#tableIsOld = false;
      refresh(location.pathname + location.search, '#children');
    }
  }

  // The legend is a choice of the filter; the same again takes it back.
  #filter(event) {
    const entry = event.target.closest('.legend-entry');
    if (!entry || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    const choice = form.elements.lifecycle;
    choice.value = choice.value === entry.dataset.lifecycle ? '' : entry.dataset.lifecycle;
    choice.dispatchEvent(new Event('change', { bubbles: true }));
  }

  #stress() {
    const chosen = form.elements.lifecycle.value;
    const entry = main.querySelector(`.legend-entry[data-lifecycle="${CSS.escape(chosen)}"]`);
    this.#fleet?.only(entry?.dataset.letter ?? null);
    this.#mark();
  }

  #mark() {
    const chosen = form.elements.lifecycle.value;
    main.querySelectorAll('.legend-entry').forEach((entry) => {
      entry.toggleAttribute('data-chosen', entry.dataset.lifecycle === chosen);
    });
  }
}

// A log that is read at its end stays there as it grows.
function followLog() {
  let atEnd = true;
  const log = () => document.querySelector('#child-log > .log');
  document.addEventListener(
    'scroll',
    (event) => {
      if (event.target === log()) {
        atEnd = event.target.scrollHeight - event.target.scrollTop - event.target.clientHeight < 8;
      }
    },
    true,
  );
  main.addEventListener('edj:live', () => {
    const now = log();
    if (now && atEnd) {
      now.scrollTop = now.scrollHeight;
    }
    if (document.getElementById('child-head').dataset.ended && document.getElementById('script')) {
      refresh(location.pathname, '#script', { select: '#script' });
    }
  });
}

if (form) {
  new Run().begin();
} else if (document.getElementById('child-head')) {
  followLog();
}
