import assert from "node:assert/strict";
import { test } from "node:test";

import { make, OUTGOING, read } from "../../registration/static/widget/messages.js";

const hello = { ns: "vr1", id: "w1", type: "hello", data: { v: 1 } };

test("w06 every event has exactly these keys", () => {
  assert.deepEqual(Object.fromEntries(Object.entries(OUTGOING).map(([type, shape]) => [type, Object.keys(shape)])), {
    ready: ["v"],
    height: ["px"],
    step: ["step", "state", "lang"],
    state: ["state", "lang"],
    completed: ["state", "lang", "outcome"],
    error: ["code"],
    navigate: [],
  });
});

test("w06 a message with its keys is made as it stands", () => {
  const place = { state: "GA", lang: "es" };
  const said = [
    ["ready", { v: 1 }],
    ["height", { px: 720 }],
    ["step", { step: "id_number", ...place }],
    ["state", place],
    ["completed", { ...place, outcome: "form_ready" }],
    ["completed", { ...place, outcome: "handed_to_state" }],
    ["error", { code: "off" }],
    ["navigate", {}],
  ];
  for (const [type, data] of said) assert.deepEqual(make("w1", type, data), { ns: "vr1", id: "w1", type, data });
});

test("w06 no other key and no free text is ever said", () => {
  const place = { state: "GA", lang: "es" };
  const wrong = [
    ["state", { ...place, name: "Ana" }],
    ["state", { state: "Georgia", lang: "es" }],
    ["state", { state: "GA" }],
    ["step", { step: "Ana Ruiz", ...place }],
    ["completed", { ...place, outcome: "registered" }],
    ["error", { code: "Ana" }],
    ["error", { code: "unavailable" }],
    ["height", { px: 1.5 }],
    ["height", { px: 0 }],
    ["navigate", { to: "/" }],
    ["answers", {}],
    ["toString", {}],
    ["__proto__", {}],
  ];
  for (const [type, data] of wrong) assert.equal(make("w1", type, data), null, `${type} ${JSON.stringify(data)}`);
});

test("a message of the host is read", () => {
  assert.deepEqual(read(hello), { id: "w1", type: "hello", data: { v: 1 } });
  assert.equal(read({ ...hello, type: "lang", data: { lang: "es" } })?.type, "lang");
  assert.equal(read({ ...hello, type: "focus", data: {} })?.type, "focus");
});

test("whatever else comes is no message", () => {
  const wrong = [
    null, undefined, 1, "vr1", [], [hello], JSON.stringify(hello),
    { ...hello, ns: "vr2" },
    { ...hello, id: 1 },
    { ...hello, id: "" },
    { ...hello, id: "a b" },
    { ...hello, id: "x".repeat(65) },
    { ...hello, type: "eval" },
    { ...hello, type: "constructor" },
    { ...hello, type: ["hello"] },
    { ...hello, data: null },
    { ...hello, data: [] },
    { ...hello, data: { v: 2 } },
    { ...hello, type: "lang", data: { lang: "fr" } },
    { ...hello, type: "theme", data: { theme: 1 } },
  ];
  for (const each of wrong) assert.equal(read(each), null, JSON.stringify(each));
});
