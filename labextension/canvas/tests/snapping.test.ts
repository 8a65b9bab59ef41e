import assert from "node:assert/strict";
import { test } from "node:test";
import { around, meet, snapped } from "../src/canvas/snapping";

const box = (x: number, y: number, width = 200, height = 70) => ({ x, y, width, height });

test("a card near another one's edge snaps to it and a guide shows past both", () => {
  const { dx, dy, guides } = snapped(box(104, 300), [box(100, 0)], 6);
  assert.deepEqual([dx, dy], [-4, 0]);
  assert.deepEqual(
    guides.map(({ axis, at }) => [axis, at]),
    [
      ["x", 100],
      ["x", 200],
      ["x", 300],
    ],
  );
  assert.deepEqual(
    guides.map(({ from, to }) => [from, to]),
    [
      [0, 370],
      [0, 370],
      [0, 370],
    ],
  );
});

test("cards of different width share the edge or the centre that is nearest", () => {
  assert.equal(snapped(box(53, 300, 100), [box(0, 0)], 6).dx, -3); // centre on centre
  assert.equal(snapped(box(98, 300, 100), [box(0, 0)], 6).dx, 2); // right on right
  assert.equal(snapped(box(203, 300, 100), [box(0, 0)], 6).dx, -3); // left on right
});

test("beyond the reach nothing snaps and no guide shows", () => {
  assert.deepEqual(snapped(box(17, 300, 100), [box(0, 0)], 6), { dx: 0, dy: 0, guides: [] });
  assert.deepEqual(snapped(box(0, 0), [], 6), { dx: 0, dy: 0, guides: [] });
});

test("both directions snap at once, each to its own card", () => {
  const { dx, dy, guides } = snapped(box(5, 296), [box(0, 0), box(600, 300)], 6);
  assert.deepEqual([dx, dy], [-5, 4]);
  assert.deepEqual(new Set(guides.map(({ axis }) => axis)), new Set(["x", "y"]));
});

test("the box around several holds them all, and boxes that touch meet", () => {
  assert.deepEqual(around([box(0, 0), box(300, 100)]), box(0, 0, 500, 170));
  assert.equal(around([]), null);
  assert.ok(meet(box(0, 0), box(200, 70)));
  assert.ok(!meet(box(0, 0), box(201, 0)));
});
