// A key that an element names in aria-keyshortcuts, alone or with Ctrl, goes into its box, or presses its link.
document.addEventListener("keydown", (event) => {
  const held = event.ctrlKey || event.metaKey;
  if (event.altKey || (!held && event.target.closest("input, textarea, select, [contenteditable]"))) return;
  const key = held ? "Control+" + event.key.toUpperCase() : event.key;
  const there = document.querySelector(`[aria-keyshortcuts~=${JSON.stringify(key)}]`);
  if (!there) return;
  event.preventDefault();
  if (!there.select) return there.click();
  there.focus();
  there.select();
});
htmx.onLoad((root) => root.querySelector("[data-focus]")?.focus());
// data-starts="ids": a form to fill in begins at the first of these fields that is empty, unless it tells of mistakes.
htmx.onLoad((root) => {
  const form = root.querySelector("[data-starts]");
  if (!form || document.querySelector("[data-focus]")) return;
  form.dataset.starts.split(" ").map((id) => document.getElementById(id)).find((field) => field && !field.value)?.focus();
});

// Arrows walk from the search box through what was found below it; Escape clears it.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(".bar-search");
  const step = { ArrowDown: 1, ArrowUp: -1, Escape: -Infinity }[event.key];
  if (!form || !step) return;
  const stops = [form.querySelector("input[type=search]"), ...form.querySelectorAll(".suggestions a")];
  if (event.key === "Escape") {
    htmx.trigger(stops[0], "htmx:abort"); // what is on its way does not open them again
    form.querySelector(".suggestions").replaceChildren();
  }
  const next = stops[Math.max(0, stops.indexOf(document.activeElement) + step)];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

// data-again="who": Back to a posted search finds the same again. Without this the browser asks whether to send a form
// once more. What was typed stays in this tab's history for the same member of staff, never in an address.
const again = document.querySelector("input[data-again]");
if (again) {
  const who = again.dataset.again;
  const before = performance.getEntriesByType("navigation")[0]?.type === "back_forward" ? history.state?.looked : null;
  const remember = () => history.replaceState({ ...history.state, looked: { who, text: again.value } }, "");
  again.addEventListener("input", remember);
  if (again.value) remember(); // the page of a POST is a plain page from now on
  window.addEventListener("load", () => {
    if (again.value || before?.who !== who) return;
    again.value = before.text;
    again.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
