// The page locks when nobody has been here for a while. The server decides (access.guard); this warns, asks, and hides.
const lock = document.querySelector("[data-lock]");
const WARN = 120; // seconds before the end
const TELL = 60000; // milliseconds: the server hears of activity no more often
if (lock) {
  const { lock: seconds, asks, leads } = lock.dataset;
  const token = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
  let ends = Date.now() + seconds * 1000;
  let told = Date.now();
  let unsaved = false;
  let busy = false;

  const left = () => (ends - Date.now()) / 1000;
  document.addEventListener("input", (event) => { if (event.target.closest("form[method=post]:not([role=search])")) unsaved = true; });
  document.addEventListener("submit", () => { unsaved = false; });

  function leave() {
    document.body.hidden = true;
    document.dispatchEvent(new CustomEvent("locked"));
    const here = encodeURIComponent(window.location.pathname + window.location.search);
    window.location.replace(`${leads}?next=${here}&why=away${unsaved ? "&unsaved=1" : ""}`);
  }

  // An answer of the page itself means that the session lives; being led to the login, that it has ended.
  async function ask(method) {
    if (busy) return;
    busy = true;
    try {
      const answer = await fetch(asks, { method, headers: token, redirect: "manual", cache: "no-store" });
      if (!answer.ok) return void leave();
      ends = Date.now() + (await answer.json()).left * 1000;
      document.body.hidden = false;
      lock.hidden = left() > WARN;
    } catch {
      if (left() <= 0) leave();
    } finally {
      busy = false;
    }
  }

  function tick() {
    if (left() <= 0) document.body.hidden = true;
    if (left() <= 0) ask("GET");
    else if (left() <= WARN && lock.hidden) ask("GET");
    lock.querySelector("[data-unsaved]").hidden = !unsaved;
  }

  function here() {
    if (left() <= 0) return void tick();
    if (lock.hidden && Date.now() - told < TELL) return;
    told = Date.now();
    ask("POST");
  }

  setInterval(tick, 5000);
  document.addEventListener("visibilitychange", tick);
  for (const name of ["keydown", "pointerdown", "wheel", "input"]) document.addEventListener(name, here, { passive: true });
}

// Back shows nothing old: what the browser has kept is hidden when it is left, and asked for again when it is shown.
window.addEventListener("pagehide", (event) => { if (event.persisted) document.body.hidden = true; });
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
