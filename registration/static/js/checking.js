// Asks the server what it thinks of one step. No rule lives here, and no ID number is ever sent.

/**
 * @typedef {{field: string, code: string, message: string, advisory: boolean, anchor: string}} Problem
 * @typedef {{title: string, paragraphs: string[], contact: string[], sources: {line: string, url: string}[]}} Outcome
 * @typedef {{problems: Problem[], outcome: Outcome | null, work?: string}} Finding
 */

const PATIENCE = 6000;

/**
 * What a step sends: its open inputs but the private ones.
 * @param {Iterable<{name: string, value: string, type: string, checked?: boolean, disabled: boolean, dataset: DOMStringMap}>} controls
 * @returns {[string, string][]}
 */
export function toSend(controls) {
  const pairs = [];
  for (const control of controls) {
    if (!control.name || control.disabled || "private" in control.dataset) continue;
    if ((control.type === "radio" || control.type === "checkbox") && !control.checked) continue;
    pairs.push([control.name, control.value]);
  }
  return pairs;
}

/**
 * @param {string} url
 * @param {[string, string][]} pairs
 * @returns {Promise<Finding>} nothing found when the server cannot be asked: the whole form is checked at the end
 */
export async function check(url, pairs) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(pairs),
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) return { problems: [], outcome: null };
    return await response.json();
  } catch {
    return { problems: [], outcome: null };
  }
}

/**
 * Private inputs are looked at here only by what the server wrote beside them.
 * @param {Iterable<HTMLInputElement>} inputs
 * @returns {Problem[]}
 */
export function checkPrivate(inputs) {
  const found = [];
  for (const input of inputs) {
    if (input.disabled) continue;
    const value = input.value.trim();
    if (value && !input.validity.patternMismatch) continue;
    const message = (value && input.dataset.misfit) || (input.dataset.complaint ?? "");
    found.push({ field: input.name, code: "private", message, advisory: false, anchor: input.id });
  }
  return found;
}
