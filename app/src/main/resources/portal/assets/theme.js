// The switch between light and dark, at once and without a new page; the server keeps what was chosen.
export function chooseTheme(token) {
  document.querySelectorAll('[data-theme-switch]').forEach((form) => {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const chosen = event.submitter.value;
      document.documentElement.dataset.theme = chosen;
      form.querySelectorAll('button').forEach((button) => {
        button.setAttribute('aria-pressed', String(button.value === chosen));
      });
      fetch(form.action, {
        method: 'POST',
        headers: { 'X-CSRF-TOKEN': token },
        body: new URLSearchParams({ theme: chosen }),
        redirect: 'manual',
      });
    });
  });
}
