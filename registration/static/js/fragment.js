// The code in a link's fragment.

const LONGEST = 200;

/**
 * @param {string} hash  location.hash, with its "#"
 * @returns {string} the code, or "" for anything that is none
 */
export function fromFragment(hash) {
  let text = hash.replace(/^#/, "");
  try {
    text = decodeURIComponent(text);
  } catch {
    return "";
  }
  return text.length <= LONGEST && /^[A-Za-z0-9_-]+$/.test(text) ? text : "";
}
