// When an answer goes wrong, to htmx or to a script of ours (which says "trouble" with the answer, if there was one): say so,
// and keep what is on the page.
const { dataset } = document.getElementById("toasts");
const tell = (text) => htmx.trigger(document.body, "toast", { text, tone: "bad" });
const say = ({ detail: { xhr, requestConfig } }) => {
  if (xhr?.getResponseHeader("HX-Trigger")) return; // the answer says itself what is wrong
  tell(requestConfig?.verb === "get" ? dataset.partLabel : dataset.troubleLabel);
};
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.body.addEventListener(name, say);
document.body.addEventListener("trouble", ({ detail: { answer } }) => {
  const said = answer?.headers.get("HX-Trigger");
  tell(said ? JSON.parse(said).toast.text : dataset.troubleLabel);
});

// Led to another whole page (the session has ended, say): go there instead of putting it inside this one.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, pathInfo } = event.detail;
  const led = xhr.responseURL && new URL(xhr.responseURL).pathname !== new URL(pathInfo.requestPath, window.location.href).pathname;
  if (!led || !/^\s*<!doctype/i.test(xhr.responseText)) return;
  event.detail.shouldSwap = false;
  window.location.assign(xhr.responseURL);
});
