import assert from "node:assert/strict";
import { test } from "node:test";
import { freeSpan } from "../src/canvas/lanes";
import { beyond } from "../src/canvas/OffscreenMarkers";
import type { Frame } from "../src/protocol";
import { homesFor } from "../src/state/containment";
import {
  beside,
  carried,
  containerAt,
  destinations,
  homeOf,
  insideOf,
  settled,
  shifted,
} from "../src/state/frames";
import { type Sheet, sheetOf } from "../src/state/sheet";
import { card, link, sheetBoard } from "./factories";

const frame = (part: Partial<Frame> & Pick<Frame, "card" | "cards">): Frame => ({
  id: `frame:${part.card}`,
  kind: "container",
  title: `↺ ${part.card}`,
  x: 0,
  y: 0,
  width: 100,
  height: 100,
  chips: [],
  note: "",
  folded: false,
  depth: 0,
  ...part,
});

/** An outer loop with a step and an inner parallel, which has a step too; two cards lie outside. */
function nested(): Sheet {
  const cards = [
    card({ id: "outer", title: "Outer", type: "loop", container: true, x: 0, y: 0 }),
    card({ id: "step", title: "Step", x: 300, y: 0 }),
    card({ id: "inner", title: "Inner", type: "parallel", container: true, x: 600, y: 0 }),
    card({ id: "deep", title: "Deep", x: 900, y: 0 }),
    card({ id: "free", title: "Free", x: 0, y: 400 }),
    card({ id: "empty", title: "Empty", type: "loop", container: true, x: 600, y: 400 }),
    card({ id: "note", title: "Read me", kind: "note", type: "note", x: 0, y: 600 }),
  ];
  const frames = [
    frame({ card: "outer", cards: ["step", "inner"], x: -20, y: -30, width: 1180, height: 130 }),
    frame({ card: "inner", cards: ["deep"], x: 580, y: -20, width: 560, height: 112, depth: 1 }),
    frame({ card: "free", cards: [], kind: "body", x: -20, y: 370, width: 260, height: 122 }),
  ];
  return sheetOf(sheetBoard(cards, [], { frames }));
}

const to = (id: string, x: number, y: number) => new Map([[id, { x, y }]]);

test("a card lies in the container whose frame lists it, and in no body", () => {
  const sheet = nested();
  assert.equal(homeOf(sheet, "deep"), "inner");
  assert.equal(homeOf(sheet, "step"), "outer");
  assert.equal(homeOf(sheet, "free"), "");
  assert.deepEqual([...insideOf(sheet, "outer")].sort(), ["deep", "inner", "step"]);
});

test("all that lies inside moves along, and what is moved itself goes where it is told", () => {
  const sheet = nested();
  const places = carried(
    sheet,
    new Map([
      ["outer", { x: 10, y: 5 }],
      ["inner", { x: 700, y: 50 }],
    ]),
  );
  assert.deepEqual(places.get("step"), { x: 310, y: 5 });
  assert.deepEqual(places.get("inner"), { x: 700, y: 50 });
  assert.deepEqual(places.get("deep"), { x: 1000, y: 50 });
  assert.equal(places.has("free"), false);
});

test("a frame follows its card while that is on the way", () => {
  const [outer, inner] = shifted(nested(), to("outer", 10, 5));
  assert.deepEqual([outer?.x, outer?.y], [-10, -25]);
  assert.equal(inner?.x, 580);
});

test("the innermost container takes what is dropped, the loop itself what is dropped on it", () => {
  const sheet = nested();
  assert.equal(containerAt(sheet, { x: 1000, y: 40 }), "inner");
  assert.equal(containerAt(sheet, { x: 400, y: 40 }), "outer");
  assert.equal(containerAt(sheet, { x: 700, y: 430 }), "empty");
  assert.equal(containerAt(sheet, { x: 50, y: 430 }), "");
});

test("only cards whose container changes are put somewhere", () => {
  const sheet = nested();
  assert.deepEqual([...destinations(sheet, to("free", 300, 20))], [["free", "outer"]]);
  assert.deepEqual([...destinations(sheet, to("deep", 900, 600))], [["deep", ""]]);
  assert.deepEqual([...destinations(sheet, to("deep", 310, 20))], [["deep", "outer"]]);
  assert.deepEqual([...destinations(sheet, to("deep", 880, 10))], []);
  assert.deepEqual([...destinations(sheet, to("outer", 900, 10))], [], "not into its own inside");
  assert.deepEqual([...destinations(sheet, to("note", 300, 20))], [], "notes lie on the sheet");
});

test("a card that is let go on a loop lies down beside it", () => {
  const sheet = nested();
  const places = to("free", 620, 410);
  const into = destinations(sheet, places);
  assert.deepEqual([...into], [["free", "empty"]]);
  assert.deepEqual(settled(sheet, places, into).get("free"), { x: 880, y: 400 });
  const loop = sheet.cards.get("inner");
  assert.ok(loop);
  assert.deepEqual(beside(sheet, loop, { width: 220, height: 72 }), { x: 880, y: 96 });
});

test("a card can be put into every container but itself, its inside and where it lies", () => {
  const sheet = nested();
  assert.deepEqual(
    homesFor(sheet, ["outer"]).map(({ id }) => id),
    ["empty"],
  );
  assert.deepEqual(
    homesFor(sheet, ["deep"]).map(({ id }) => id),
    ["outer", "empty"],
  );
});

test("words of a frame stand where no line crosses them", () => {
  const points: [number, number][] = [
    [60, -50],
    [60, 80],
  ];
  const links = new Map([["a", link({ source: "a", target: "b", points })]]);
  const band = { x: 0, y: 0, width: 400, height: 24 };
  const mark = { x: 300, y: -4, width: 40, height: 16 };
  assert.equal(freeSpan(links, [], band, 30).left, 12);
  assert.equal(freeSpan(links, [], band, 200).left, 68.5);
  assert.deepEqual(freeSpan(links, [mark], band, 390), { left: 68.5, room: 223.5 }, "the widest");
  assert.equal(freeSpan(links, [mark, { ...mark, x: 180 }], band, 390).left, 12, "over a line");
});

test("what lies beyond the view is counted once, at the side where it is", () => {
  const view = { transform: [0, 0, 1], width: 500, height: 300 } as const;
  assert.deepEqual(beyond(nested(), { ...view, transform: [0, 0, 1] }), [0, 0, 2, 3]);
  assert.deepEqual(beyond(nested(), { ...view, transform: [-200, 0, 1] }), [3, 0, 0, 3]);
});
