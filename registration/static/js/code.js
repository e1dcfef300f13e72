// A link that ends in #code carries the code where no server sees it: put it into the form, and out of the address bar.

import { fromFragment } from "./fragment.js";

const input = /** @type {HTMLInputElement | null} */ (document.querySelector("input[data-code]"));
const code = fromFragment(location.hash);
if (input && code) {
  input.value = code;
  history.replaceState(null, "", location.pathname);
  const found = document.querySelector("[data-found]");
  if (found instanceof HTMLElement) found.hidden = false;
  document.querySelector("[data-download]")?.focus();
}
