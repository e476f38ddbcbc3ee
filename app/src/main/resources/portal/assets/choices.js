// A field with data-choices offers the names that hold what stands in it: a few at a time, looked for on
// the service, however many there are.
const WAIT = 150;

const asked = new WeakMap();
let waiting = null;

async function offer(field) {
  const text = field.value;
  if (!field.list || asked.get(field) === text) {
    return;
  }
  asked.set(field, text);
  const address = `/choices/${field.dataset.choices}?${new URLSearchParams({ text })}`;
  const answer = await fetch(address, { headers: { Accept: 'application/json' } }).catch(() => null);
  const names = answer?.ok && !answer.redirected ? await answer.json() : [];
  if (asked.get(field) === text) {
    // The form may have been exchanged meanwhile.
    field.list?.replaceChildren(...names.map((name) => new Option('', name)));
  }
}

export function offerChoices() {
  const among = (event) => event.target.closest?.('[data-choices]');
  document.addEventListener('focusin', (event) => {
    const field = among(event);
    if (field) {
      // Another field may have put its own into the same list.
      asked.delete(field);
      offer(field);
    }
  });
  document.addEventListener('input', (event) => {
    const field = among(event);
    if (field) {
      clearTimeout(waiting);
      waiting = setTimeout(() => offer(field), WAIT);
    }
  });
}
