// The preview follows what is typed. What a colour is worth is decided by the server, which is asked as one types.

import { latest } from "./latest.js";

/**
 * @typedef {{tokens: Record<string, string>, problems: Record<string, string>}} Answer
 */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-theme]"));
const frame = /** @type {HTMLIFrameElement | null} */ (document.querySelector("iframe[data-preview]"));

/**
 * Through the style object: a style in an attribute or a text is not allowed here.
 * @param {Record<string, string>} tokens
 */
function show(tokens) {
  const root = frame?.contentDocument?.documentElement;
  for (const [name, value] of Object.entries(tokens)) root?.style.setProperty(name, value);
}

/**
 * The sentence stands where the page itself puts it after sending.
 * @param {HTMLFormElement} of
 * @param {Record<string, string>} problems
 */
function say(of, problems) {
  for (const input of of.querySelectorAll("input[type=text], select")) {
    const field = /** @type {HTMLInputElement | HTMLSelectElement} */ (input);
    const place = document.getElementById(`problem_${field.name}`);
    if (!place) continue;
    const sentence = problems[field.name] ?? "";
    place.replaceChildren();
    if (sentence) {
      const line = document.createElement("span");
      line.className = "usa-error-message";
      line.textContent = sentence;
      place.append(line);
    }
    place.setAttribute("role", "status");
    field.classList.toggle("usa-input--error", sentence !== "");
    field.toggleAttribute("aria-invalid", false);
    if (sentence) field.setAttribute("aria-invalid", "true");
    field.closest(".usa-form-group")?.classList.toggle("usa-form-group--error", sentence !== "");
  }
}

/** @param {HTMLFormElement} of */
function begin(of) {
  for (const button of of.querySelectorAll("[data-without-script]")) button.setAttribute("hidden", "");
  const ask = latest(async () => {
    const typed = new URLSearchParams();
    for (const name of ["primary", "accent", "radius", "font"]) {
      const field = of.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) typed.set(name, field.value);
    }
    const response = await fetch(`${of.dataset.check}?${typed}`, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    return /** @type {Answer} */ (await response.json());
  });
  of.addEventListener("input", () =>
    ask((answer) => {
      show(answer.tokens);
      say(of, answer.problems);
    }),
  );
}

if (form) begin(form);
