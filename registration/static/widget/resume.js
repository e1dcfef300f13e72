// Where the person was, for a host page that is loaded anew: the address of a page of ours, and nothing of its answers.

/** A state's page or its form, in some language: all that is ever kept. */
const PAGE = /^\/(?:[\w-]+\/)*embed\/[a-z0-9-]+\/(?:[a-z]{2}\/)?(?:state|apply)\/([a-z]{2})\/$/;

/** @param {string} path */
export function stateOf(path) {
  return PAGE.exec(path)?.[1].toUpperCase() ?? "";
}

/**
 * @param {string} begun  the page at which the frame begins
 * @param {string} kept  the page where the person was; "" for none
 * @returns {string} the page to go to, "" to stay
 */
export function whereTo(begun, kept) {
  const [asked, was] = [stateOf(begun), stateOf(kept)];
  const base = (/** @type {string} */ path) => path.replace(/(\/embed\/[^/]+\/).*/, "$1");
  if (!was || kept === begun || base(kept) !== base(begun)) return "";
  return !asked || asked === was ? kept : "";
}

/**
 * The name of a place: each widget of a partner that begins elsewhere, or names another source, has its own.
 * @param {string} partner
 * @param {string} begun  the page at which the frame begins
 * @param {string} source
 */
export function keyOf(partner, begun, source) {
  return `place:${partner}:${stateOf(begun)}:${source}`;
}

export class Place {
  /**
   * @param {() => Storage} storage  may throw: many browsers lend none to a frame
   * @param {string} key  "" for a frame that did not begin here: nothing is kept of it
   */
  constructor(storage, key) {
    this.storage = storage;
    this.key = key;
  }

  /** @returns {string} */
  recall() {
    try {
      return this.storage().getItem(this.key) ?? "";
    } catch {
      return "";
    }
  }

  /** @param {string} path  forgets where it is no page of a state */
  remember(path) {
    try {
      if (this.key && stateOf(path)) this.storage().setItem(this.key, path);
      else this.storage().removeItem(this.key);
    } catch {
      // Without storage a host page that is loaded anew begins anew.
    }
  }
}
