// The rows of a query as they come: lines of JSON, an object for each database and after it an array
// for each of its rows. Rows with the same columns stand in one table; after so many, only the files
// have the rest.
import { BY_ITSELF } from './live.js';

const MOST_ROWS = 5_000;
const PATIENCE = 2_000;
const KEPT = 'edj-query';

class Rows {
  #root;
  #body;
  #count;
  #tables = new Map();
  #head = null;
  #rows = 0;
  #databases = new Set();
  #waiting = [];

  constructor(root) {
    this.#root = root;
    this.#body = root.querySelector('[data-rows-body]');
    this.#count = root.querySelector('[data-rows-count]');
  }

  async read() {
    const answer = await fetch(this.#root.dataset.rowsFrom, { headers: BY_ITSELF });
    if (!answer.ok) {
      return;
    }
    this.#tables.clear();
    this.#body.replaceChildren();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      const lines = (rest + (value ?? '')).split('\n');
      rest = done ? '' : lines.pop();
      lines.filter((line) => line.trim()).forEach((line) => this.#line(JSON.parse(line)));
      if (this.#waiting.length > 0) {
        requestAnimationFrame(() => this.#draw());
      }
      if (done) {
        break;
      }
    }
    this.#draw();
    if (this.#rows === 0) {
      this.#say('No rows came back.');
    }
  }

  #line(json) {
    if (json.error) {
      this.#say(json.error.detail ?? 'The rest of the rows could not be read.');
    } else if (Array.isArray(json)) {
      this.#rows++;
      if (this.#rows <= MOST_ROWS) {
        this.#waiting.push([this.#head, json]);
      }
    } else {
      this.#head = json;
      this.#databases.add(json.executionId);
    }
  }

  #draw() {
    for (const [head, values] of this.#waiting.splice(0)) {
      this.#table(head).append(row(head, values));
    }
    const rows = this.#rows.toLocaleString('en');
    const databases = this.#databases.size.toLocaleString('en');
    const shown = this.#rows > MOST_ROWS ? `, the first ${MOST_ROWS.toLocaleString('en')} shown` : '';
    this.#count.textContent = `${rows} rows of ${databases} databases${shown} · `;
  }

  #table(head) {
    const key = JSON.stringify(head.columns.map((column) => column.name));
    if (!this.#tables.has(key)) {
      const table = document.createElement('table');
      table.className = 'table rows';
      const caption = table.createCaption();
      caption.className = 'visually-hidden';
      caption.textContent = 'Rows, each with its database';
      const headings = table.createTHead().insertRow();
      ['Database', ...head.columns.map((column) => column.name)].forEach((name) => {
        headings.append(cell('th', name, { scope: 'col' }));
      });
      const wrap = document.createElement('div');
      wrap.className = 'table-wrap rows-wrap';
      wrap.tabIndex = 0;
      wrap.setAttribute('role', 'region');
      wrap.setAttribute('aria-labelledby', 'rows-title');
      wrap.append(table);
      this.#body.append(wrap);
      this.#tables.set(key, table.createTBody());
    }
    return this.#tables.get(key);
  }

  #say(sentence) {
    const line = document.createElement('p');
    line.className = 'faint';
    line.textContent = sentence;
    this.#body.append(line);
  }
}

function row(head, values) {
  const line = document.createElement('tr');
  line.append(cell('th', head.database, { scope: 'row', title: head.server }));
  values.forEach((value) => {
    const text = value === null ? 'NULL' : typeof value === 'object' ? JSON.stringify(value) : String(value);
    const td = cell('td', text, {});
    td.classList.toggle('faint', value === null);
    line.append(td);
  });
  return line;
}

function cell(tag, text, attributes) {
  const made = document.createElement(tag);
  made.textContent = text;
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
}

// What was asked is still there when somebody comes back to ask again; it leaves with the tab.
function remember(form) {
  const names = ['script', 'target', 'credential', 'timeout', 'maxRows'];
  form.addEventListener('submit', () => {
    sessionStorage.setItem(KEPT, JSON.stringify(names.map((name) => form.elements[name].value)));
  });
  const kept = sessionStorage.getItem(KEPT);
  const editor = form.querySelector('.CodeMirror')?.CodeMirror;
  if (kept && !form.elements.script.value && editor) {
    names.forEach((name, i) => {
      if (!form.elements[name].value) {
        form.elements[name].value = JSON.parse(kept)[i];
      }
    });
    editor.setValue(form.elements.script.value);
  }
}

document.querySelectorAll('[data-rows]').forEach((root) => {
  const rows = new Rows(root);
  rows.read().catch(() => setTimeout(() => rows.read().catch(() => {}), PATIENCE));
});
document.querySelectorAll('[data-query-form]').forEach(remember);
