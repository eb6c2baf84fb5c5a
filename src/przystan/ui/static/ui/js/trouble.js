// When an answer to htmx goes wrong: say so, and keep what is on the page.
const say = ({ detail: { xhr } }) => {
  if (xhr?.getResponseHeader("HX-Trigger")) return; // the answer says itself what is wrong
  const text = document.getElementById("toasts").dataset.troubleLabel;
  htmx.trigger(document.body, "toast", { text, tone: "bad" });
};
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.body.addEventListener(name, say);

// Led to another whole page (the session has ended, say): go there instead of putting it inside this one.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, pathInfo } = event.detail;
  const led = xhr.responseURL && new URL(xhr.responseURL).pathname !== new URL(pathInfo.requestPath, window.location.href).pathname;
  if (!led || !/^\s*<!doctype/i.test(xhr.responseText)) return;
  event.detail.shouldSwap = false;
  window.location.assign(xhr.responseURL);
});
