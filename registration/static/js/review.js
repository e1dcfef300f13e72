// The review step, made from what stands in the inputs: what is shown here is what is sent.

import { element } from "./said.js";

/**
 * What a control says in words: the label of a choice, the text of an input.
 * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} control
 */
export function spoken(control) {
  if (control instanceof HTMLSelectElement) {
    const text = (control.selectedOptions[0]?.textContent ?? "").trim();
    return control.value ? text.replace(/^\d+ – /, "") : ""; // "2 – February" in the list of months
  }
  if (control.type === "radio" || control.type === "checkbox") {
    if (!(/** @type {HTMLInputElement} */ (control).checked)) return "";
    return control.labels?.[0]?.textContent?.trim() ?? "";
  }
  return control.value.trim();
}

/**
 * The answers of one step, in reading order: [question, answer]. Closed parts and empty checkboxes are left out.
 * @param {HTMLElement} section
 * @param {string} yes
 * @returns {[string, string][]}
 */
export function answersOf(section, yes) {
  const found = [];
  for (const label of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-label]"))) {
    const part = /** @type {HTMLElement} */ (label.closest(".usa-form-group, fieldset"));
    if (part.closest("[hidden][data-when]")) continue;
    const controls = [...part.querySelectorAll("input, select, textarea")].filter((control) => !control.disabled);
    if (part.parentElement?.closest("[data-joined]")) continue;
    if (controls[0]?.type === "checkbox") {
      if (controls[0].checked) found.push([clean(label), yes]);
      continue;
    }
    const says = controls.map((control) => spoken(control)).filter(Boolean);
    found.push([clean(label), says.join(" ")]);
  }
  return found;
}

/** @param {HTMLElement} label */
function clean(label) {
  const copy = /** @type {HTMLElement} */ (label.cloneNode(true));
  copy.querySelector(".field--optional")?.remove();
  return copy.textContent?.trim() ?? "";
}

/**
 * @param {HTMLElement} spot
 * @param {HTMLElement[]} sections
 * @param {DOMStringMap} words
 * @param {(key: string) => void} change  called with the step to go back to
 */
export function build(spot, sections, words, change) {
  spot.replaceChildren(
    ...sections.map((section) => {
      const title = section.querySelector("h2")?.textContent ?? "";
      const button = element("button", "usa-button usa-button--unstyled", [
        words.change ?? "", element("span", "visually-hidden", [` – ${title}`]),
      ]);
      button.setAttribute("type", "button");
      button.addEventListener("click", () => change(section.dataset.step ?? ""));
      const list = element("dl");
      const answers = answersOf(section, words.yes ?? "");
      for (const [question, answer] of answers) {
        list.append(element("dt", "", [question]), element("dd", "", [answer || (words.empty ?? "")]));
      }
      const head = element("div", "review__head", [element("h3", "", [title]), button]);
      return element("section", "", [head, answers.length ? list : element("p", "", [words.empty ?? ""])]);
    }),
  );
}
