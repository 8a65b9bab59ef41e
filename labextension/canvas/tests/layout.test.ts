import assert from "node:assert/strict";
import { test } from "node:test";
import { borrow, large, system } from "../dev/boards";
import { DETAILED, fitting, growth, leastZoom, opening } from "../src/canvas/viewport";
import { layoutOf } from "../src/panels/layout";
import { sheetOf } from "../src/state/sheet";
import type { Panels } from "../src/state/state";

const untouched: Panels = {
  palette: null,
  outline: false,
  spec: null,
  problems: false,
  minimap: false,
  assistant: false,
  front: "spec" as const,
  tab: "spec",
  width: 320,
};

test("a wide sheet shows palette and spec at its sides, a wide map nothing but the map", () => {
  const sheet = layoutOf(untouched, 1400, true);
  assert.deepEqual([sheet.left, sheet.right], [["palette"], ["spec"]]);
  const map = layoutOf(untouched, 1400, false);
  assert.deepEqual([map.left, map.right], [null, null]);
});

test("a narrow widget has one dock with tabs, closed until somebody opens it", () => {
  assert.equal(layoutOf(untouched, 640, true).right, null);
  const { left, right } = layoutOf({ ...untouched, spec: true }, 640, true);
  assert.equal(left, null);
  assert.deepEqual(right, ["spec", "palette", "outline"]);
});

test("a tab that this board does not have gives way to the spec", () => {
  assert.equal(layoutOf({ ...untouched, spec: true, tab: "palette" }, 640, false).rightTab, "spec");
});

const view = { width: 880, height: 600 };

test("a board opens whole where its titles say enough, else at its beginning with all its words", () => {
  const map = sheetOf(system);
  assert.deepEqual(opening(map, view), fitting(map, view));
  assert.equal(opening(sheetOf(borrow), view).zoom, DETAILED);
  assert.equal(opening(sheetOf(borrow), view).x, 32);
});

test("words that keep their size are drawn larger the farther away, never smaller than on the board", () => {
  assert.equal(growth(0.5), 2);
  assert.equal(growth(1.5), 1);
});

test("one can zoom out to a quarter, and farther where a board is too large for that", () => {
  assert.equal(leastZoom(sheetOf(borrow), view), 0.25);
  assert.ok(leastZoom(sheetOf(large(1000)), view) < 0.25);
});
