import assert from "node:assert/strict";
import { test } from "node:test";

import { after, before, fill, withSeen } from "../../registration/static/js/order.js";

const KEYS = ["eligibility", "name", "review"];

test("after the last step comes no other", () => {
  assert.deepEqual(KEYS.map((key) => after(KEYS, key)), ["name", "review", "review"]);
});

test("before the first step is nothing", () => {
  assert.deepEqual(KEYS.map((key) => before(KEYS, key)), [null, "eligibility", "name"]);
});

test("a pattern keeps what it has no value for", () => {
  assert.equal(fill("Step {step} of {steps}: {other}", { step: 2, steps: 7 }), "Step 2 of 7: {other}");
});

test("notices that were seen are kept once each, in order", () => {
  assert.equal(withSeen("", []), "");
  assert.equal(withSeen("a  b", ["b", "c"]), "a b c");
});
