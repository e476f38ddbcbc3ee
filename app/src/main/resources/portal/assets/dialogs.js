// A link with data-dialog leads to a page that asks something; here that page comes up as a dialog.
export function openDialogs(enhance) {
  const dialog = document.getElementById('dialog');

  document.addEventListener('click', async (event) => {
    const link = event.target.closest('a[data-dialog]');
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    const body = await ask(link.href);
    if (!body) {
      location.assign(link.href);
      return;
    }
    dialog.replaceChildren(body);
    enhance(dialog);
    dialog.showModal();
  });

  dialog.addEventListener('close', () => dialog.replaceChildren());

  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target.closest('[data-dialog-close]')) {
      event.preventDefault();
      dialog.close();
    }
  });
}

async function ask(address) {
  try {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return answer.ok && !answer.redirected ? page.querySelector('[data-dialog-body]') : null;
  } catch {
    return null;
  }
}
