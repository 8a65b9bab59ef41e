import assert from "node:assert/strict";
import { test } from "node:test";
import { roomyLabels, type Spot } from "../src/canvas/labelRoom";
import type { Link } from "../src/protocol";
import { sheetOf } from "../src/state/sheet";
import { card, link, sheetBoard } from "./factories";

const CARDS = [
  card({ id: "a", title: "A", x: -220, y: -36 }),
  card({ id: "b", title: "B", x: 200, y: -36 }),
];
const along = (part: Partial<Link>): Link =>
  link({
    source: "a",
    target: "b",
    printed: "order.placed",
    points: [
      [0, 0],
      [200, 0],
    ],
    label_place: { x: 100, y: 0, width: 120 },
    ...part,
  });

/** Where the label of the first line stands, for words of so many pixels on the screen. */
function spotOf(links: readonly Link[], words: number): Spot | undefined {
  const sheet = sheetOf(sheetBoard(CARDS, [...links]));
  return roomyLabels(sheet, 1.5, () => words).get([...sheet.links.keys()][0] ?? "");
}

test("a label stays on its line where it fits, with all its words", () => {
  assert.deepEqual(spotOf([along({})], 80), { x: 100, y: 0, width: 128 });
});

test("a label that would cover the head of its line stands beside it", () => {
  assert.deepEqual(spotOf([along({})], 112), { x: 100, y: 13.5, width: 176 });
});

test("a label that fits nowhere between the cards is shortened", () => {
  assert.deepEqual(spotOf([along({})], 200), { x: 100, y: 0, width: 120 });
});

test("a label goes out of the way of another line", () => {
  const points: [number, number][] = [
    [100, -80],
    [100, 12],
  ];
  const other = link({ source: "b", target: "a", points });
  assert.deepEqual(spotOf([along({}), other], 30), { x: 60, y: 0, width: 53 });
});
