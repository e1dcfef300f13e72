// Passkeys between JSON, in which bytes are base64url, and the browser's own objects.

/** Members of the options that are bytes. */
const BYTES = new Set(["challenge", "id"]);

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
export function fromBase64url(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {string}
 */
export function toBase64url(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/**
 * The options as the browser wants them. `rp.id` is a name and stays text.
 * @param {any} options
 * @returns {any}
 */
export function toOptions(options) {
  const listed = (/** @type {any[] | undefined} */ list) => list?.map(withBytes);
  return {
    ...withBytes(options),
    ...(options.user ? { user: withBytes(options.user) } : {}),
    ...(options.excludeCredentials ? { excludeCredentials: listed(options.excludeCredentials) } : {}),
    ...(options.allowCredentials ? { allowCredentials: listed(options.allowCredentials) } : {}),
  };
}

/** @param {any} object */
function withBytes(object) {
  const entries = Object.entries(object).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([key, value]) => [key, BYTES.has(key) ? fromBase64url(value) : value]));
}

/**
 * What the server reads of a credential.
 * @param {any} credential
 * @returns {string}
 */
export function toText(credential) {
  const { response } = credential;
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = toBase64url(response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toBase64url(credential.rawId),
    type: credential.type,
    response: parts,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

/**
 * Whether passkeys work here. A host that is only a number can have none.
 * @param {any} page  the window
 * @returns {boolean}
 */
export function isPossible(page) {
  const number = /^[\d.]+$|^\[/.test(page.location.hostname);
  return Boolean(page.isSecureContext && page.PublicKeyCredential && !number);
}
