import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName, LineCounter } from "../../registration/static/js/lines.js";

const bytes = (text) => new TextEncoder().encode(text);

test("line ends are counted, line feeds within a cell are not", () => {
  const counter = new LineCounter();
  assert.equal(counter.take(bytes("a,b\r\n1,\"x\ny\"\r\n")), 2);
  assert.equal(counter.take(bytes("2,z")), 2);
});

test("a line end cut in two between pieces is one", () => {
  const counter = new LineCounter();
  assert.equal(counter.take(bytes("a\r")), 0);
  assert.equal(counter.take(bytes("\nb\r\n")), 2);
});

test("only an attachment with a plain name is a file", () => {
  assert.equal(fileName('attachment; filename="contacts-acme-2028-06-01.csv"'), "contacts-acme-2028-06-01.csv");
  for (const other of [null, "", "inline", 'attachment; filename="../x"', 'attachment; filename="a b"']) {
    assert.equal(fileName(other), "");
  }
});
