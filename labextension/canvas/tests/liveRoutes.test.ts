import assert from "node:assert/strict";
import { test } from "node:test";
import { routeOf } from "../src/canvas/liveRoutes";
import { headTransform, pathThrough } from "../src/canvas/path";
import type { Card, Link } from "../src/protocol";
import { card, link } from "./factories";

const SOURCE = card({ id: "a", title: "" });
const TARGET = card({ id: "b", title: "", x: 420, y: 100 });
/** Out of the right side of one card, one step down, and into the left side of the other. */
const STEP: [number, number][] = [
  [220, 36],
  [320, 36],
  [320, 136],
  [420, 136],
];

/** Where the link runs while its cards are away from their places by some pixels. */
function drawn(points: [number, number][], out: number[], into: number[], part?: Partial<Link>) {
  const away = (one: Card, [dx, dy]: number[]) => ({
    card: one,
    x: one.x + (dx ?? 0),
    y: one.y + (dy ?? 0),
  });
  const shown = link({ source: "a", target: "b", output: "next", points, ...part });
  const line = routeOf(shown, away(SOURCE, out), away(TARGET, into), "right");
  return { points: line.points.map(({ x, y }) => [x, y]), label: line.label };
}

test("a line runs as Python led it, and goes along where both its cards go", () => {
  assert.deepEqual(drawn(STEP, [0, 0], [0, 0]).points, STEP);
  assert.deepEqual(
    drawn(STEP, [10, -5], [10, -5]).points,
    STEP.map(([x, y]) => [x + 10, y - 5]),
  );
});

test("a line stretches to a card that is on its way, level and upright as it was", () => {
  assert.deepEqual(drawn(STEP, [0, 0], [30, 40]).points, [
    [220, 36],
    [320, 36],
    [320, 176],
    [450, 176],
  ]);
  assert.deepEqual(drawn(STEP, [-30, 10], [0, 0]).points, [
    [190, 46],
    [320, 46],
    [320, 136],
    [420, 136],
  ]);
});

test("a straight line makes a step to a card that leaves its level", () => {
  const straight: [number, number][] = [
    [220, 36],
    [420, 36],
  ];
  assert.deepEqual(drawn(straight, [0, 0], [0, 50]).points, [
    [220, 36],
    [320, 36],
    [320, 86],
    [420, 86],
  ]);
});

test("a line that would have to turn back makes a step between its ends", () => {
  assert.deepEqual(drawn(STEP, [0, 0], [-150, 0]).points, [
    [220, 36],
    [245, 36],
    [245, 136],
    [270, 136],
  ]);
});

test("the label goes along on the piece on which it stands", () => {
  const part = { printed: "3 events", label_place: { x: 320, y: 86, width: 60 } };
  assert.deepEqual(drawn(STEP, [0, 0], [0, 40], part).label, { x: 320, y: 106, width: 60 });
  assert.deepEqual(drawn(STEP, [5, 5], [5, 5], part).label, { x: 325, y: 91, width: 60 });
});

test("a path ends where its arrow head begins", () => {
  const points = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ];
  assert.equal(pathThrough(points), "M0 0L94 0");
  assert.equal(pathThrough(points, true), "M6 0L94 0");
  assert.equal(headTransform(points), "translate(100 0) rotate(0)");
});
