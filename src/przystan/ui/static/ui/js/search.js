// "/" and Ctrl-K go to the search box of the bar.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const ctrlK = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  const box = document.querySelector("[data-search-focus]");
  if (!box || !(slash || ctrlK)) return;
  event.preventDefault();
  box.focus();
  box.select();
});
htmx.onLoad((root) => root.querySelector("[data-focus]")?.focus());
