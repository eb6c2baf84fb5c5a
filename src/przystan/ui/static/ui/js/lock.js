// The page locks when nobody has been here for a while. The server decides (access.guard); this warns, asks, and hides.
const lock = document.querySelector("[data-lock]");
const WARN = 120; // seconds before the end
const PATIENCE = 20000; // milliseconds that an answer may take
const TELL = 60000; // milliseconds: the server hears of activity no more often
sessionStorage.removeItem("htmx-current-path-for-history"); // which no page of ours needs, and which tells where it was
let typed = false; // in a form of this page, whether it was sent or not
let ask; // whether the session lives, and whose it is
if (lock) {
  const { lock: seconds, asks, leads, whose } = lock.dataset;
  const away = document.querySelector("[data-lock-away]");
  document.documentElement.append(away); // seen while the page itself is hidden
  let ends = Date.now() + seconds * 1000;
  let told = Date.now();
  let unsaved = false;
  let busy = false;

  const left = () => (ends - Date.now()) / 1000;
  document.addEventListener("input", (event) => { if (event.target.closest("form[method=post]:not([role=search])")) unsaved = typed = true; });
  document.addEventListener("submit", () => { unsaved = false; });

  function close() {
    document.body.hidden = true;
    dispatchEvent(new CustomEvent("locked"));
  }
  function leave() {
    close();
    const here = encodeURIComponent(window.location.pathname + window.location.search);
    window.location.replace(`${leads}?next=${here}&why=away${unsaved ? "&unsaved=1" : ""}`);
  }

  // Somebody else has logged in meanwhile: they get the page as it is for them.
  function again() {
    close();
    window.location.reload();
  }
  // Who logged in anew in another window goes on here: each login makes the token against forged forms anew.
  function renew(token) {
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  }

  // An answer of the page itself means that the session lives; being led to the login, that it has ended. Anything else
  // (a server that is too busy or away) says neither: what was typed stays, hidden when the time is over, and is asked for again.
  ask = async (method) => {
    if (busy) return;
    busy = true;
    try {
      const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
      const answer = await fetch(asks, { method, headers, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.type === "opaqueredirect") return void leave();
      const session = await answer.json();
      if (session.whose !== whose) return void again();
      ends = Date.now() + session.left * 1000;
      renew(session.token);
      document.body.hidden = false;
      away.hidden = true;
      lock.hidden = left() > WARN;
    } catch {
      away.hidden = !document.body.hidden;
    } finally {
      busy = false;
    }
  }

  function tick() {
    if (left() <= 0) document.body.hidden = true;
    if (document.body.hidden) ask("GET");
    else if (left() <= WARN && lock.hidden) ask("GET");
    lock.querySelector("[data-unsaved]").hidden = !unsaved;
  }

  function here() {
    if (left() <= 0) return void tick();
    if (lock.hidden && Date.now() - told < TELL) return;
    told = Date.now();
    ask("POST");
  }

  // Who logs out in one window closes all of them: on a shared computer the next one would read what stands there.
  document.addEventListener("submit", ({ target }) => { if (target.matches("[data-leaves]")) localStorage.left = Date.now(); });
  addEventListener("storage", ({ key, newValue }) => { if (key === "left" && newValue) document.body.hidden = true; });

  setInterval(tick, 5000);
  document.addEventListener("visibilitychange", () => (document.hidden ? tick() : ask("GET")));
  for (const name of ["keydown", "pointerdown", "wheel", "input"]) document.addEventListener(name, here, { passive: true });
}

// Back shows nothing old: what the browser has kept is hidden when it is left, and asked for again when it is shown. Only a
// page in which somebody has typed is shown as it was left, once the server has said that it is still theirs.
window.addEventListener("pagehide", (event) => { if (event.persisted) document.body.hidden = true; });
window.addEventListener("pageshow", (event) => {
  if (event.persisted) typed ? ask("GET") : window.location.reload();
});
