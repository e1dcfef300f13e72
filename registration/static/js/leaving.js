// Asks before answers would be lost, and lets one submission through, not two.

/**
 * @param {HTMLFormElement} form
 * @returns {{first: () => boolean, reset: () => void}}
 */
export function guardLeaving(form) {
  let touched = false;
  let sent = false;
  const warn = (/** @type {BeforeUnloadEvent} */ event) => event.preventDefault();
  form.addEventListener("input", () => {
    if (touched) return;
    touched = true;
    window.addEventListener("beforeunload", warn);
  });
  return {
    first() {
      if (sent) return false;
      sent = true;
      window.removeEventListener("beforeunload", warn);
      return true;
    },
    reset() {
      sent = false;
      touched = false;
    },
  };
}
