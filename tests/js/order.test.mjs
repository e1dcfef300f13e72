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
  const about = (field) => ({ code: "zip_state_mismatch", field });
  const [home, mail] = ["zip_state_mismatch:home_zip", "zip_state_mismatch:mailing_zip"];
  assert.equal(withSeen("", []), "");
  assert.equal(withSeen(`a:b  ${home}`, [about("home_zip"), about("mailing_zip")]), `a:b ${home} ${mail}`);
});
