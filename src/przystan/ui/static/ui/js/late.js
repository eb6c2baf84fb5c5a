// What comes late undoes nothing. An answer is not put into the page when somebody has ticked or typed something in what
// it would replace since it was asked: what is there stays, and the same is asked again with it.
const WAIT = 300; // milliseconds: more than the delay of any hx-trigger, which may ask by itself
let clock = 0;
const touched = new WeakMap(); // control: when
const asked = new WeakMap(); // request: when
const newest = new WeakMap(); // element: its last request
const flying = new WeakMap(); // element: the event of the request that is on its way
const CONTROLS = "input, select, textarea";
const TICKED = "[type=radio], [type=checkbox]";
const KEPT = "[hx-preserve]"; // htmx leaves it as it is, with the focus in it

for (const name of ["input", "change", "click"]) {
  document.addEventListener(name, ({ target }) => {
    if (!target.matches?.(name === "click" ? TICKED : CONTROLS)) return;
    touched.set(target, ++clock);
    // data-chosen="name": the hidden field that tells the server that somebody ticked this, and not the server.
    const chosen = target.type === "radio" && target.closest("[data-chosen]");
    if (chosen) chosen.querySelector(`[name="${chosen.dataset.chosen}"]`).value = "yes";
  }, true);
}

// What an answer replaces: its target, and what hx-select-oob names.
function parts({ target, requestConfig: { elt } }) {
  const beside = elt.closest("[hx-select-oob]")?.getAttribute("hx-select-oob");
  return beside ? [target, ...document.querySelectorAll(beside)] : [target];
}
const fresh = (one, when) => touched.get(one) > when && !one.matches(KEPT);
const since = (roots, when) => roots.some((root) => [...root.querySelectorAll(CONTROLS)].some((one) => fresh(one, when)));

document.body.addEventListener("htmx:beforeRequest", ({ detail: { xhr, requestConfig: { elt, triggeringEvent } } }) => {
  asked.set(xhr, ++clock);
  newest.set(elt, xhr);
  flying.set(elt, triggeringEvent);
});
document.body.addEventListener("htmx:afterRequest", ({ detail: { xhr, requestConfig: { elt } } }) => {
  if (newest.get(elt) === xhr) flying.delete(elt);
});

// A second press of the same button, with nothing changed in between, is not a second question.
document.body.addEventListener("htmx:confirm", (event) => {
  const { elt, triggeringEvent } = event.detail;
  const before = flying.get(elt);
  if (triggeringEvent?.type !== "submit" || before?.submitter !== triggeringEvent.submitter) return;
  if (before && !since([elt], asked.get(newest.get(elt)))) event.preventDefault();
});

document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.shouldSwap) return;
  if (since(parts(detail), asked.get(detail.xhr))) {
    detail.shouldSwap = false;
    askAgain(detail);
  } else keepFocus(detail.target);
});

// Not while somebody still types there, and not when a newer question is on its way. What was refused when it was saved
// (data-late="preview") is not saved unasked.
function askAgain({ xhr, target, requestConfig: { elt, verb, path, triggeringEvent } }) {
  const button = triggeringEvent?.submitter;
  const values = button?.name ? { [button.name]: button.dataset.late ?? button.value } : {};
  const ask = () => setTimeout(() => {
    if (newest.get(elt) !== xhr || !elt.isConnected) return;
    htmx.ajax(verb, path, { source: elt, event: triggeringEvent, values }).catch(() => {}); // trouble.js says it
  }, WAIT);
  const here = document.activeElement;
  const typing = target.contains(here) && here.matches(`textarea, input:not(${TICKED})`) && fresh(here, asked.get(xhr));
  typing ? here.addEventListener("focusout", ask, { once: true }) : ask();
}

// htmx brings the focus back to what has an id; this, to what is the same link, field or button without one.
let focused = "";
function keepFocus(target) {
  const here = document.activeElement;
  const names = (here.matches(`button, ${TICKED}`) ? ["name", "value"] : ["href", "name"]).filter((name) => here.hasAttribute(name));
  const same = names.map((name) => `[${name}="${CSS.escape(here.getAttribute(name))}"]`).join("");
  focused = same && !here.id && target.contains(here) ? here.localName + same : "";
}
document.body.addEventListener("htmx:afterSwap", () => {
  if (focused && document.activeElement === document.body) document.querySelector(focused)?.focus();
  focused = "";
});
