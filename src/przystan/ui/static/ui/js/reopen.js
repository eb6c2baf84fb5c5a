// data-reopens="5": a page that could not be served is loaded again by itself, when the server says that it serves pages: after
// so many seconds, later when it was tried before, and not in the same moment as everybody else. Only pages that were
// asked by GET have it: nothing that was typed is on them.
const waits = document.querySelector("[data-reopens]");
if (waits) {
  const tried = performance.getEntriesByType("navigation")[0]?.type === "reload";
  const seconds = () => waits.dataset.reopens * (tried ? 4 : 1) * (1 + Math.random());
  const later = () => setTimeout(ask, seconds() * 1000);
  async function ask() {
    const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
    answer?.ok ? window.location.reload() : later();
  }
  waits.hidden = false;
  later();
}
