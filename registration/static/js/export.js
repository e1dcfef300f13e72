// Shows how far the file of contacts has come. Without this script the browser downloads it by itself.

import { fileName, LineCounter } from "./lines.js";
import { fill } from "./order.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-export]"));
const shown = /** @type {HTMLElement} */ (document.querySelector("[data-progress]"));
const bar = /** @type {HTMLProgressElement} */ (shown.querySelector("progress"));
const words = /** @type {HTMLElement} */ (shown.querySelector("[data-words]")).dataset;
const status = /** @type {HTMLElement} */ (document.querySelector("[data-status]"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {boolean} isCounted  whether the pieces are lines of text
 * @returns {Promise<BlobPart[]>}
 */
async function read(body, isCounted) {
  const all = Number(form.dataset.rows);
  const counter = new LineCounter();
  const pieces = [];
  if (!isCounted) bar.removeAttribute("value");
  for (const reader = body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return pieces;
    pieces.push(value);
    if (!isCounted) continue;
    const rows = Math.min(Math.max(counter.take(value) - 1, 0), all); // the first line holds the heads
    bar.value = all ? rows / all : 1;
    status.textContent = fill(words.reading ?? "", { done: rows.toLocaleString("en"), all: all.toLocaleString("en") });
  }
}

/** @param {string} name @param {Blob} file */
function give(name, file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  shown.hidden = false;
  bar.value = 0;
  status.textContent = "";
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const name = fileName(answer.headers.get("Content-Disposition"));
    if (!name || !answer.body) {
      form.submit(); // a page is the answer: it says what is wrong, or asks for the second factor
      return;
    }
    const type = answer.headers.get("Content-Type") ?? "";
    const pieces = await read(answer.body, type.startsWith("text/csv"));
    give(name, new Blob(pieces, { type }));
    bar.value = 1;
    status.textContent = words.done ?? "";
  } catch {
    shown.hidden = true;
    status.textContent = words.failed ?? "";
  }
  button.disabled = false;
});
