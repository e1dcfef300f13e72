import assert from "node:assert/strict";
import { test } from "node:test";

import { copied } from "../../registration/static/js/partners/copy.js";

test("copied hands the text to the clipboard", async () => {
  const kept = [];
  const clipboard = { writeText: async (text) => void kept.push(text) };
  assert.equal(await copied("a key", clipboard), true);
  assert.deepEqual(kept, ["a key"]);
});

test("copied says so where there is no clipboard or it refuses", async () => {
  assert.equal(await copied("a key", undefined), false);
  assert.equal(await copied("a key", { writeText: () => Promise.reject(new Error("no")) }), false);
});
