// Forms that a passkey answers: [data-passkey="create"] makes one, [data-passkey="get"] shows one.

import { isPossible, toOptions, toText } from "./credential.js";

const script = document.getElementById("passkey_options");
const given = script ? JSON.parse(script.textContent ?? "{}") : {};

/** @param {HTMLFormElement} form */
async function answer(form) {
  const making = form.dataset.passkey === "create";
  const options = toOptions((making ? given.creation_options : given.request_options).publicKey);
  const found = making
    ? await navigator.credentials.create({ publicKey: options })
    : await navigator.credentials.get({ publicKey: options });
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("credential"));
  input.value = toText(/** @type {PublicKeyCredential} */ (found));
}

/** @param {HTMLFormElement} form */
function prepare(form) {
  const problem = /** @type {HTMLElement | null} */ (form.querySelector("[data-passkey-problem]"));
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (problem) problem.hidden = true;
    try {
      await answer(form);
    } catch {
      if (problem) problem.hidden = false; // cancelled, or not on this device: the person decides what to do next
      return;
    }
    form.submit();
  });
}

if (isPossible(window)) {
  document.querySelectorAll("[data-passkey-unsupported]").forEach((each) => each.setAttribute("hidden", ""));
  document.querySelectorAll("form[data-passkey]").forEach((form) => prepare(/** @type {HTMLFormElement} */ (form)));
}
