import assert from "node:assert/strict";
import { test } from "node:test";

import { leadsOut } from "../../registration/static/widget/outward.js";
import { keyOf, Place, stateOf, whereTo } from "../../registration/static/widget/resume.js";

const FORM = "/embed/acme/es/apply/oh/";

test("w13 only a page of a state is a place", () => {
  assert.equal(stateOf(FORM), "OH");
  assert.equal(stateOf("/embed/acme/state/ga/"), "GA");
  for (const path of ["", "/embed/acme/", "/embed/acme/form/", "/state/ga/", "//evil.example/embed/acme/state/ga/", `${FORM}?x=1`])
    assert.equal(stateOf(path), "", path);
});

test("w13 the person comes back to where they were, unless another state is asked for", () => {
  assert.equal(whereTo("/embed/acme/", FORM), FORM);
  assert.equal(whereTo("/embed/acme/state/oh/", FORM), FORM);
  assert.equal(whereTo("/embed/acme/state/ga/", FORM), "");
  assert.equal(whereTo("/embed/other/", FORM), "");
  assert.equal(whereTo(FORM, FORM), "");
  assert.equal(whereTo("/embed/acme/", ""), "");
  assert.equal(whereTo("/embed/acme/", "javascript:alert(1)"), "");
});

test("w13 only the address is kept, and a browser that keeps nothing is no trouble", () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
  const place = new Place(() => storage, "place:acme:OH:news");
  place.remember(FORM);
  assert.deepEqual([...kept], [["place:acme:OH:news", FORM]]);
  assert.equal(place.recall(), FORM);
  place.remember("/embed/acme/");
  assert.equal(kept.size, 0);
  const none = new Place(() => { throw new Error("blocked"); }, "place:acme::");
  none.remember(FORM);
  assert.equal(none.recall(), "");
  new Place(() => storage, "").remember(FORM);
  assert.equal(kept.size, 0);
});

test("w13 widgets that begin elsewhere, or name another source, have places of their own", () => {
  assert.equal(keyOf("acme", "/embed/acme/es/state/oh/", "news"), "place:acme:OH:news");
  assert.equal(keyOf("acme", "/embed/acme/", ""), "place:acme::");
});

test("links to other sites lead out; telephone numbers and our own pages do not", () => {
  const own = "https://vote.example";
  const out = (href) => leadsOut(new URL(href, own), own);
  assert.deepEqual([out("https://sos.example/"), out("/state/ga/"), out("tel:+1"), out("mailto:a@b.example")], [true, false, false, false]);
});
