import assert from "node:assert/strict";
import { test } from "node:test";

import { answer, holds, openAndClose, parse } from "../../registration/static/js/conditions.js";

test("a condition is a field and the values that open it", () => {
  assert.deepEqual(parse("id_choice=licence,both"), { field: "id_choice", values: ["licence", "both"] });
  assert.deepEqual(parse("single_name="), { field: "single_name", values: [""] });
});

test("a condition holds for any of its values, and any of several conditions suffices", () => {
  const answers = { id_choice: "both", single_name: "", no_street_address: "yes" };
  const valueOf = (field) => answers[field] ?? "";
  assert.equal(holds("id_choice=licence,both", valueOf), true);
  assert.equal(holds("id_choice=ssn", valueOf), false);
  assert.equal(holds("single_name=", valueOf), true);
  assert.equal(holds("mailing_different=yes|no_street_address=yes", valueOf), true);
  assert.equal(holds("mailing_different=yes|single_name=yes", valueOf), false);
});

test("the answer of radio buttons is the chosen one, of an empty checkbox nothing", () => {
  const form = {
    elements: [
      { name: "a", type: "radio", value: "yes", checked: false },
      { name: "a", type: "radio", value: "no", checked: true },
      { name: "b", type: "checkbox", value: "yes", checked: false },
      { name: "c", type: "text", value: "written" },
    ],
  };
  assert.deepEqual(["a", "b", "c", "d"].map((name) => answer(form, name)), ["no", "", "written", ""]);
});

test("a part that closes keeps its answers but does not send them", () => {
  const box = { name: "changed", type: "checkbox", value: "yes", checked: false };
  const input = { value: "Tran", disabled: false };
  const part = { dataset: { when: "changed=yes" }, hidden: false, querySelectorAll: () => [input] };
  const form = { elements: [box], querySelectorAll: () => [part] };
  openAndClose(form);
  assert.deepEqual([part.hidden, input.disabled, input.value], [true, true, "Tran"]);
  box.checked = true;
  openAndClose(form);
  assert.deepEqual([part.hidden, input.disabled, input.value], [false, false, "Tran"]);
});
