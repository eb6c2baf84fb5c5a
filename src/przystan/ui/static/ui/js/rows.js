// data-rows: "add another" copies the <template> row of a Django formset and counts it.
htmx.onLoad((root) => root.querySelectorAll("[data-rows-add]").forEach((button) => { button.hidden = false; }));
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows-add]");
  if (!button) return;
  const rows = button.closest("[data-rows]");
  const total = rows.querySelector(`[name="${rows.dataset.prefix}-TOTAL_FORMS"]`);
  const row = rows.querySelector("template[data-rows-pattern]").content.firstElementChild.cloneNode(true);
  row.innerHTML = row.innerHTML.replaceAll("__prefix__", total.value);
  rows.querySelector("[data-rows-list]").append(row);
  total.value = Number(total.value) + 1;
  htmx.process(row);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
});
