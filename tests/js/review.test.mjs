import assert from "node:assert/strict";
import { test } from "node:test";

import { dateInWords } from "../../registration/static/js/review.js";

test("a date is written as its reader writes it", () => {
  assert.equal(dateInWords("2", "28", "1990", "en"), "February 28, 1990");
  assert.equal(dateInWords("2", "28", "1990", "es"), "28 de febrero de 1990");
  assert.equal(dateInWords("02", "29", "1904", "en"), "February 29, 1904");
});

test("parts that make no date give none", () => {
  for (const [month, day, year] of [["2", "30", "1990"], ["", "1", "1990"], ["1", "1", "90"], ["1", "x", "1990"], ["13", "1", "1990"]]) {
    assert.equal(dateInWords(month, day, year, "en"), "");
  }
});
