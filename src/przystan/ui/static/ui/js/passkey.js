// Lets a passkey derive the secret that opens one's key (WebAuthn's PRF extension). Forms with data-passkey stay hidden
// where the browser cannot do it: the passphrase always works.
(() => {
  if (!window.PublicKeyCredential) return;
  // A new passkey is asked to be able to: some can only if they were asked when they were made.
  const create = navigator.credentials.create.bind(navigator.credentials);
  navigator.credentials.create = (options) => {
    if (options?.publicKey) options.publicKey.extensions = { prf: {}, ...options.publicKey.extensions };
    return create(options);
  };

  // Stopped, or not answered in time, by the passkey (whose errors are DOMExceptions) or by the server: the page says so.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    if (!(event.detail.exception instanceof DOMException)) return void htmx.trigger(document.body, "trouble", {});
    const words = document.querySelector("template[data-passkey-trouble]").content.cloneNode(true);
    document.querySelector("[data-passkey-said]").replaceChildren(words);
  });

  const forms = document.querySelectorAll("form[data-passkey]");
  if (!forms.length) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  async function derive(form) {
    const found = await navigator.credentials.get({
      publicKey: {
        // What is derived proves itself by opening the key, so the challenge needs no check.
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        allowCredentials: [{ type: "public-key", id: bytes(form.dataset.passkey) }],
        userVerification: "required",
        extensions: { prf: { eval: { first: bytes(form.dataset.salt) } } },
      },
    });
    return found.getClientExtensionResults().prf?.results?.first;
  }

  for (const form of forms) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.derived.value) return;
      event.preventDefault();
      let made = null;
      try {
        made = await derive(form);
      } catch {
        made = null; // cancelled, or the passkey is another one's
      }
      form.elements.derived.value = made ? text(made) : "-";
      form.submit();
    });
  }
})();
