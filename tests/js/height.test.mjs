import assert from "node:assert/strict";
import { test } from "node:test";

import { watchHeight } from "../../registration/static/widget/height.js";

/** A body whose height the test sets, and the browser's two clocks of it. */
function screen() {
  const frames = [];
  const now = { height: 0 };
  globalThis.requestAnimationFrame = (run) => frames.push(run);
  globalThis.ResizeObserver = class {
    constructor(changed) { now.changed = changed; }
    observe() {}
  };
  const grow = (/** @type {number} */ height) => { now.height = height; now.changed(); };
  return { body: { getBoundingClientRect: () => now }, grow, paint: () => frames.splice(0).forEach((run) => run()) };
}

test("w08 however often the height changes, it is told once a frame of the screen, and only when it is another", () => {
  const { body, grow, paint } = screen();
  const told = [];
  const again = watchHeight(body, (px) => told.push(px));
  for (const height of [100, 300.2, 280.4]) grow(height);
  assert.deepEqual(told, []);
  paint();
  grow(281);
  paint();
  grow(0);
  paint();
  grow(90);
  paint();
  assert.deepEqual(told, [281, 90]);
  again();
  assert.deepEqual(told, [281, 90, 90]);
});
