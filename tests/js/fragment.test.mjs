import assert from "node:assert/strict";
import { test } from "node:test";

import { fromFragment } from "../../registration/static/js/fragment.js";

test("a code is read from the fragment", () => {
  assert.equal(fromFragment("#abcdefghijklmnopqrstuvwx27"), "abcdefghijklmnopqrstuvwx27");
  assert.equal(fromFragment("#6f1c7a52-4d0e-4c53-9d5e-0f6d0f1d2a3b"), "6f1c7a52-4d0e-4c53-9d5e-0f6d0f1d2a3b");
});

test("anything else is no code", () => {
  for (const hash of ["", "#", "#<script>", "#%E0%A4%A", `#${"a".repeat(201)}`, "#main x"]) assert.equal(fromFragment(hash), "");
});
