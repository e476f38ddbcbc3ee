// What makes pages better where scripts run: each module looks after what carries its attribute, now
// and whenever a part of the page was exchanged.
import { showTimes } from './times.js';
import { chooseTheme } from './theme.js';
import { openDialogs } from './dialogs.js';
import { offerChoices } from './choices.js';
import { goLive } from './live.js';
import { dismissToasts } from './toasts.js';
import { checkFiles } from './files.js';

const token = document.querySelector('meta[name="edj-form-token"]').content;

document.addEventListener('htmx:configRequest', (event) => {
  event.detail.headers['X-CSRF-TOKEN'] = token;
});

function enhance(root) {
  showTimes(root);
  dismissToasts(root);
}

document.addEventListener('htmx:load', (event) => enhance(event.target));

enhance(document);
chooseTheme(token);
openDialogs(enhance);
goLive(enhance);
offerChoices();
checkFiles();
document.getElementById('refusal')?.focus();
document
  .querySelector('.site-nav [aria-current]')
  ?.scrollIntoView({ block: 'nearest', inline: 'center', behavior: 'instant' });
