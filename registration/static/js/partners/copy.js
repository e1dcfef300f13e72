// Buttons that copy the text of a field. Without a clipboard the text is selected, to be copied by hand.

/**
 * @param {string} text
 * @param {{writeText(text: string): Promise<void>} | undefined} clipboard
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copied(text, clipboard) {
  try {
    if (!clipboard) return false;
    await clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {HTMLButtonElement} button */
function ready(button) {
  const id = button.dataset.copy ?? "";
  const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById(id));
  const said = document.querySelector(`[data-copy-said="${id}"]`);
  if (!field || !said) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copied(field.value, navigator.clipboard);
    if (!done) {
      field.focus();
      field.select();
    }
    said.textContent = (done ? button.dataset.copied : button.dataset.select) ?? "";
  });
}

if (typeof document !== "undefined") {
  document.querySelectorAll("button[data-copy]").forEach((button) => ready(/** @type {HTMLButtonElement} */ (button)));
}
