/** The few scripts of the pages, each only where a feature needs one. A page works without them as far as it can. */
import { createHash } from "node:crypto";

/**
 * Passkeys: the form carries the options of the browser's own call, and takes its answer back. Source: Web
 * Authentication Level 3, sections 5.1 and 6.
 */
const passkeyScript = `
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\\+/g, "-").replace(/\\//g, "_").replace(/=+$/, "");
  const described = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));
  const toJson = (credential) => {
    const { response } = credential;
    const shown = { clientDataJSON: text(response.clientDataJSON) };
    if (response.attestationObject) {
      shown.attestationObject = text(response.attestationObject);
      shown.transports = response.getTransports ? response.getTransports() : [];
    } else {
      shown.authenticatorData = text(response.authenticatorData);
      shown.signature = text(response.signature);
      if (response.userHandle) shown.userHandle = text(response.userHandle);
    }
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment || undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: shown,
    };
  };
  const request = (options) => ({
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: described(options.allowCredentials),
  });
  const send = (credential) => {
    form.elements.credential.value = JSON.stringify(toJson(credential));
    form.submit();
  };

  // The browser offers passkeys in the field of the name. A question waits for some minutes only, and is put again in time.
  const offer = async () => {
    const body = new URLSearchParams({ _csrf: form.elements._csrf.value, begin: "yes" });
    const answer = await fetch(form.action, { method: "POST", body });
    if (!answer.ok) return;
    const stop = new AbortController();
    const again = setTimeout(() => stop.abort("again"), 150000);
    const publicKey = request(await answer.json());
    navigator.credentials.get({ publicKey, mediation: "conditional", signal: stop.signal }).then(send, (reason) => {
      clearTimeout(again);
      if (reason === "again") offer();
    });
  };
  if (form.dataset.passkey === "conditional") {
    const canOffer = window.PublicKeyCredential && PublicKeyCredential.isConditionalMediationAvailable;
    if (canOffer) PublicKeyCredential.isConditionalMediationAvailable().then((isThere) => { if (isThere) offer(); });
    return;
  }

  const failed = document.getElementById("passkeyFailed");
  const button = form.querySelector("[type=submit], [type=Submit]");
  const options = JSON.parse(form.dataset.options);
  const ask = () =>
    form.dataset.passkey === "create"
      ? navigator.credentials.create({
          publicKey: {
            ...options,
            challenge: bytes(options.challenge),
            user: { ...options.user, id: bytes(options.user.id) },
            excludeCredentials: described(options.excludeCredentials),
          },
        })
      : navigator.credentials.get({ publicKey: request(options) });
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.name === "skip") return;
    if (form.elements.credential.value) return;
    event.preventDefault();
    failed.hidden = true;
    button.disabled = true;
    ask().then(send, () => {
      failed.hidden = false;
      button.disabled = false;
    });
  });
  if (form.dataset.passkey === "get") form.requestSubmit(button);
})();
`;

/** The button that sends a code again, usable after a while. The server counts as well. */
const countdownScript = `
(() => {
  for (const button of document.querySelectorAll("button[data-wait]")) {
    const line = button.form.querySelector(".resendIn");
    const texts = JSON.parse(line.dataset.texts);
    const rules = new Intl.PluralRules(document.documentElement.lang);
    let left = Number(button.dataset.wait);
    const show = () => {
      button.disabled = left > 0;
      line.textContent = left > 0 ? (texts[rules.select(left)] || texts.other).replace("{count}", String(left)) : "";
      if (left-- > 0) setTimeout(show, 1000);
    };
    show();
  }
})();
`;

/** The two cards of a classic page hold the same: what is typed in one stands in the other, as on Cognito's own pages. */
const mirrorScript = `
document.addEventListener("input", ({ target }) => {
  if (!target.name) return;
  for (const other of document.getElementsByName(target.name)) {
    if (other !== target && other.tagName === target.tagName) other.value = target.value;
  }
});
`;

/** Marks the rules that a new password keeps already. Source: the pages as captured, for what counts as a symbol. */
const rulesScript = `
(() => {
  const tests = {
    lowerletter: /[a-z]/,
    upperletter: /[A-Z]/,
    numbers: /[0-9]/,
    symbols: /[-+=!$%^&*()_|~\`{}[\\]:/;<>?,.@#'"\\\\]/,
  };
  const keeps = (item, password) =>
    item.dataset.rule === "length"
      ? password.length >= Number(item.closest("[data-length]").dataset.length)
      : tests[item.dataset.rule].test(password);
  document.addEventListener("input", ({ target }) => {
    if (target.autocomplete !== "new-password" || target.name === "confirm_password") return;
    for (const item of document.querySelectorAll("[data-rule]")) {
      const isKept = keeps(item, target.value);
      item.classList.toggle("passwordCheck-valid-customizable", isKept && target.value !== "");
      item.classList.toggle("passwordCheck-notValid-customizable", !isKept && target.value !== "");
    }
  });
})();
`;

/** The inbox of a dev house looks for new messages every second, and copies codes. */
const inboxScript = `
(() => {
  const list = document.getElementById("messages");
  const withButtons = () => {
    for (const code of list.querySelectorAll(".code")) {
      if (code.nextElementSibling) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = list.dataset.copy;
      button.addEventListener("click", () => {
        navigator.clipboard.writeText(code.textContent.trim()).then(() => {
          button.textContent = list.dataset.copied;
          setTimeout(() => { button.textContent = list.dataset.copy; }, 1500);
        });
      });
      code.after(button);
    }
  };
  let newest = list.firstElementChild ? list.firstElementChild.dataset.id : "";
  const look = () =>
    fetch("/_poolhouse/inbox.json")
      .then((answer) => answer.json())
      .then(({ messages }) => {
        const first = messages.length > 0 ? messages[0].id : "";
        if (first === newest) return undefined;
        newest = first;
        return fetch("/_poolhouse/inbox").then((answer) => answer.text()).then((html) => {
          const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("messages");
          list.previousElementSibling.textContent = fresh.previousElementSibling.textContent;
          list.replaceChildren(...fresh.childNodes);
          withButtons();
        });
      })
      .catch(() => undefined)
      .finally(() => setTimeout(look, 1000));
  withButtons();
  setTimeout(look, 1000);
})();
`;

const pathOf = (name: string, text: string): string =>
  `/_poolhouse/${name}.${createHash("sha256").update(text).digest("hex").slice(0, 12)}.js`;

export const passkeyScriptPath = pathOf("passkey", passkeyScript);
export const countdownScriptPath = pathOf("countdown", countdownScript);
export const inboxScriptPath = pathOf("inbox", inboxScript);
export const mirrorScriptPath = pathOf("mirror", mirrorScript);
export const rulesScriptPath = pathOf("rules", rulesScript);

/** The scripts by the path at which they are served: a name changes with its text, so it may be kept for ever. */
export const scripts: ReadonlyMap<string, string> = new Map([
  [passkeyScriptPath, passkeyScript],
  [countdownScriptPath, countdownScript],
  [inboxScriptPath, inboxScript],
  [mirrorScriptPath, mirrorScript],
  [rulesScriptPath, rulesScript],
]);
