// Elements inside of one with data-live are exchanged for what its stream sends, by their ids. Changes
// are put in together, once for each picture that the browser draws, and nothing is asked for while
// nobody looks: browsers open few connections to one service at a time.
const SPEAK_EVERY = 10_000;

// What a page asks for by itself is no use of the session: without this it would never end.
export const BY_ITSELF = { 'EDJ-By-Itself': 'true' };

export function goLive(enhance) {
  document.querySelectorAll('[data-live]').forEach((root) => new LivePart(root, enhance).begin());
}

class LivePart {
  #root;
  #enhance;
  #source = null;
  #waiting = null;
  #ended = false;
  #spokenAt = 0;
  #seen = new Map();

  constructor(root, enhance) {
    this.#root = root;
    this.#enhance = enhance;
  }

  begin() {
    document.addEventListener('visibilitychange', () => this.#openOrClose());
    window.addEventListener('pagehide', () => this.#close());
    window.addEventListener('pageshow', () => this.#openOrClose());
    this.#openOrClose();
  }

  #openOrClose() {
    if (document.hidden || this.#ended) {
      this.#close();
    } else if (!this.#source) {
      this.#open();
    }
  }

  #open() {
    this.#source = new EventSource(this.#root.dataset.live);
    this.#source.addEventListener('update', (event) => this.#receive(event.data));
    this.#source.addEventListener('end', () => this.#end());
    this.#source.addEventListener('signed-out', () => location.reload());
    this.#source.addEventListener('open', () => this.#root.classList.remove('stale'));
    this.#source.addEventListener('error', () => {
      this.#root.classList.add('stale');
      // A browser goes on trying but for an answer that is none, such as that of an ended session.
      if (this.#source?.readyState === EventSource.CLOSED) {
        this.#close();
        setTimeout(() => this.#openOrClose(), 5_000);
      }
    });
  }

  #close() {
    this.#source?.close();
    this.#source = null;
  }

  #end() {
    this.#ended = true;
    this.#close();
  }

  #receive(html) {
    if (this.#waiting === null) {
      requestAnimationFrame(() => this.#apply());
    }
    this.#waiting = html;
  }

  #apply() {
    const template = document.createElement('template');
    template.innerHTML = this.#waiting;
    this.#waiting = null;
    for (const now of [...template.content.children]) {
      const before = now.id && document.getElementById(now.id);
      if (before && this.#root.contains(before)) {
        this.#exchange(before, now);
      }
    }
    this.#root.dispatchEvent(new CustomEvent('edj:live', { bubbles: true }));
  }

  // What is looked at stays: the focus, and how far something is scrolled.
  #exchange(before, now) {
    const html = now.outerHTML;
    if (this.#seen.get(before.id) === html) {
      return;
    }
    this.#seen.set(before.id, html);
    const focused = before.contains(document.activeElement) ? place() : null;
    const scrolled = [...before.querySelectorAll('.table-wrap')].map((wrap) => wrap.scrollLeft);
    before.replaceWith(now);
    this.#enhance(now);
    [...now.querySelectorAll('.table-wrap')].forEach((wrap, i) => (wrap.scrollLeft = scrolled[i] ?? 0));
    focused?.(now);
    this.#speak(now.dataset.say);
  }

  #speak(sentence) {
    const region = this.#root.querySelector('[data-spoken]');
    if (sentence && region && Date.now() - this.#spokenAt > SPEAK_EVERY) {
      this.#spokenAt = Date.now();
      region.textContent = sentence;
    }
  }
}

// How to find the focused element again in what takes its place.
function place() {
  const focused = document.activeElement;
  const href = focused.getAttribute('href');
  const name = focused.getAttribute('name');
  return (now) => {
    const same =
      (focused.id && now.querySelector(`#${CSS.escape(focused.id)}`)) ||
      (href && now.querySelector(`a[href="${CSS.escape(href)}"]`)) ||
      (name && now.querySelector(`[name="${CSS.escape(name)}"]`)) ||
      (focused.matches('.table-wrap') && now.querySelector('.table-wrap'));
    if (same) {
      same.focus({ preventScroll: true });
    }
  };
}
