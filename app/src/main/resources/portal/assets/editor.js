// Scripts: a textarea with data-editor becomes an editor, a <pre> with data-script is shown as one.
// Without this both can be used as they are.
const batchLine = /^\s*go(\s+\d+)?\s*$/im;

function mode(text) {
  return batchLine.test(text) ? 'text/x-mssql' : 'text/x-pgsql';
}

// Tab moves on, as it does in every other field.
function options(text) {
  return {
    mode: mode(text),
    lineNumbers: true,
    matchBrackets: true,
    indentUnit: 2,
    extraKeys: { Tab: false, 'Shift-Tab': false },
  };
}

function edit(textarea) {
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
  const editor = window.CodeMirror.fromTextArea(textarea, options(textarea.value));
  const input = editor.getInputField();
  input.setAttribute('aria-label', textarea.getAttribute('aria-label'));
  for (const name of ['aria-invalid', 'aria-describedby']) {
    if (textarea.hasAttribute(name)) {
      input.setAttribute(name, textarea.getAttribute(name));
    }
  }
  if (textarea.getAttribute('aria-invalid')) {
    editor.getWrapperElement().classList.add('invalid');
  }
  label?.addEventListener('click', () => editor.focus());
  // What sends the form reads the textarea.
  editor.on('change', () => editor.save());
  editor.on('blur', () => editor.setOption('mode', mode(editor.getValue())));
}

function show(pre) {
  const text = pre.textContent.replace(/\n$/, '');
  const place = document.createElement('div');
  pre.replaceWith(place);
  const editor = window.CodeMirror(place, { ...options(text), value: text, readOnly: true });
  editor.getWrapperElement().classList.add('shown');
  editor.getInputField().setAttribute('aria-label', pre.getAttribute('aria-label'));
}

function enhance(root) {
  const all = (selector) => (root.matches?.(selector) ? [root] : [...root.querySelectorAll(selector)]);
  all('textarea[data-editor]').filter((area) => !area.nextElementSibling?.matches('.CodeMirror')).forEach(edit);
  all('pre[data-script]').forEach(show);
}

document.addEventListener('htmx:load', (event) => enhance(event.target));
enhance(document);

// An editor that was out of sight has not been drawn.
function drawAll() {
  document.querySelectorAll('.CodeMirror').forEach((shown) => shown.CodeMirror.refresh());
}

document.addEventListener('toggle', drawAll, true);
document.addEventListener('change', (event) => {
  if (event.target.matches('input[type="radio"]')) {
    drawAll();
  }
});

// A link to a field leads into the editor that took its place.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]');
  const name = link && decodeURIComponent(link.hash.slice(1));
  const field = link && (document.getElementById(name) ?? document.getElementsByName(name)[0]);
  if (field) {
    const editor = field.nextElementSibling?.CodeMirror;
    event.preventDefault();
    (editor ?? field).focus();
    field.closest('.field')?.scrollIntoView({ block: 'center' });
  }
});
