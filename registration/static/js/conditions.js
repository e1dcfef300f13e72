// Which parts of the form are open: a part may hang on the answer of one input.

/**
 * @param {string} text  "field=value,value" as the page carries it
 * @returns {{field: string, values: string[]}}
 */
export function parse(text) {
  const at = text.indexOf("=");
  return { field: text.slice(0, at), values: text.slice(at + 1).split(",") };
}

/**
 * @param {string} text  conditions with "|" between them; one suffices
 * @param {(field: string) => string} valueOf  the current answer, "" where there is none
 */
export function holds(text, valueOf) {
  return text.split("|").some((one) => {
    const { field, values } = parse(one);
    return values.includes(valueOf(field));
  });
}

/**
 * The current answer of a field: of radio buttons the chosen one's value, of a checkbox its value when ticked.
 * @param {HTMLFormElement} form
 * @param {string} name
 */
export function answer(form, name) {
  const controls = /** @type {HTMLInputElement[]} */ ([...form.elements].filter((control) => control.name === name));
  for (const control of controls) {
    if (control.type !== "radio" && control.type !== "checkbox") return control.value;
    if (control.checked) return control.value;
  }
  return "";
}

/**
 * Show the parts whose condition holds. What is in a closed part stays there but is not sent.
 * @param {HTMLFormElement} form
 */
export function openAndClose(form) {
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-when]"))) {
    const open = holds(part.dataset.when ?? "", (name) => answer(form, name));
    part.hidden = !open;
    for (const control of part.querySelectorAll("input, select, textarea")) control.disabled = !open;
  }
}
