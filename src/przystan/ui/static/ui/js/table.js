// On a phone rows are drawn as cards; the roles keep the table a table for screen readers.
// One that is wider than the page scrolls, by the arrow keys as well.
const reach = (scroll, name) => {
  if (!scroll.matches(".table-scroll")) return;
  new ResizeObserver(() => {
    const wide = scroll.scrollWidth > scroll.clientWidth;
    wide ? scroll.setAttribute("tabindex", "0") : scroll.removeAttribute("tabindex");
    wide ? scroll.setAttribute("role", "region") : scroll.removeAttribute("role");
    scroll.setAttribute("aria-label", name);
  }).observe(scroll);
};
const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", row: "rowheader", col: "columnheader" };
htmx.onLoad((root) => {
  const tables = root.matches?.("table[data-table]") ? [root] : root.querySelectorAll("table[data-table]");
  tables.forEach((table) => {
    [table, ...table.querySelectorAll("thead, tbody, tr, td, th")].forEach((part) => part.setAttribute("role", roles[part.scope || part.localName]));
    reach(table.parentElement, table.caption?.textContent);
  });
  root.querySelector("[data-paper]") && print(); // asked for as it goes on paper
});
