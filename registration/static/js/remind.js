// A wish for a reminder that came back for some work: the device does it by itself. Without this script there is the wait.

import { Prover, tellWork } from "./work.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("remind"));
const hidden = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
const prover = new Prover(
  { reference: hidden("reference"), work: hidden("work"), proof: hidden("proof") },
  (share) => tellWork(share, form.dataset),
);

form.addEventListener("submit", async (event) => {
  if (!prover.running) return;
  event.preventDefault();
  await prover.running;
  form.requestSubmit();
});
document.querySelector("[data-focus]")?.focus();
tellWork(0, form.dataset);
prover.begin(form.dataset.challenge);
