// Tells how high the page is, whenever that changes and at most once a frame of the screen.

/**
 * @param {HTMLElement} body
 * @param {(px: number) => void} tell
 * @returns {() => void} tells it at once, be it new or not
 */
export function watchHeight(body, tell) {
  let told = 0;
  let waiting = false;
  const now = (/** @type {boolean} */ anyway) => {
    waiting = false;
    const px = Math.ceil(body.getBoundingClientRect().height);
    if (px <= 0 || (px === told && !anyway)) return;
    told = px;
    tell(px);
  };
  new ResizeObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => now(false));
  }).observe(body);
  return () => now(true);
}
