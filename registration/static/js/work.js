// The work that a form may be asked for: numbers whose hashes begin with zeros. docs/bots.md says when and why.

import { begin, compress, sha256 } from "./sha256.js";

const PARTS = 8;
const LARGEST = 2 ** 32;
/** Milliseconds of work at a time, so that the page stays awake. */
const SLICE = 24;
const BATCH = 256;
const breath = () => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * @param {string} work  as the server wrote it: "second-bits-signature"
 * @returns {number} zeros that each part's hash has to begin with
 */
export function zeros(work) {
  const bits = Number(/^\d+-(\d{1,2})-/.exec(work)?.[1]) - Math.log2(PARTS);
  if (!(bits >= 0 && bits <= 32)) throw new Error("no work");
  return bits;
}

/**
 * @param {string} work
 * @param {string} reference  the form's; the proof is worth nothing for another one
 * @param {(share: number) => void} told  how much is done, from 0 to 1
 * @returns {Promise<string>} the proof, a number for each part
 */
export async function solve(work, reference, told = () => {}) {
  const shift = 32 - zeros(work);
  const words = new Int32Array(64);
  words.set(sha256(new TextEncoder().encode(`${work}:${reference}`)));
  words[10] = 0x80000000 | 0;
  words[15] = 40 * 8;
  const start = begin();
  const state = new Int32Array(8);
  const numbers = [];
  let until = performance.now() + SLICE;
  for (let number = 0; numbers.length < PARTS; number += 1) {
    if (number >= LARGEST) throw new Error("no number fits");
    words[8] = numbers.length;
    words[9] = number | 0;
    state.set(start);
    compress(state, words);
    if (shift === 32 || state[0] >>> shift === 0) {
      numbers.push(number);
      told(numbers.length / PARTS);
      number = -1;
    }
    if (number % BATCH === 0 && performance.now() > until) {
      await breath();
      until = performance.now() + SLICE;
    }
  }
  return numbers.join(".");
}

/**
 * Says on the page how far the work is, where the page asks for it.
 * @param {number | null} share  null: it cannot be done, so that there is the wait
 * @param {DOMStringMap} words
 */
export function tellWork(share, words) {
  const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-work]"));
  if (!box) return;
  box.hidden = share === null;
  for (const wait of document.querySelectorAll("[data-wait]")) wait.hidden = share !== null;
  if (share === null) return;
  /** @type {HTMLProgressElement} */ (box.querySelector("[data-work-bar]")).value = share;
  const said = (share < 1 ? words.working : words.worked) ?? "";
  const spot = /** @type {HTMLElement} */ (box.querySelector("[data-work-status]"));
  if (spot.textContent !== said) spot.textContent = said;
}

/** Does the work once and puts it into the form. Where it fails, the form goes without: then there is the wait. */
export class Prover {
  /**
   * @param {{reference: {value: string}, work: {value: string}, proof: {value: string}}} fields
   * @param {(share: number | null) => void} told  null: it cannot be done
   */
  constructor(fields, told = () => {}) {
    this.fields = fields;
    this.told = told;
    /** @type {Promise<void> | null} */
    this.running = null;
  }

  /** @param {string | undefined} work  nothing to do where it is empty, or where something was done or begun already */
  begin(work) {
    if (!work || this.running || this.fields.proof.value) return;
    this.running = this.run(work).finally(() => (this.running = null));
  }

  /** @param {string} work */
  async run(work) {
    try {
      const proof = await solve(work, this.fields.reference.value, this.told);
      this.fields.work.value = work;
      this.fields.proof.value = proof;
    } catch {
      this.told(null);
    }
  }
}
