// An answer that was given on an earlier step is not asked for again: it stands in the later input, and can be changed.

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} section  the step that is shown now
 */
export function takeOver(form, section) {
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (section.querySelectorAll("[data-default-from]"))) {
    const source = /** @type {HTMLInputElement | null} */ (form.elements.namedItem(input.dataset.defaultFrom ?? ""));
    if (!input.value && source && !source.disabled) input.value = source.value;
  }
}
