// The map of a run's databases: a cell for each, a link to its page. The names come once; then each
// update is a text with a letter for each cell, and only cells whose letter changed are touched.
import { BY_ITSELF } from './live.js';

const LIFECYCLES = {
  C: 'Created',
  P: 'InProgress',
  W: 'WaitingForRetry',
  S: 'Succeeded',
  F: 'Failed',
  T: 'TimedOut',
  X: 'Canceled',
  K: 'Skipped',
};

// So many cells are made between two pictures that the browser draws.
const PORTION = 1500;

// More servers than that get no heading of their own.
const MOST_HEADINGS = 60;

// Cells by size: the more there are, the smaller.
const SIZES = [
  [400, 'large'],
  [3000, 'medium'],
  [Infinity, 'small'],
];

export class Fleet {
  #root;
  #tip;
  #cells = [];
  #names = [];
  #groups = [];
  #states = [];
  #waiting = null;
  #drawn = false;
  #focused = 0;

  constructor(root) {
    this.#root = root;
    this.#tip = document.createElement('div');
    this.#tip.className = 'fleet-tip';
    this.#tip.setAttribute('aria-hidden', 'true');
    this.#tip.hidden = true;
    root.addEventListener('keydown', (event) => this.#move(event));
    root.addEventListener('focusin', (event) => this.#remember(event.target));
    root.addEventListener('focusout', () => this.#point(null));
    root.addEventListener('pointerover', (event) => this.#point(event.target.closest('.cell')));
    root.addEventListener('pointerleave', () => this.#point(null));
    root.addEventListener('click', (event) => this.#complete(event.target.closest('.cell')));
    root.addEventListener('auxclick', (event) => this.#complete(event.target.closest('.cell')));
  }

  // Reads the names and draws all of it anew.
  async load() {
    this.#drawn = false;
    const answer = await fetch(this.#root.dataset.fleet, { headers: BY_ITSELF }).catch(() => null);
    if (!answer?.ok) {
      setTimeout(() => this.load(), 5_000);
      return;
    }
    const map = await answer.json();
    this.#groups = [];
    this.#names = [];
    for (const group of map.groups) {
      this.#groups.push({ ...group, first: this.#names.length });
      this.#names.push(...group.databases);
    }
    this.#states = letters(map.states);
    await this.#draw();
    this.#drawn = true;
    if (this.#waiting !== null && this.show(this.#waiting) < 0) {
      setTimeout(() => this.load(), 1_000);
    }
  }

  get size() {
    return this.#names.length;
  }

  // How the cell of a place stands; undefined where there is none.
  stateOf(step, server, database) {
    const group = this.#groups.find((one) => String(one.step) === step && one.server === server);
    const at = group ? group.databases.indexOf(database) : -1;
    return at < 0 ? undefined : LIFECYCLES[this.#states[group.first + at]];
  }

  // Puts in how all stand now. Returns how many cells changed; -1 when there are others than before.
  show(text) {
    if (!this.#drawn) {
      this.#waiting = text;
      return 0;
    }
    this.#waiting = null;
    const now = letters(text);
    if (now.length !== this.#states.length) {
      return -1;
    }
    let changed = 0;
    for (let i = 0; i < now.length; i++) {
      if (now[i] !== this.#states[i]) {
        this.#states[i] = now[i];
        paint(this.#cells[i], now[i], this.#names[i]);
        changed++;
      }
    }
    return changed;
  }

  // Only cells of this letter stand out; null lets all.
  only(letter) {
    if (letter) {
      this.#root.dataset.only = letter;
    } else {
      delete this.#root.dataset.only;
    }
  }

  async #draw() {
    this.#cells = new Array(this.#names.length);
    this.#root.dataset.size = SIZES.find(([most]) => this.#names.length <= most)[1];
    this.#root.replaceChildren(this.#tip);
    const headed = this.#groups.length <= MOST_HEADINGS;
    this.#root.classList.toggle('fleet-dense', !headed);
    let portion = 0;
    for (const group of this.#groups) {
      const box = document.createElement('div');
      box.className = 'fleet-cells';
      if (headed) {
        const section = document.createElement('section');
        section.className = 'fleet-server';
        section.append(this.#heading(group), box);
        this.#root.append(section);
      } else {
        this.#root.append(box);
      }
      for (let i = 0; i < group.databases.length; i++) {
        const at = group.first + i;
        const cell = document.createElement('a');
        cell.href = '#map';
        cell.tabIndex = at === 0 ? 0 : -1;
        cell.at = at;
        paint(cell, this.#states[at], this.#names[at]);
        this.#cells[at] = cell;
        box.append(cell);
        if (++portion === PORTION) {
          portion = 0;
          await new Promise(requestAnimationFrame);
        }
      }
    }
    this.#root.dataset.drawn = this.#names.length;
  }

  #heading(group) {
    const heading = document.createElement('h3');
    heading.className = 'fleet-name';
    const step = this.#root.dataset.steps ? `Step ${group.step} · ` : '';
    const count = group.databases.length.toLocaleString('en');
    heading.textContent = `${step}${group.server} · ${count}`;
    return heading;
  }

  #groupOf(at) {
    let low = 0;
    let high = this.#groups.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#groups[middle].first <= at) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return this.#groups[low];
  }

  // The address is put together when it is needed: 10,000 of them would weigh more than the map.
  #complete(cell) {
    if (cell && cell.at !== undefined) {
      const group = this.#groupOf(cell.at);
      const place = new URLSearchParams({
        step: group.step,
        server: group.server,
        database: this.#names[cell.at],
      });
      cell.href = `${this.#root.dataset.database}?${place}`;
    }
  }

  #remember(cell) {
    if (cell.at === undefined) {
      return;
    }
    this.#cells[this.#focused].tabIndex = -1;
    this.#focused = cell.at;
    cell.tabIndex = 0;
    this.#complete(cell);
    this.#point(cell);
  }

  #point(cell) {
    if (!cell || cell.at === undefined) {
      this.#tip.hidden = true;
      return;
    }
    this.#complete(cell);
    const group = this.#groupOf(cell.at);
    const state = LIFECYCLES[this.#states[cell.at]];
    this.#tip.textContent = `${this.#names[cell.at]} · ${state} · ${group.server}`;
    this.#tip.hidden = false;
    const place = cell.getBoundingClientRect();
    const width = this.#tip.offsetWidth;
    const left = Math.min(Math.max(8, place.left), document.documentElement.clientWidth - width - 8);
    this.#tip.style.left = `${left}px`;
    this.#tip.style.top = `${place.bottom + 6}px`;
  }

  #move(event) {
    const at = event.target.at;
    if (at === undefined || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const to = this.#target(event.key, at);
    if (to === undefined) {
      return;
    }
    event.preventDefault();
    const cell = this.#cells[Math.max(0, Math.min(this.#cells.length - 1, to))];
    cell.focus();
    cell.scrollIntoView({ block: 'nearest' });
  }

  #target(key, at) {
    switch (key) {
      case 'ArrowRight':
        return at + 1;
      case 'ArrowLeft':
        return at - 1;
      case 'ArrowDown':
        return this.#row(at, 1);
      case 'ArrowUp':
        return this.#row(at, -1);
      case 'Home':
        return 0;
      case 'End':
        return this.#cells.length - 1;
      case 'n':
        return this.#failed(at, 1);
      case 'p':
        return this.#failed(at, -1);
      default:
        return undefined;
    }
  }

  // The cell that is nearest in the next row, of this server or of the next one.
  #row(at, direction) {
    const here = this.#cells[at];
    const top = here.offsetTop;
    let row = null;
    let best = at;
    let distance = Infinity;
    for (let i = at + direction; i >= 0 && i < this.#cells.length; i += direction) {
      const cell = this.#cells[i];
      if (cell.offsetTop === top) {
        continue;
      }
      row ??= cell.offsetTop;
      if (cell.offsetTop !== row) {
        break;
      }
      const away = Math.abs(cell.offsetLeft - here.offsetLeft);
      if (away < distance) {
        distance = away;
        best = i;
      }
    }
    return best;
  }

  #failed(at, direction) {
    for (let i = at + direction; i >= 0 && i < this.#states.length; i += direction) {
      if (this.#states[i] === 'F' || this.#states[i] === 'T') {
        return i;
      }
    }
    return at;
  }
}

function paint(cell, letter, name) {
  cell.className = `cell cell-${letter}`;
  cell.setAttribute('aria-label', `${name}, ${LIFECYCLES[letter]}`);
}

// `3SF` is SSSF.
function letters(text) {
  const all = [];
  for (const [, count, letter] of text.matchAll(/(\d*)([A-Z])/g)) {
    for (let i = Number(count || 1); i > 0; i--) {
      all.push(letter);
    }
  }
  return all;
}
