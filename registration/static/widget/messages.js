// The messages between the frame and the page around it: what may be said, and nothing else. No answer is ever among it.

export const NAMESPACE = "vr1";
const LANGUAGES = ["en", "es"];
const OUTCOMES = ["form_ready", "handed_to_state"];
const ERRORS = ["bad_request", "denied", "not_found", "server_error", "off", "gone"];

const isState = (/** @type {unknown} */ value) => typeof value === "string" && /^[A-Z]{2}$/.test(value);
const isLanguage = (/** @type {unknown} */ value) => LANGUAGES.includes(/** @type {string} */ (value));
const isStep = (/** @type {unknown} */ value) => typeof value === "string" && /^[a-z_]{1,30}$/.test(value);

/**
 * Every event's exact keys, each with what its value must be.
 * @type {Record<string, Record<string, (value: unknown) => boolean>>}
 */
export const OUTGOING = {
  ready: { v: (value) => value === 1 },
  height: { px: (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) <= 100_000 },
  step: { step: isStep, state: isState, lang: isLanguage },
  state: { state: isState, lang: isLanguage },
  completed: { state: isState, lang: isLanguage, outcome: (value) => OUTCOMES.includes(/** @type {string} */ (value)) },
  error: { code: (value) => ERRORS.includes(/** @type {string} */ (value)) },
  navigate: {},
};

/** What the host may say; of each, whether its data can be meant. */
const INCOMING = {
  hello: (/** @type {Record<string, unknown>} */ data) => data.v === 1,
  prefill: () => true, // read key by key in prefill.js
  theme: (/** @type {Record<string, unknown>} */ data) => typeof data.theme === "string",
  lang: (/** @type {Record<string, unknown>} */ data) => isLanguage(data.lang),
  focus: () => true,
};

/** @typedef {{id: string, type: keyof typeof INCOMING, data: Record<string, unknown>}} Incoming */

const isPlain = (/** @type {unknown} */ value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * @param {unknown} message
 * @returns {Incoming | null} null for whatever is no message of ours
 */
export function read(message) {
  if (!isPlain(message)) return null;
  const { ns, id, type, data } = /** @type {Record<string, unknown>} */ (message);
  if (ns !== NAMESPACE || typeof id !== "string" || !/^[\w-]{1,64}$/.test(id)) return null;
  if (typeof type !== "string" || !Object.hasOwn(INCOMING, type) || !isPlain(data)) return null;
  const known = /** @type {keyof typeof INCOMING} */ (type);
  const said = /** @type {Record<string, unknown>} */ (data);
  return INCOMING[known](said) ? { id, type: known, data: said } : null;
}

/**
 * @param {string} id
 * @param {string} type
 * @param {Record<string, unknown>} data
 * @returns {{ns: string, id: string, type: string, data: Record<string, unknown>} | null} null where a value is not what it must be
 */
export function make(id, type, data) {
  const shape = Object.hasOwn(OUTGOING, type) ? OUTGOING[type] : null;
  if (!shape || Object.keys(data).some((key) => !Object.hasOwn(shape, key))) return null;
  if (Object.keys(shape).some((key) => !shape[key](data[key]))) return null;
  return { ns: NAMESPACE, id, type, data };
}
