// Links to other sites open a new tab: few sites let themselves be shown in a frame.

/**
 * @param {{protocol: string, origin: string}} link
 * @param {string} own  our origin
 */
export function leadsOut(link, own) {
  return (link.protocol === "https:" || link.protocol === "http:") && link.origin !== own;
}

/** @param {Document} document */
export function openOutside(document) {
  const mark = (/** @type {HTMLAnchorElement} */ link) => {
    if (!leadsOut(link, location.origin)) return;
    link.target = "_blank";
    link.relList.add("noopener");
  };
  for (const link of document.querySelectorAll("a[href]")) mark(/** @type {HTMLAnchorElement} */ (link));
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest?.("a[href]");
    if (link instanceof HTMLAnchorElement) mark(link); // one that a script wrote since
  }, true);
}
