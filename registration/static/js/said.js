// Writes problems and notices beside the inputs and in a summary, and takes them away again.

/** @typedef {import("./checking.js").Problem} Problem */
/** @typedef {import("./checking.js").Outcome} Outcome */

/**
 * @param {string} tag
 * @param {string} className
 * @param {(string | Node)[]} children
 */
export function element(tag, className = "", children = []) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/**
 * @param {string} href
 * @param {string} text
 */
function link(href, text) {
  const made = /** @type {HTMLAnchorElement} */ (element("a", "", [text]));
  made.href = href;
  return made;
}

/**
 * Says under a step's title what the step before it came to; what it said of that one earlier goes.
 * @param {HTMLElement} section
 * @param {string} from  the step that was left
 * @param {Outcome} outcome
 * @param {DOMStringMap} words
 */
export function pass(section, from, outcome, words) {
  for (const old of document.querySelectorAll(`[data-reading="${from}"]`)) old.remove();
  const said = reading(outcome, words, "usa-alert--slim small");
  said.dataset.reading = from;
  section.querySelector("h2")?.after(said);
}

/** @param {ParentNode} root */
export function clear(root) {
  for (const spot of root.querySelectorAll("[data-problem]")) spot.replaceChildren();
  for (const spot of root.querySelectorAll("[data-summary], [data-step-problems], [data-outcome]")) spot.replaceChildren();
  for (const group of root.querySelectorAll(".usa-form-group--error")) group.classList.remove("usa-form-group--error");
  for (const input of root.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  for (const input of root.querySelectorAll(".usa-input--error")) input.classList.remove("usa-input--error");
}

/**
 * @param {ParentNode} root
 * @param {Problem[]} problems
 * @param {DOMStringMap} words
 */
export function beside(root, problems, words) {
  for (const problem of problems) {
    const part = root.querySelector(`[data-field="${problem.field}"]`);
    const spot = part?.querySelector("[data-problem]");
    if (!part || !spot) continue;
    if (problem.advisory) {
      spot.append(element("span", "notice", [element("strong", "", [words.notice ?? ""]), " ", problem.message]));
      continue;
    }
    const kind = element("span", "visually-hidden", [`${words.problem} `]);
    spot.append(element("span", "usa-error-message", [kind, problem.message]));
    part.classList.add("usa-form-group--error");
    for (const input of part.querySelectorAll(".usa-input, .usa-select, .usa-textarea")) {
      input.setAttribute("aria-invalid", "true");
      input.classList.add("usa-input--error");
    }
  }
}

/**
 * A summary with links; it takes the focus.
 * @param {Element} spot
 * @param {Problem[]} problems
 * @param {DOMStringMap} words
 */
export function summary(spot, problems, words) {
  const blocking = problems.some((problem) => !problem.advisory);
  const title = element("h3", "", [(blocking ? words.thereIs : words.noticeTitle) ?? ""]);
  title.id = "step_problems_title";
  const items = problems.map((problem) =>
    element("li", "", [problem.anchor ? link(`#${problem.anchor}`, problem.message) : problem.message]),
  );
  const body = element("div", "usa-alert__body", [title, element("ul", "", items)]);
  const box = element("div", `usa-alert ${blocking ? "usa-alert--error" : "usa-alert--warning"}`, [body]);
  box.tabIndex = -1;
  box.setAttribute("role", "group");
  box.setAttribute("aria-labelledby", title.id);
  spot.replaceChildren(box);
  box.focus();
}

/**
 * @param {string} summary
 * @param {HTMLElement} body
 */
function folded(summary, body) {
  return element("details", "", [element("summary", "", [summary]), body]);
}

/**
 * Our reading of the answers, with whom to ask and why.
 * @param {Outcome} outcome
 * @param {DOMStringMap} words
 * @param {string} kind  a class: how loud it is
 */
export function reading(outcome, words, kind = "") {
  const lines = outcome.contact.map((line) =>
    element("li", "", [line.startsWith("http") ? link(line, line) : line]),
  );
  const sources = outcome.sources.map((source) =>
    element("li", "", [source.url ? link(source.url, source.line) : source.line]),
  );
  const body = element("div", "usa-alert__body", [
    element("h3", "", [outcome.title]),
    ...outcome.paragraphs.map((text) => element("p", "", [text])),
    ...(lines.length ? [element("ul", "plain", lines)] : []),
    ...(outcome.remind ? [element("p", "", [link(outcome.remind, words.remind ?? "")])] : []),
    ...(sources.length ? [folded(words.sources ?? "", element("ul", "sources", sources))] : []),
  ]);
  return element("div", `usa-alert usa-alert--info ${kind}`.trim(), [body]);
}
