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
 * A date as its reader writes it; "" where the parts make none.
 * @param {string} month
 * @param {string} day
 * @param {string} year
 * @param {string} language
 */
export function dateInWords(month, day, year, language) {
  if (!/^\d{4}$/.test(year)) return "";
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() !== Number(month) - 1) return "";
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(date);
}

/**
 * What the inputs of one question say together: a date for the group of three, else what each of them says.
 * @param {HTMLElement} part
 * @param {HTMLInputElement[]} controls
 */
function together(part, controls) {
  const values = controls.map((control) => control.value.trim());
  const date = part.querySelector(".dates") && values.length === 3
    ? dateInWords(values[0], values[1], values[2], document.documentElement.lang) : "";
  return date || controls.map((control) => spoken(control)).filter(Boolean).join(" ");
}

/**
 * The answers of one step, in reading order: [question, answer]. Closed parts and empty checkboxes are left out.
 * @param {HTMLElement} section
 * @param {string} yes
 * @returns {[string, string, string][]}  question, answer, and the question's language where it is not the page's
 */
export function answersOf(section, yes) {
  const found = [];
  for (const label of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-label]"))) {
    const part = /** @type {HTMLElement} */ (label.closest(".usa-form-group, fieldset"));
    if (part.closest("[hidden][data-when]")) continue;
    const controls = [...part.querySelectorAll("input, select, textarea")].filter((control) => !control.disabled);
    if (part.parentElement?.closest("[data-joined]")) continue;
    if (controls[0]?.type === "checkbox") {
      if (controls[0].checked) found.push([clean(label), yes, label.lang]);
      continue;
    }
    found.push([clean(label), together(part, controls), label.lang]);
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
      for (const [question, answer, language] of answers) {
        const asked = element("dt", "", [question]);
        if (language) asked.lang = language;
        list.append(asked, element("dd", "", [answer || (words.empty ?? "")]));
      }
      const head = element("div", "review__head", [element("h3", "", [title]), button]);
      const aside = section.dataset.aside ? [element("p", "usa-hint", [section.dataset.aside])] : [];
      return element("section", "", [head, ...aside, answers.length ? list : element("p", "", [words.empty ?? ""])]);
    }),
  );
}
