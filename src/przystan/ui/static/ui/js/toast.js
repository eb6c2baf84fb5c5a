// Messages of the server: a button closes them; htmx answers may bring more (HX-Trigger: toast). They stay until closed
// when something went wrong, else ten seconds: long enough to be read in a second language.
const STAY = 10000;
function watch(toast) {
  const button = toast.querySelector("[data-dismiss]");
  button.hidden = false;
  button.addEventListener("click", () => toast.remove());
  if (!toast.matches(".tone-bad, .tone-wait")) setTimeout(() => toast.matches(":hover, :focus-within") || toast.remove(), STAY);
}
htmx.onLoad((root) => root.querySelectorAll("[data-toast]").forEach(watch));
document.body.addEventListener("toast", (event) => {
  const area = document.getElementById("toasts");
  const toast = document.createElement("div");
  toast.className = `toast tone-${event.detail.tone || "good"}`;
  toast.innerHTML = '<span></span><p></p><button class="button quiet small" type="button" data-dismiss>×</button>';
  toast.querySelector("p").textContent = event.detail.text;
  toast.querySelector("button").setAttribute("aria-label", area.dataset.dismissLabel);
  for (const same of [...area.children]) if (same.querySelector("p")?.textContent === event.detail.text) same.remove();
  area.append(toast);
  watch(toast);
});
