// A sentence that came up goes when it was read, or when it is clicked away; what failed stays.
const READ = 8_000;

export function dismissToasts(root) {
  const toasts = root.matches?.('[data-toast]') ? [root] : root.querySelectorAll('[data-toast]');
  toasts.forEach((toast) => {
    delete toast.dataset.toast;
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'button quiet small';
    close.textContent = 'Close';
    close.addEventListener('click', () => toast.remove());
    toast.append(close);
    if (!toast.classList.contains('toast-bad')) {
      setTimeout(() => toast.matches(':hover, :focus-within') || toast.remove(), READ);
    }
  });
}
