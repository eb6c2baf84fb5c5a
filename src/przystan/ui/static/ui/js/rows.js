// data-rows: "add another" copies the <template> row of a Django formset and counts it.
htmx.onLoad((root) => root.querySelectorAll("[data-rows-add]").forEach((button) => { button.hidden = false; }));
function add(rows) {
  const total = rows.querySelector(`[name="${rows.dataset.prefix}-TOTAL_FORMS"]`);
  const row = rows.querySelector("template[data-rows-pattern]").content.firstElementChild.cloneNode(true);
  row.innerHTML = row.innerHTML.replaceAll("__prefix__", total.value);
  row.dataset.rowsAdded = "";
  rows.querySelector("[data-rows-list]").append(row);
  total.value = Number(total.value) + 1;
  htmx.process(row);
  return row;
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows-add]");
  if (button) add(button.closest("[data-rows]")).querySelector("input:not([type=hidden]), select, textarea")?.focus();
});

// Back to a form that was sent: rows that somebody had added are there again, for the same member of staff, with what was
// in them. Browsers remember only the fields that a page came with.
const whose = document.querySelector("[data-lock]")?.dataset.whose;
const TICKED = "[type=radio], [type=checkbox]";
document.addEventListener("submit", () => {
  const fields = [...document.querySelectorAll("[data-rows-added] :is(input, select, textarea)[name]")];
  const added = fields.map((field) => [field.name, field.matches(TICKED) ? field.checked : field.value]);
  if (added.length) history.replaceState({ ...history.state, rows: { whose, added } }, "");
});
const before = history.state?.rows;
if (before?.whose === whose && performance.getEntriesByType("navigation")[0]?.type === "back_forward") {
  for (const rows of document.querySelectorAll("[data-rows]")) {
    const { prefix } = rows.dataset;
    const mine = before.added.filter(([name]) => name.startsWith(`${prefix}-`));
    const total = rows.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    total.value = rows.querySelectorAll("[data-rows-item]").length; // the browser has brought back the larger one
    while (mine.some(([name]) => name.startsWith(`${prefix}-${total.value}-`))) add(rows);
    for (const [name, value] of mine) {
      const field = rows.querySelector(`[name="${CSS.escape(name)}"]`);
      if (field) field[field.matches(TICKED) ? "checked" : "value"] = value;
    }
  }
}
