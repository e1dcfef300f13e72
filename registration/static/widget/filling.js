// Puts the host's fields into the page's inputs, and says beside each where it comes from.

import { places, toFragment } from "./prefill.js";

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} fields
 * @param {string} note
 */
export function fill(form, fields, note) {
  const controls = /** @type {Iterable<HTMLInputElement>} */ ([...form.elements].filter((each) => "value" in each));
  for (const [control, value] of places(controls, fields)) {
    control.value = value;
    if (control.value && control.type !== "hidden") say(control, note);
  }
}

/**
 * @param {HTMLInputElement} control
 * @param {string} note
 */
function say(control, note) {
  const said = document.createElement("span");
  said.className = "usa-hint prefilled";
  said.id = `prefilled_${control.name}`;
  said.textContent = note;
  control.before(said);
  const described = control.getAttribute("aria-describedby") ?? "";
  control.setAttribute("aria-describedby", `${described} ${said.id}`.trim());
  control.addEventListener("input", () => {
    said.remove();
    control.setAttribute("aria-describedby", described);
  }, { once: true });
}

/**
 * On a page without those inputs: what was given goes on to the next page of the frame, where no server sees it.
 * @param {Document} document
 * @param {() => Record<string, string>} fields
 */
export function carryOn(document, fields) {
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hash || link.origin !== location.origin) return;
    link.hash = toFragment(fields());
  }, true);
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.id !== "apply") form.action = form.action.replace(/#.*/, "") + toFragment(fields());
  });
}
