// The frame's end of the widget: tells the page around it how high we are and how far the person is, and takes what it
// may fill in. Nothing that a person types goes out of here.

import { carryOn, fill } from "./filling.js";
import { watchHeight } from "./height.js";
import { Host } from "./host.js";
import { openOutside } from "./outward.js";
import { allowed, fromFragment } from "./prefill.js";
import { keyOf, Place, whereTo } from "./resume.js";

/** @typedef {import("./messages.js").Incoming} Incoming */

const page = document.body.dataset;
const lang = document.documentElement.lang;
const state = page.place ?? "";
const form = /** @type {HTMLFormElement | null} */ (document.getElementById("apply"));
const note = /** @type {HTMLElement | null} */ (document.querySelector("[data-frame-words]"))?.dataset.prefilled ?? "";

/** What the host gave to fill in; it stays in this page's memory, or goes on in the fragment of the next one's address. */
let given = /** @type {Record<string, string>} */ ({});
/** Whether the frame has just begun here: later the language is the person's own choice. */
const begins = new URLSearchParams(location.search).has("begin");

/** @param {Record<string, string>} fields */
function take({ lang: wanted, ...fields }) {
  given = { ...given, ...fields };
  // A form that came back holds what the person wrote, also where that is nothing.
  const forms = form ? (form.hasAttribute("data-fresh") ? [form] : []) : document.querySelectorAll("main form");
  for (const each of forms) fill(/** @type {HTMLFormElement} */ (each), given, note);
  if (wanted && begins) speak(wanted);
}

/** @param {string} wanted  through the page's own buttons, which keep the answers */
function speak(wanted) {
  if (wanted === lang) return;
  const button = document.querySelector(`button[name="switch_language"][value="${wanted}"], a[hreflang="${wanted}"]`);
  if (button instanceof HTMLElement) button.click();
}

function tellStep() {
  const step = /** @type {HTMLInputElement | null} */ (form?.elements.namedItem("step") ?? null)?.value;
  if (step) host.tell("step", { step, state, lang });
}

/**
 * On a page that a person has just come to: to the mistake that it tells of, which a browser gives no focus by itself in
 * another site's frame, or to the page's heading. Else to the heading of the step.
 */
function focus() {
  const now = document.activeElement;
  if (now?.closest("[data-focus], [autofocus]")) return;
  const wanted = now === document.body ? "main [autofocus]" : ".js section[data-step]:not([hidden]) h2";
  const shown = document.querySelector(wanted) ?? document.querySelector("h1");
  if (!(shown instanceof HTMLElement)) return;
  shown.tabIndex = -1;
  shown.focus();
}

const answers = {
  hello() {
    host.tell("ready", { v: 1 });
    tellHeight();
    if (state) host.tell("state", { state, lang });
    if (page.reached) host.tell("completed", { state, lang, outcome: page.reached });
    if (page.failed) host.tell("error", { code: page.failed });
    tellStep();
  },
  prefill: (/** @type {Incoming} */ message) => take(allowed(message.data)),
  lang: (/** @type {Incoming} */ message) => speak(/** @type {string} */ (message.data.lang)),
  theme() {}, // there is one, the light one; what the partner chose of it comes with the page
  focus,
};

/** A host page that is loaded anew finds the person's own place again. */
function resume() {
  const search = new URLSearchParams(location.search);
  // The window's name is what a frame takes along from page to page.
  if (begins) window.name = keyOf(page.partner ?? "", location.pathname, search.get("source") ?? "");
  const place = new Place(() => sessionStorage, window.name);
  search.delete("begin");
  const query = search.size ? `?${search}` : "";
  const to = begins ? whereTo(location.pathname, place.recall()) : "";
  if (to) {
    location.replace(to + query + location.hash);
    return true;
  }
  given = fromFragment(location.hash);
  if (begins || location.hash.startsWith("#prefill=")) history.replaceState(history.state, "", location.pathname + query);
  place.remember(page.reached ? "" : location.pathname);
  return false;
}

const host = new Host(window, (page.hosts ?? "").split(" ").filter(Boolean), (message) => answers[message.type](message));
const tellHeight = watchHeight(document.body, (px) => host.tell("height", { px }));

if (!resume()) {
  openOutside(document);
  carryOn(document, () => given);
  document.addEventListener("step-shown", tellStep);
  document.addEventListener("click", (event) => {
    const handed = /** @type {Element} */ (event.target).closest?.("[data-handed]");
    if (handed) host.tell("completed", { state, lang, outcome: "handed_to_state" });
  });
  window.addEventListener("pagehide", () => host.tell("navigate"));
  take(given);
}
