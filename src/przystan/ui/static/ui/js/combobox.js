// Finding in a list. Two comboboxes, one behaviour (ARIA 1.2, list autocomplete): options come from a <select data-combobox> of this page,
// or from the server for [data-remote-combobox]. Arrows move; Enter and Tab take the marked option, or the first that fits
// what was typed; Escape closes. What fits nothing stays as it was typed, is marked, and the server says so.
const WAIT = 200;
const PATIENCE = 20000; // milliseconds, as htmx has (ui/base.html)
const MANY = 100;
let counter = 0;

function attach(box, { options, choose }) {
  const input = box.querySelector("[role=combobox]");
  const list = box.querySelector("[role=listbox]");
  let timer, current = -1, asked = 0, answered, typed;
  const items = () => [...list.querySelectorAll("[role=option]:not([aria-disabled=true])")];

  function close() {
    asked += 1; // an answer that is still on its way opens nothing any more
    clearTimeout(timer);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    current = -1;
  }
  function mark(index) {
    const all = items();
    if (!all.length) return;
    current = (index + all.length) % all.length;
    all.forEach((item, place) => item.setAttribute("aria-selected", String(place === current)));
    input.setAttribute("aria-activedescendant", all[current].id);
    all[current].scrollIntoView({ block: "nearest" });
  }
  async function fill() {
    const mine = ++asked, text = input.value.trim();
    clearTimeout(timer);
    let found = options(text);
    if (found.then) found = await found;
    if (mine !== asked || document.activeElement !== input) return;
    list.replaceChildren(...found);
    list.querySelectorAll("[role=option]").forEach((item, place) => { item.id = `${list.id}-${place}`; });
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    current = -1;
    answered = text;
  }
  function take(item) {
    choose(item);
    input.value = item.dataset.text;
    input.removeAttribute("aria-invalid");
    typed = false;
    close();
  }
  // The option that is meant: marked, or the first for what was typed; none while another answer is on its way.
  const meant = () => !list.hidden && (items()[current] ?? (typed && answered && answered === input.value.trim() && items()[0]));
  input.addEventListener("input", () => { typed = true; clearTimeout(timer); timer = setTimeout(fill, WAIT); });
  input.addEventListener("click", () => { if (list.hidden) fill(); });
  input.addEventListener("keydown", async (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) await fill();
      mark(event.key === "ArrowDown" ? current + 1 : Math.max(current, 0) - 1);
    } else if (event.key === "Enter" && (typed || meant())) {
      event.preventDefault(); // a choice that is not finished sends no form
      if (!meant() && input.value.trim()) await fill();
      if (meant()) take(meant());
      else input.setAttribute("aria-invalid", input.value !== "");
    } else if (event.key === "Tab" && typed) {
      if (!meant()) fill();
      if (meant()) take(meant());
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      typed = false;
      close();
    }
  });
  input.addEventListener("blur", () => setTimeout(() => document.activeElement === input || close(), 150));
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("[role=option]");
    event.preventDefault();
    if (item && item.getAttribute("aria-disabled") !== "true") take(item);
  });
  return { input, list, close };
}

function remote(box) {
  const hidden = box.querySelector("[data-combobox-value]");
  const { input } = attach(box, {
    async options(text) {
      const url = `${box.dataset.url}${box.dataset.url.includes("?") ? "&" : "?"}q=${encodeURIComponent(text)}`;
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal }).catch(() => null);
      if (answer?.redirected) window.location.assign(answer.url); // the session has ended
      const found = answer?.ok && await answer.text().catch(() => null);
      if (typeof found !== "string") {
        htmx.trigger(document.body, "trouble", { answer });
        return [];
      }
      return new DOMParser().parseFromString(found, "text/html").querySelectorAll("[role=option]");
    },
    choose(item) {
      hidden.value = item.dataset.value;
      hidden.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  input.addEventListener("input", () => { hidden.value = ""; });
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ł", "l").replaceAll("Ł", "L").toLowerCase();

function heading(text) {
  const item = document.createElement("li");
  item.className = "combobox-group";
  item.setAttribute("role", "option");
  item.setAttribute("aria-disabled", "true");
  item.textContent = text;
  return item;
}

function local(select) {
  if (select.multiple || select.dataset.enhanced) return;
  select.dataset.enhanced = "yes";
  const id = `combobox-${++counter}`;
  const box = document.createElement("div");
  box.className = "combobox combobox-choice";
  const input = document.createElement("input");
  const list = document.createElement("ul");
  list.className = "combobox-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.id = id;
  input.type = "text";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.id = select.id;
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  list.setAttribute("aria-label", label ? label.textContent.trim() : select.name);
  for (const name of ["aria-describedby", "aria-invalid", "aria-label"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  const set = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
  Object.entries(set).forEach(([name, value]) => input.setAttribute(name, value));
  select.id = `${select.id}-kept`;
  select.hidden = true;
  select.before(box);
  box.append(input, list);
  // What was typed and is not on the list: the server says so, and sends it back.
  const other = select.querySelector("[data-typed]") ?? new Option();
  const chosen = () => (select.value === "" ? "" : select.selectedOptions[0]?.textContent.trim() ?? "");
  input.value = chosen();
  attach(box, {
    options(text) {
      const all = input.value === chosen() ? "" : plain(text);
      const begins = (option) => plain(option.textContent.trim()).startsWith(all);
      const fits = [...select.options].filter((option) => option !== other && plain(option.textContent).includes(all));
      const once = {};
      const found = fits.filter(({ value }) => !once[value] && (once[value] = true)).sort((one, two) => begins(two) - begins(one)).slice(0, MANY);
      let group;
      return found.flatMap((option) => {
        const item = document.createElement("li");
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dataset.value = option.value;
        item.dataset.text = option.value === "" ? "" : option.textContent.trim();
        item.textContent = option.textContent;
        const above = option.parentElement.label;
        if (all || above === group) return [item];
        group = above;
        return above ? [heading(above), item] : [item];
      });
    },
    choose(item) {
      edited = false;
      select.value = item.dataset.value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  select.addEventListener("change", () => { if (document.activeElement !== input) input.value = chosen(); });
  let edited; // by hand: what another script chooses in the select stands
  input.addEventListener("input", () => { edited = true; });
  input.addEventListener("blur", () => {
    if (!edited) input.value = chosen();
    edited = false;
    const text = input.value.trim(), known = [...select.options].find((option) => option.textContent.trim() === text);
    if (text === chosen()) return;
    if (text && !known) {
      other.value = other.textContent = text;
      select.append(other);
    }
    select.value = text && (known ?? other).value;
    input.setAttribute("aria-invalid", !known && text !== "");
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

htmx.onLoad((root) => {
  root.querySelectorAll("[data-remote-combobox]:not([data-enhanced])").forEach((box) => {
    box.dataset.enhanced = "yes";
    remote(box);
  });
  root.querySelectorAll("select[data-combobox]").forEach(local);
  root.querySelectorAll("[data-ticks]").forEach((find) => {
    find.hidden = false;
    find.addEventListener("input", () => find.parentNode.querySelectorAll(".choice").forEach((one) => {
      one.hidden = !one.control.checked && !plain(one.textContent).includes(plain(find.value));
    }));
  });
});
