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

// A draft is taken (drafts.js): rows that somebody had added are there again, for what was in them.
document.addEventListener("draft", ({ target, detail: { names } }) => {
  for (const rows of target.querySelectorAll("[data-rows]")) {
    const { prefix } = rows.dataset;
    const total = rows.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    total.value = rows.querySelectorAll("[data-rows-item]").length; // the browser may have brought back a larger one
    while (names.some((name) => name.startsWith(`${prefix}-${total.value}-`))) add(rows);
  }
});
