// On a phone rows are drawn as cards; the roles keep the table a table for screen readers.
const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
htmx.onLoad((root) => {
  const tables = root.matches?.("table[data-table]") ? [root] : root.querySelectorAll("table[data-table]");
  tables.forEach((table) => {
    [table, ...table.querySelectorAll("thead, tbody, tr, td")].forEach((part) => part.setAttribute("role", roles[part.localName]));
    table.querySelectorAll("th").forEach((head) => head.setAttribute("role", head.scope === "row" ? "rowheader" : "columnheader"));
  });
});
