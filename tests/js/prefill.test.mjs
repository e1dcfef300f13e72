import assert from "node:assert/strict";
import { test } from "node:test";

import { allowed, fromFragment, INPUTS, places, toFragment } from "../../registration/static/widget/prefill.js";

const text = (name, value = "") => ({ name, value, type: "text" });

test("w05 these fields and no others may be filled in", () => {
  assert.deepEqual(
    [...Object.keys(INPUTS), "lang"].sort(),
    ["address", "email", "first_name", "lang", "last_name", "phone", "source", "state", "zip"],
  );
});

test("w05 what is not on the list is dropped", () => {
  const never = {
    birth_date: "1990-02-28", birth_year: "1990", licence: "1", ssn4: "9041", ssn: "219099041", party: "x", race: "x",
    citizen: "yes", eighteen: "yes", declaration: "yes", contact_question_1: "yes", __proto__: { zip: "30303" },
  };
  assert.deepEqual(allowed({ ...never, first_name: " Łukasz " }), { first_name: "Łukasz" });
});

test("w05 inherited fields, other types and shapes are dropped", () => {
  assert.deepEqual(allowed(Object.create({ zip: "30303" })), {});
  const wrong = { first_name: 5, last_name: ["Ana"], zip: "3030", state: "Georgia", lang: "fr", source: "a b", email: "a\u0000b" };
  assert.deepEqual(allowed({ ...wrong, address: "x".repeat(201) }), {});
  assert.deepEqual(allowed({ zip: "30303-1234", state: "GA", lang: "es", source: "letter" }), {
    zip: "30303-1234", state: "GA", source: "letter", lang: "es",
  });
});

test("w05 a fragment says the same and comes back", () => {
  const fields = { first_name: "Ana María & Co #1", zip: "30303" };
  assert.deepEqual(fromFragment(toFragment(fields)), fields);
  assert.equal(toFragment({}), "");
  for (const hash of ["", "#", "#prefill=", "#prefill=x", "#prefill=%E0%A4%A", "#prefill=null", "#main"])
    assert.deepEqual(fromFragment(hash), {}, hash);
  assert.deepEqual(fromFragment(`#prefill=${encodeURIComponent('{"citizen":"yes","ssn4":"9041"}')}`), {});
});

test("w05 only empty inputs of text are filled", () => {
  const first = text("first_name");
  const found = places([first, text("last_name", "Ruiz"), text("home_zip"), text("birth_year")], {
    first_name: "Ana", last_name: "Other", zip: "30303",
  });
  assert.deepEqual(found.map(([control, value]) => [control.name, value]), [["first_name", "Ana"], ["home_zip", "30303"]]);
  assert.equal(found[0][0], first);
});

test("w05 a choice, a tick and a hidden field stay as they are", () => {
  const controls = [
    { name: "first_name", value: "", type: "checkbox" },
    { name: "last_name", value: "", type: "hidden" },
    { name: "home_zip", value: "", type: "radio" },
    { name: "source", value: "", type: "hidden" },
  ];
  const found = places(controls, { first_name: "a", last_name: "b", zip: "30303", source: "letter" });
  assert.deepEqual(found.map(([control]) => control.name), ["source"]);
});
