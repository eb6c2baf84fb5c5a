// data-copy="text": puts the text on the clipboard and says so.
htmx.onLoad((root) => {
  if (navigator.clipboard) root.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false; });
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  htmx.trigger(document.body, "toast", { text: button.dataset.done, tone: "good" });
});
