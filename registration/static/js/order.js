// The order of the steps, as plain functions.

/**
 * @param {string[]} keys
 * @param {string} key
 * @returns {string} the next step's key; the last step stays the last
 */
export function after(keys, key) {
  return keys[Math.min(keys.indexOf(key) + 1, keys.length - 1)];
}

/**
 * @param {string[]} keys
 * @param {string} key
 * @returns {string | null} the step before, null at the first
 */
export function before(keys, key) {
  const at = keys.indexOf(key);
  return at > 0 ? keys[at - 1] : null;
}

/**
 * @param {string} pattern  such as "Step {step} of {steps}"
 * @param {Record<string, string | number>} values
 */
export function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * Notices that the person has now seen, each as "code:field" and once, in order.
 * @param {string} seen  space-separated
 * @param {{code: string, field: string}[]} shown
 */
export function withSeen(seen, shown) {
  const tokens = shown.map((notice) => `${notice.code}:${notice.field}`);
  return withWords(seen, tokens);
}

/**
 * Words added to a list of words, each once, in order.
 * @param {string} list  space-separated
 * @param {string[]} more
 */
export function withWords(list, more) {
  return [...new Set([...list.split(/\s+/), ...more])].filter(Boolean).join(" ");
}
