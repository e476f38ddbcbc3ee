// A button that shows times of the zone that the browser is in.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

document.querySelectorAll('[data-local-zone]').forEach((button) => {
  button.value = zone;
  button.textContent = zone;
  button.hidden = button.form.elements.namedItem('zone')[0]?.value === zone;
});
