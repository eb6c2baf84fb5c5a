// data-opens="id" opens a <dialog>; data-closes inside it, or a click beside it, closes it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
  else if (event.target instanceof HTMLDialogElement) event.target.close();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  if (event.target.closest("[data-back]")) history.back();
});
if (history.length > 1) document.querySelectorAll("[data-back]").forEach((button) => { button.hidden = false; });
