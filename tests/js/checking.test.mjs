import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";

import { check, checkPrivate, toSend } from "../../registration/static/js/checking.js";

const control = (name, value, more = {}) => ({ name, value, type: "text", disabled: false, dataset: {}, ...more });

test("a step sends its open answers and never an ID number", () => {
  const controls = [
    control("first_name", "Ana"),
    control("licence", "057123456", { dataset: { private: "" } }),
    control("previous_last_name", "Tran", { disabled: true }),
    control("citizen", "yes", { type: "radio", checked: false }),
    control("citizen", "no", { type: "radio", checked: true }),
    control("helped", "yes", { type: "checkbox", checked: false }),
    control("", "a button"),
  ];
  assert.deepEqual(toSend(controls), [["first_name", "Ana"], ["citizen", "no"]]);
});

test("a private input is complained of in the server's words when it is empty or does not fit", () => {
  const complaint = "Enter the last 4 digits.";
  const input = (value, more = {}) => ({
    name: "ssn4", id: "id_ssn4", value, disabled: false, validity: { patternMismatch: false }, dataset: { complaint }, ...more,
  });
  const said = { field: "ssn4", code: "private", message: complaint, advisory: false, anchor: "id_ssn4" };
  assert.deepEqual(checkPrivate([input("9041")]), []);
  assert.deepEqual(checkPrivate([input("  ")]), [said]);
  assert.deepEqual(checkPrivate([input("904", { validity: { patternMismatch: true } })]), [said]);
  assert.deepEqual(checkPrivate([input("", { disabled: true })]), []);
  const misfit = "Check the digits.";
  const both = { dataset: { complaint, misfit }, validity: { patternMismatch: true } };
  assert.deepEqual(checkPrivate([input("0000", both)]), [{ ...said, message: misfit }]);
  assert.deepEqual(checkPrivate([input("", { dataset: { complaint, misfit } })]), [said]);
});

/** A server of one answer; resolves to its address. */
async function serving(t, status, body) {
  const seen = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    seen.push(text);
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}/`, seen };
}

test("what the server finds is what the step shows", async (t) => {
  const finding = { problems: [{ field: "zip", code: "zip_shape", message: "…", advisory: false, anchor: "id_zip" }], outcome: null };
  const { url, seen } = await serving(t, 200, JSON.stringify(finding));
  assert.deepEqual(await check(url, [["zip", "3"], ["step", "address"]]), finding);
  assert.deepEqual(seen, ["zip=3&step=address"]);
});

test("a server that fails, talks nonsense or is gone stops nobody", async (t) => {
  const nothing = { problems: [], outcome: null };
  const failing = await serving(t, 500, "");
  const nonsense = await serving(t, 200, "<html>");
  assert.deepEqual(await check(failing.url, []), nothing);
  assert.deepEqual(await check(nonsense.url, []), nothing);
  assert.deepEqual(await check("http://127.0.0.1:9/", []), nothing);
});
