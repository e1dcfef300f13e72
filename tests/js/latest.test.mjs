import assert from "node:assert/strict";
import { test } from "node:test";

import { latest } from "../../registration/static/js/partners/latest.js";

/** What waits, in order; the test lets the time pass. */
function waiting() {
  const runs = [];
  return { later: (run) => runs.push(run), pass: () => Promise.all(runs.splice(0).map((run) => run())) };
}

test("latest asks once for what is typed in one go", async () => {
  const { later, pass } = waiting();
  let asked = 0;
  const shown = [];
  const ask = latest(async () => ++asked, 200, later);
  ask((answer) => shown.push(answer));
  ask((answer) => shown.push(answer));
  await pass();
  assert.deepEqual([asked, shown], [1, [1]]);
});

test("latest does not show a late answer over a newer one", async () => {
  const { later, pass } = waiting();
  const answers = [];
  const shown = [];
  const ask = latest(() => new Promise((resolve) => answers.push(resolve)), 200, later);
  ask((answer) => shown.push(answer));
  const first = pass();
  ask((answer) => shown.push(answer));
  const second = pass();
  answers[1]("new");
  answers[0]("old");
  await Promise.all([first, second]);
  assert.deepEqual(shown, ["new"]);
});

test("latest goes on after a question that failed", async () => {
  const { later, pass } = waiting();
  const answers = [() => Promise.reject(new Error("away")), () => Promise.resolve("here")];
  const shown = [];
  const ask = latest(() => answers.shift()(), 200, later);
  ask((answer) => shown.push(answer));
  await pass();
  ask((answer) => shown.push(answer));
  await pass();
  assert.deepEqual(shown, ["here"]);
});
