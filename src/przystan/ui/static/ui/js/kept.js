// What is typed stays with this window until it is saved, closed with a key that only pages of the same member of staff
// bring: whoever finds the window locked reads nothing. It is there again after Back (from a refusal, from a network that
// was gone), and after the login that follows a lock. Never kept: passwords, codes, files, the token against forged forms.
// Which form it was says a digest that only the same pages can make: addresses tell whom somebody looked at. Who logs out
// empties every window, also those that are opened again later: each remembers since when it keeps.
const FORMS = "form[method=post]:not([role=search])";
const NEVER = "[type=password], [type=file], [type=submit], button, [autocomplete=one-time-code], [name=csrfmiddlewaretoken], [name$=-TOTAL_FORMS]";
const TICKED = "[type=radio], [type=checkbox]";
const KEPT = "kept ", SENT = "sent ", AGAIN = "again ", WHOSE = "whose", SINCE = "since", LEFT = "left ";
const store = sessionStorage, shared = localStorage;
const { keeps, whose, keptLabel } = document.querySelector("[data-keeps]")?.dataset ?? {};
const place = (form) => `${location.pathname}${location.search} ${form.getAttribute("action")}`;
const fields = (form) => [...form.elements].filter((field) => field.name && !field.matches(NEVER));
const chosen = (field) => [...field.selectedOptions].map((option) => option.value);
const held = (field) => (field.matches(TICKED) ? field.checked : field.multiple && field.options ? chosen(field) : field.value);
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (array) => Array.from(array, (byte) => String.fromCharCode(byte)).join("");
const forget = () => store.clear();
store.removeItem("htmx-current-path-for-history"); // which no page of ours needs, and which tells where it was
const names = new Map();

// The name under which a form is kept; made ahead for each that is there, as nothing waits for it when a form is sent.
async function nameOf(form) {
  const where = place(form);
  if (!names.has(where)) {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${keeps} ${where}`));
    names.set(where, btoa(text(new Uint8Array(digest))));
  }
  return names.get(where);
}

// Whether somebody has logged out, in whatever window, since this one began to keep.
const wasLeft = () => store[SINCE] !== shared[SINCE];

function hear({ key, newValue }) {
  if (key !== SINCE || !newValue) return;
  if (newValue.startsWith(LEFT)) {
    forget();
    document.body.hidden = true; // the lock asks whether anybody is still there
  } else store[SINCE] = newValue; // two windows began at once
}

// Each field by its name and its turn among those of that name; of several ticks the value tells which.
function named(form) {
  const turns = {};
  return fields(form).map((field) => {
    const name = field.matches(TICKED) ? `${field.name}=${field.value}` : field.name;
    turns[name] = (turns[name] ?? -1) + 1;
    return [`${name} ${turns[name]}`, field];
  });
}

function put(form, values) {
  const names = Object.keys(values);
  form.dispatchEvent(new CustomEvent("kept", { bubbles: true, detail: { names } }));
  const changed = named(form).filter(([name, field]) => name in values && String(held(field)) !== String(values[name]));
  for (const [name, field] of changed) {
    if (field.matches(TICKED)) field.checked = values[name];
    else if (Array.isArray(values[name])) for (const option of field.options) option.selected = values[name].includes(option.value);
    else field.value = values[name];
  }
  for (const [, field] of changed) field.dispatchEvent(new Event("change", { bubbles: true }));
  form.dispatchEvent(new Event("input", { bubbles: true }));
  return changed.length;
}

async function keep(form, key) {
  const values = Object.fromEntries(named(form).map(([name, field]) => [name, held(field)]));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(values)));
  if (wasLeft()) return;
  try { store.setItem(KEPT + await nameOf(form), btoa(text(iv) + text(new Uint8Array(closed)))); } catch { forget(); } // no room
}

async function bringBack(form, key) {
  const blob = bytes(store.getItem(KEPT + await nameOf(form)) ?? "");
  if (!blob.length) return 0;
  const open = { name: "AES-GCM", iv: blob.slice(0, 12) };
  const values = await crypto.subtle.decrypt(open, key, blob.slice(12)).catch(forget); // of before the server's secret changed
  return values ? put(form, JSON.parse(new TextDecoder().decode(values))) : 0;
}

async function begin() {
  if (store[WHOSE] !== whose || wasLeft()) forget(); // somebody else's, or left behind
  store[WHOSE] = whose;
  store[SINCE] = shared[SINCE] ??= Date.now();
  addEventListener("storage", hear);
  const key = await crypto.subtle.importKey("raw", bytes(keeps), "AES-GCM", false, ["encrypt", "decrypt"]);
  const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const again = (where) => store.getItem(AGAIN + where) !== null;
  for (const name of Object.keys(store).filter((one) => one.startsWith(SENT))) {
    store.removeItem(name); // what was sent, and led to a page of ours, is saved or stands there anew
    const where = name.slice(SENT.length);
    if (!back && !again(where)) store.removeItem(KEPT + where);
  }
  document.addEventListener("input", ({ target }) => { const form = target.closest?.(FORMS); if (form) keep(form, key); });
  document.addEventListener("change", ({ target }) => { const form = target.closest?.(FORMS); if (form) keep(form, key); });
  document.addEventListener("submit", ({ target }) => {
    if (target.matches("[data-leaves]")) {
      forget();
      shared[SINCE] = LEFT + Date.now();
    } else if (target.matches(FORMS) && names.has(place(target))) store.setItem(SENT + names.get(place(target)), "");
  });
  let said = false;
  for (const form of document.querySelectorAll(FORMS)) {
    const name = await nameOf(form), late = again(name);
    if ((back || late) && await bringBack(form, key)) said ||= late;
    store.removeItem(AGAIN + name);
  }
  if (said) htmx.trigger(document.body, "toast", { text: keptLabel, tone: "wait" });
}
if (keeps && crypto.subtle) begin();
else if (new URLSearchParams(location.search).has("unsaved")) {
  if (wasLeft()) forget();
  const waiting = Object.keys(store).filter((name) => name.startsWith(KEPT));
  for (const name of waiting) store.setItem(AGAIN + name.slice(KEPT.length), "");
  document.querySelectorAll("[data-kept]").forEach((said) => { said.hidden = !waiting.length; });
}
