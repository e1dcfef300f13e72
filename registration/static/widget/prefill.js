// What the site around the frame may fill in, as if the person had typed it: never more than this list.

/** A field of the host's, and the inputs of ours that take it. */
export const INPUTS = {
  first_name: ["first_name"],
  last_name: ["last_name"],
  email: ["contact_email"],
  phone: ["telephone", "contact_phone"],
  address: ["home_street"],
  zip: ["home_zip", "zip"],
  state: ["state"],
  source: ["source"],
};

const SHAPES = {
  zip: /^\d{5}(-\d{4})?$/,
  state: /^[A-Z]{2}$/,
  lang: /^(en|es)$/,
  source: /^[\w.~-]{1,60}$/,
};
const LONGEST = 200;

/**
 * @param {Record<string, unknown>} data
 * @returns {Record<string, string>} the fields of the list that hold something to fill in
 */
export function allowed(data) {
  const found = /** @type {Record<string, string>} */ ({});
  for (const name of [...Object.keys(INPUTS), "lang"]) {
    const said = Object.hasOwn(data, name) ? data[name] : "";
    const value = typeof said === "string" ? said.trim() : "";
    if (!value || value.length > LONGEST || /[\u0000-\u001f\u007f\u2028\u2029]/.test(value)) continue;
    const shape = SHAPES[/** @type {keyof typeof SHAPES} */ (name)];
    if (!shape || shape.test(value)) found[name] = value;
  }
  return found;
}

/**
 * @param {string} hash  location.hash
 * @returns {Record<string, string>}
 */
export function fromFragment(hash) {
  if (!hash.startsWith("#prefill=")) return {};
  try {
    const data = JSON.parse(decodeURIComponent(hash.slice("#prefill=".length)));
    return data && typeof data === "object" ? allowed(data) : {};
  } catch {
    return {};
  }
}

/**
 * @param {Record<string, string>} fields
 * @returns {string} "" where there is nothing to carry
 */
export function toFragment(fields) {
  return Object.keys(fields).length ? `#prefill=${encodeURIComponent(JSON.stringify(fields))}` : "";
}

/**
 * Which inputs take what: only empty ones of text, and none that is a choice of the person's.
 * @template {{name: string, value: string, type: string}} Control
 * @param {Iterable<Control>} controls
 * @param {Record<string, string>} fields
 * @returns {[Control, string][]}
 */
export function places(controls, fields) {
  const named = new Map([...controls].map((control) => [control.name, control]));
  const found = /** @type {[Control, string][]} */ ([]);
  for (const [field, names] of Object.entries(INPUTS)) {
    if (!fields[field]) continue;
    for (const name of names) {
      const control = named.get(name);
      if (control && fits(control) && !control.value) found.push([control, fields[field]]);
    }
  }
  return found;
}

/** A choice or a tick is the person's own. */
const fits = (/** @type {{name: string, type: string}} */ control) =>
  ["text", "email", "tel", "select-one"].includes(control.type) || (control.type === "hidden" && control.name === "source");
