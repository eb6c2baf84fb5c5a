// data-autosubmit: a form sends itself when a choice changes. Say so beside it: a page that changes by itself confuses.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && !event.target.matches("[type=search], [type=text], [type=date]")) form.requestSubmit();
});

// A second press of the button does not send a form twice. Who is still here after a while (the answer was a file, or was
// stopped) may send it again; whole files take their time.
const SENDING = 10000; // milliseconds
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) return void event.preventDefault();
  if (!navigator.onLine) { // the page stays, with what was typed
    event.preventDefault();
    return void htmx.trigger(document.body, "trouble", {});
  }
  form.dataset.sent = "yes";
  if (form.enctype !== "multipart/form-data") setTimeout(() => { delete form.dataset.sent; }, SENDING);
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
});

// data-once: Back to a form that was sent brings its token back, so that what is saved is not saved a second time.
// Only Back: browsers keep history.state through other ways to the same address, too.
const wentBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
for (const form of document.querySelectorAll("form[data-once]")) {
  const token = form.elements.form_token;
  const before = wentBack && history.state?.formToken;
  if (before) token.value = before;
  else history.replaceState({ ...history.state, formToken: token.value }, "");
}

// data-shows="name=value other": the block is seen only while the field has one of these values ("name!=": none of them).
const values = (form, name) => new FormData(form).getAll(name).map(String);
function show(block) {
  const form = block.closest("form");
  const [, name, no, wanted] = block.dataset.shows.match(/^([^!=]+)(!?)=?(.*)$/);
  const fits = (value) => (wanted ? wanted.split(" ").includes(value) !== Boolean(no) : value !== "");
  const seen = form && values(form, name).some(fits);
  block.hidden = !seen;
  if (block.matches("fieldset")) block.disabled = !seen;
}
const showAll = (root) => root.querySelectorAll("[data-shows]").forEach(show);
htmx.onLoad(showAll);
document.addEventListener("change", (event) => { if (event.target.form) showAll(event.target.form); });

// data-select-all="name": ticks every box of that name in the form.
document.addEventListener("change", (event) => {
  const name = event.target.dataset.selectAll;
  if (!name) return;
  const scope = event.target.form ?? document;
  scope.querySelectorAll(`input[type=checkbox][name="${name}"]`).forEach((box) => { box.checked = event.target.checked; });
});
