// The form, one step at a time. Without this script the same form is one long page.

import { check, checkPrivate, toSend } from "./checking.js";
import { openAndClose } from "./conditions.js";
import { takeOver } from "./defaults.js";
import { after, withSeen, withWords } from "./order.js";
import { build } from "./review.js";
import { beside, clear, pass, reading, summary } from "./said.js";
import { guardLeaving } from "./leaving.js";
import { Stepper } from "./stepper.js";
import { Prover, tellWork } from "./work.js";

const REVIEW = "review";
const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

const form = /** @type {HTMLFormElement} */ (document.getElementById("apply"));
const words = /** @type {HTMLTemplateElement} */ (find("template[data-words]")).dataset;
const next = /** @type {HTMLButtonElement} */ (find("[data-next]"));
const back = find("[data-back]");
const send = /** @type {HTMLButtonElement} */ (find("[data-send]"));
const hidden = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
const status = find("[data-status]");

/** Someone who came back from the review to change one step returns to it at once; so does a whole form that came back
 * for some work. */
let returning = Boolean(form.dataset.challenge);
const change = (/** @type {string} */ step) => {
  returning = true;
  stepper.go(step);
};

const stepper = new Stepper(form, words, (key) => {
  const reviewing = key === REVIEW;
  if (reviewing) {
    const asked = stepper.sections.filter((section) => section.dataset.step !== REVIEW);
    build(find("[data-review]"), asked, words, change);
    returning = false;
  }
  find("[data-first]").hidden = key !== stepper.keys[0];
  find("[data-last]").hidden = !reviewing;
  back.hidden = key === stepper.keys[0];
  next.hidden = reviewing;
  send.hidden = !reviewing;
  hidden("step").value = key;
  takeOver(form, stepper.section(key));
  document.dispatchEvent(new CustomEvent("step-shown"));
});

/** The check that is under way; one of a step that the person has left meanwhile is nobody's any more. */
let asking = /** @type {{from: string} | null} */ (null);
/** Leave the step if the server and the private inputs have nothing against it. */
async function goOn() {
  const from = stepper.current;
  if (asking?.from === from) return;
  const mine = { from };
  asking = mine;
  const section = stepper.section(from);
  const slow = setTimeout(() => (status.textContent = words.checking ?? ""), 300);
  const controls = /** @type {NodeListOf<HTMLInputElement>} */ (section.querySelectorAll("input, select, textarea"));
  const pairs = toSend(controls);
  const hereOnly = checkPrivate([...controls].filter((each) => "private" in each.dataset));
  // A step that only this page finds wanting is not passed: named as counted, it is not counted.
  const counted = withWords(hidden("counted").value, hereOnly.length ? [from] : []);
  pairs.push(["step", from], ["notices_seen", hidden("notices_seen").value], ["counted", counted]);
  for (const each of form.querySelectorAll("[data-carried]")) pairs.push([each.name, each.value]);
  const finding = await check(form.dataset.check ?? "", pairs);
  const problems = [...finding.problems, ...hereOnly];
  prover.begin(finding.work);
  hidden("counted").value = withWords(hidden("counted").value, problems.length ? ["started"] : ["started", from]);
  clearTimeout(slow);
  const left = asking !== mine || stepper.current !== from;
  if (asking === mine) {
    asking = null;
    status.textContent = "";
  }
  if (left) return;
  clear(document);
  if (!problems.length) {
    const to = returning ? REVIEW : after(stepper.keys, from);
    if (finding.outcome) pass(stepper.section(to), from, finding.outcome, words);
    stepper.go(to);
    return;
  }
  const notices = problems.filter((problem) => problem.advisory);
  hidden("notices_seen").value = withSeen(hidden("notices_seen").value, notices);
  beside(section, problems, words);
  const spot = /** @type {HTMLElement} */ (section.querySelector("[data-step-problems]"));
  summary(spot, problems, words);
  if (finding.outcome) spot.append(reading(finding.outcome, words));
  const blocking = problems.some((problem) => !problem.advisory);
  document.title = blocking ? `${words.error} ${stepper.title.replace(`${words.error} `, "")}` : stepper.title;
}

/** A link to an input leads to its step first. */
function follow(/** @type {MouseEvent} */ event) {
  const link = /** @type {Element} */ (event.target).closest?.('a[href^="#id_"]');
  const target = link && document.getElementById(link.getAttribute("href")?.slice(1) ?? "");
  const section = /** @type {HTMLElement | null} */ (target?.closest("[data-step]") ?? null);
  if (!target || !section) return;
  event.preventDefault();
  stepper.go(section.dataset.step ?? "");
  target.closest("details")?.setAttribute("open", "");
  target.focus();
}

const prover = new Prover(
  { reference: hidden("reference"), work: hidden("work"), proof: hidden("proof") },
  (share) => tellWork(share, words),
);
let waiting = false;
/** Send the form once the work is done. */
async function sendAfterWork() {
  if (waiting) return;
  waiting = true;
  status.textContent = words.working ?? "";
  await prover.running;
  waiting = false;
  status.textContent = "";
  if (stepper.current === REVIEW) send.click();
}

const leaving = guardLeaving(form);
form.addEventListener("input", () => openAndClose(form));
form.addEventListener("change", () => openAndClose(form));
document.addEventListener("click", follow);
next.addEventListener("click", goOn);
back.addEventListener("click", () => stepper.back());
form.addEventListener("submit", (event) => {
  const by = event.submitter;
  const switching = by?.getAttribute("name") === "switch_language";
  if (!switching && stepper.current !== REVIEW) {
    event.preventDefault(); // Enter in an input
    goOn();
    return;
  }
  if (!switching && prover.running) {
    event.preventDefault();
    sendAfterWork();
    return;
  }
  if (!leaving.first()) {
    event.preventDefault();
    return;
  }
  // What was not asked for at the end, or must not be in a mere switch of language, stays here.
  if (switching) for (const input of form.querySelectorAll("[data-private]")) input.disabled = true;
  else status.textContent = words.sending ?? "";
});
window.addEventListener("pageshow", () => {
  leaving.reset();
  openAndClose(form);
});

openAndClose(form);
document.documentElement.classList.add("js");
stepper.begin(form.dataset.start || stepper.keys[0]);
document.querySelector("[data-focus]")?.focus();
if (form.dataset.challenge) {
  tellWork(0, words);
  prover.begin(form.dataset.challenge);
}
