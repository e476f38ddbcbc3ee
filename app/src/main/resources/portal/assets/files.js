// Files in forms: one that is too large is told of before it is sent, and one that belongs to another choice stays here.
const files = 'input[type="file"][data-largest]';

function isFitting(input) {
  const tooLarge = [...input.files].some((file) => file.size > Number(input.dataset.largest));
  const sentence = document.getElementById(`${input.name}-wrong`);
  sentence.textContent = tooLarge ? input.dataset.tooLarge : '';
  input.toggleAttribute('aria-invalid', false);
  if (tooLarge) {
    input.setAttribute('aria-invalid', 'true');
  }
  return !tooLarge;
}

export function checkFiles() {
  // What looks something up for a form needs no file, and cannot send one.
  document.addEventListener('htmx:configRequest', ({ detail }) => {
    detail.elt.form?.querySelectorAll(files).forEach((input) => detail.formData.delete(input.name));
  });
  document.addEventListener('change', (event) => {
    if (event.target.matches?.(files)) {
      isFitting(event.target);
    }
  });
  document.addEventListener('submit', (event) => {
    for (const input of event.target.querySelectorAll(files)) {
      if (!input.checkVisibility()) {
        input.value = '';
      } else if (!isFitting(input)) {
        event.preventDefault();
        input.focus();
      }
    }
  });
}
