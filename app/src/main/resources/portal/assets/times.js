// Times are written in UTC by the server; here the local time is put beside them, and what counts up
// is kept up.
const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' });
const localTime = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

export function showTimes(root) {
  root.querySelectorAll('time[data-local]').forEach(showLocal);
  count(root);
}

function showLocal(time) {
  const moment = new Date(time.dateTime);
  delete time.dataset.local;
  if (moment.getTimezoneOffset() === 0) {
    return;
  }
  const sameDay = moment.getDate() === moment.getUTCDate();
  const beside = document.createElement('span');
  beside.className = 'local-time';
  beside.textContent = ` ${(sameDay ? localTime : local).format(moment)} local`;
  time.after(beside);
}

function count(root) {
  root.querySelectorAll('[data-since]').forEach((element) => {
    const seconds = Math.max(0, Math.floor((Date.now() - new Date(element.dataset.since)) / 1000));
    const text = duration(seconds);
    if (element.textContent !== text) {
      element.textContent = text;
    }
  });
}

// As the command line writes them, the two greatest units of it.
function duration(seconds) {
  const parts = [
    [Math.floor(seconds / 86400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([number]) => number > 0);
  return first < 0
    ? '0s'
    : parts
        .slice(first, first + 2)
        .filter(([number]) => number > 0)
        .map(([number, unit]) => number + unit)
        .join('');
}

setInterval(() => document.hidden || count(document), 1000);
