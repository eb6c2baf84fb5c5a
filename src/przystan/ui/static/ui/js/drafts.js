// data-draft="tier" on a form: what is typed into it is kept on the server, closed, for whoever typed it (przystan.drafts). It
// is offered when they open the same form again, on whatever machine, and goes when the form is saved. Never kept:
// passwords, codes, files, the tokens of the form. Leaving asks only where the server could not keep it.
const FORMS = "form[data-draft]";
const NEVER = "[type=password], [type=file], [type=submit], button, [name=csrfmiddlewaretoken], [name=form_token], [name=draft], [name$=-TOTAL_FORMS]";
const TICKED = "[type=radio], [type=checkbox]";
const WAIT = 1000; // milliseconds without a key
const LARGEST = 60000; // bytes that a browser still sends while it leaves a page
const url = document.querySelector("[data-drafts-at]")?.dataset.draftsAt;
const drafts = new Map(); // form -> {where, ref, turn, timer, busy, dirty, failed}

const chosen = (field) => [...field.selectedOptions].map((option) => option.value);
const held = (field) => (field.matches(TICKED) ? field.checked : field.multiple && field.options ? chosen(field) : field.value);

// Each field by its name and its turn among those of that name; of several ticks the value tells which.
function named(form) {
  const turns = {};
  return [...form.elements].filter((field) => field.name && !field.matches(NEVER)).map((field) => {
    const name = field.matches(TICKED) ? `${field.name}=${field.value}` : field.name;
    turns[name] = (turns[name] ?? -1) + 1;
    return [`${name} ${turns[name]}`, field];
  });
}
const hold = (fields) => Object.fromEntries(fields.map(([name, field]) => [name, held(field)]));
const same = (one, other) => String(one) === String(other);
// Whether a page holds these values already; tokens and the like are others each time.
function stands(form, shown, values) {
  const fields = Object.fromEntries(named(form));
  return Object.keys({ ...shown, ...values }).every((name) => fields[name]?.type === "hidden" || same(shown[name], values[name]));
}

function put(form, values) {
  form.dispatchEvent(new CustomEvent("draft", { bubbles: true, detail: { names: Object.keys(values) } }));
  const changed = named(form).filter(([name, field]) => name in values && !same(held(field), values[name]));
  for (const [name, field] of changed) {
    const value = values[name];
    if (field.matches(TICKED)) field.checked = value;
    else if (Array.isArray(value)) for (const option of field.options) option.selected = value.includes(option.value);
    else {
      field.value = value;
      if (field.value !== value && field.options) field.add(new Option(value, value, true, true)); // what fitted nothing
    }
  }
  for (const [, field] of changed) field.dispatchEvent(new Event("change", { bubbles: true }));
}

function send(path, body) {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
  return fetch(url + path, { method: "POST", headers, body, keepalive: `${body}`.length < LARGEST }).catch(() => null);
}

async function keep(form) {
  const draft = drafts.get(form);
  clearTimeout(draft.timer);
  if (draft.busy || !draft.dirty || !form.isConnected) return;
  draft.dirty = false;
  draft.busy = true;
  if (!draft.ref) await draft.ready;
  const { where, ref, turn } = draft;
  const values = JSON.stringify(hold(named(form)));
  const answer = ref && await send("kept/", new URLSearchParams({ form: where, tier: form.dataset.draft || 2, ref, turn, values }));
  draft.failed = !answer?.ok || answer.redirected;
  if (!draft.failed) Object.assign(draft, await answer.json());
  draft.busy = false;
  if (draft.dirty) later(form);
}
function later(form) {
  const draft = drafts.get(form);
  clearTimeout(draft.timer);
  draft.dirty = true;
  draft.timer = setTimeout(keep, WAIT, form);
}

const adopt = (form, { offer, turn }) => Object.assign(drafts.get(form), { ref: offer, turn: Number(turn) });
function begin(form) {
  const { pathname, search } = new URL(form.getAttribute("action") || "", location.href);
  const draft = { where: pathname + search };
  drafts.set(form, draft);
  draft.ready = ask(form, draft, hold(named(form)));
}
async function ask(form, draft, shown) {
  const headers = { "HX-Request": "true", "HX-Current-URL": location.href };
  const answer = await fetch(`${url}?form=${encodeURIComponent(draft.where)}`, { headers }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const box = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-drafts]");
  Object.assign(draft, { ref: box.dataset.drafts, turn: 0 });
  for (const offer of box.children) {
    const values = JSON.parse(offer.dataset.values ?? "null");
    if (!draft.turn && values && stands(form, shown, values)) {
      adopt(form, offer.dataset); // a form that was refused stands there with it
      offer.hidden = true;
    }
    offer.addEventListener("click", ({ target }) => {
      if (!target.closest("button")) return;
      offer.remove();
      if (target.closest("[data-away]")) return void send(`${offer.dataset.offer}/away/`, "");
      put(form, values);
      adopt(form, offer.dataset);
      form.querySelector("input:not([type=hidden]), textarea").focus();
    });
  }
  form.prepend(box);
}

if (url) {
  htmx.onLoad((root) => [root, ...root.querySelectorAll(FORMS)].forEach((form) => form.matches(FORMS) && !drafts.has(form) && begin(form)));
  // By hand, or by a choice that a script makes for somebody; leaving a field changes nothing.
  for (const name of ["input", "change"]) document.addEventListener(name, ({ target, isTrusted }) => {
    const form = target.closest?.(FORMS);
    if (isTrusted === (name === "input") && drafts.has(form)) later(form);
  });
  document.addEventListener("submit", ({ target }) => {
    const draft = drafts.get(target);
    if (!draft?.turn && !draft?.busy && !draft?.dirty || !navigator.onLine) return;
    keep(target); // it may be refused unread
    draft.dirty = draft.failed = false;
    target.querySelector("[name=draft]")?.remove();
    target.append(Object.assign(document.createElement("input"), { type: "hidden", name: "draft", value: draft.ref }));
  });
  const flush = () => drafts.forEach((_, form) => keep(form));
  document.addEventListener("visibilitychange", flush);
  for (const name of ["pagehide", "locked"]) addEventListener(name, flush);
  addEventListener("beforeunload", (event) => {
    if ([...drafts.values()].some(({ failed }) => failed)) event.preventDefault();
  });
}
