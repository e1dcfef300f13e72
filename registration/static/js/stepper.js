// Shows one step at a time, keeps the browser's Back button in step with it, and never stores an answer.

import { before, fill } from "./order.js";

export class Stepper {
  /**
   * @param {HTMLFormElement} form
   * @param {DOMStringMap} words
   * @param {(key: string) => void} arrived  called after each change, before the focus moves
   */
  constructor(form, words, arrived) {
    this.form = form;
    this.words = words;
    this.arrived = arrived;
    this.sections = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-step]")]);
    this.keys = this.sections.map((section) => section.dataset.step ?? "");
    this.current = this.keys[0];
    this.title = document.title;
    window.addEventListener("popstate", (event) => this.show(event.state?.step ?? this.keys[0]));
  }

  /** @param {string} key */
  section(key) {
    return this.sections[this.keys.indexOf(key)];
  }

  /**
   * The first step, without touching the focus: the person has just come to the page.
   * @param {string} key
   */
  begin(key) {
    history.replaceState({ step: key, from: null }, "");
    this.show(key, false);
  }

  /** @param {string} key */
  go(key) {
    if (key === this.current) return;
    history.pushState({ step: key, from: this.current }, "");
    this.show(key);
  }

  back() {
    const previous = before(this.keys, this.current);
    if (!previous) return;
    if (history.state?.from === previous) history.back();
    else this.go(previous);
  }

  /**
   * @param {string} key
   * @param {boolean} focus
   */
  show(key, focus = true) {
    this.current = this.keys.includes(key) ? key : this.keys[0];
    for (const section of this.sections) section.hidden = section.dataset.step !== this.current;
    const heading = /** @type {HTMLElement} */ (this.section(this.current).querySelector("h2"));
    const at = this.keys.indexOf(this.current) + 1;
    const progress = fill(this.words.progress ?? "", { step: at, steps: this.keys.length });
    const bar = /** @type {HTMLElement} */ (document.querySelector("[data-progress]"));
    bar.hidden = false;
    /** @type {HTMLElement} */ (bar.querySelector("[data-progress-text]")).textContent = progress;
    /** @type {HTMLProgressElement} */ (bar.querySelector("[data-progress-bar]")).value = at / this.keys.length;
    this.arrived(this.current);
    if (!focus) return;
    document.title = `${heading.textContent} – ${this.title.replace(`${this.words.error} `, "")}`;
    heading.focus({ preventScroll: true });
    bar.scrollIntoView();
  }
}
