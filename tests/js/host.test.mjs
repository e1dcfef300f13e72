import assert from "node:assert/strict";
import { test } from "node:test";

import { Host, isAllowed } from "../../registration/static/widget/host.js";

const ACME = "https://acme.example";

/** A window with a parent that keeps what it is told. */
function framed() {
  const told = [];
  const parent = { postMessage: (message, origin) => told.push([message, origin]) };
  let listener = (/** @type {unknown} */ _event) => {};
  const window = { parent, addEventListener: (_type, found) => (listener = found) };
  const heard = [];
  const host = new Host(window, [ACME], (message) => heard.push(message.type));
  const say = (type, data, { origin = ACME, source = parent, id = "w1" } = {}) =>
    listener({ origin, source, data: { ns: "vr1", id, type, data } });
  return { host, say, told, heard };
}

test("nothing is said before the hello, and then to its exact origin only", () => {
  const { host, say, told } = framed();
  host.tell("height", { px: 5 });
  assert.deepEqual(told, []);
  say("hello", { v: 1 });
  host.tell("height", { px: 5 });
  assert.deepEqual(told, [[{ ns: "vr1", id: "w1", type: "height", data: { px: 5 } }, ACME]]);
});

test("the origin and the window are both looked at", () => {
  const { host, say, told, heard } = framed();
  say("hello", { v: 1 }, { origin: "https://evil.example" });
  say("hello", { v: 1 }, { origin: "null" });
  say("hello", { v: 1 }, { origin: `${ACME}.evil.example` });
  say("hello", { v: 1 }, { source: {} });
  host.tell("navigate");
  assert.deepEqual([heard, told], [[], []]);
});

test("only the widget that said hello is heard", () => {
  const { say, heard } = framed();
  say("prefill", {});
  say("hello", { v: 1 });
  say("prefill", {}, { id: "w2" });
  say("prefill", {});
  assert.deepEqual(heard, ["hello", "prefill"]);
});

test("a page that is not in a frame hears nothing", () => {
  let listens = false;
  const window = { addEventListener: () => (listens = true) };
  window.parent = window;
  new Host(window, [ACME], () => {});
  assert.equal(listens, false);
});

test("any site that has a name may show the next deadline", () => {
  assert.deepEqual(["https://a.example", "http://b.example", "null", "file://"].map((each) => isAllowed(each, ["*"])), [
    true, true, false, false,
  ]);
});
