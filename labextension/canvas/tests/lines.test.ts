import assert from "node:assert/strict";
import { test } from "node:test";
import { borrow, lending, system, upright } from "../dev/boards";
import { Obstacles } from "../src/canvas/obstacles";
import { pathThrough } from "../src/canvas/path";
import { planOf } from "../src/canvas/plan";
import type { Card, Link } from "../src/protocol";
import { sheetOf } from "../src/state/sheet";
import type { Point } from "../src/state/types";
import { board, card, link, sheetBoard } from "./factories";

/** The cards that a line crosses, other than where it begins and ends. */
function crossed(points: readonly Point[], cards: readonly Card[]): string[] {
  const found: string[] = [];
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point];
    for (const one of cards) {
      const inside =
        Math.max(a.x, b.x) > one.x + 1 &&
        Math.min(a.x, b.x) < one.x + one.width - 1 &&
        Math.max(a.y, b.y) > one.y + 1 &&
        Math.min(a.y, b.y) < one.y + one.height - 1;
      if (inside) {
        found.push(one.id);
      }
    }
  }
  return found;
}

/** The same numbers in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

test("lines of the boards for looking run at right angles and pass no card", () => {
  for (const shown of [system, lending, borrow, upright]) {
    const { lines } = planOf(sheetOf(shown));
    assert.equal(lines.size, shown.links.length);
    for (const [id, { points }] of lines) {
      assert.deepEqual(crossed(points, shown.cards), [], `${shown.at}: ${id}`);
      for (let i = 1; i < points.length; i++) {
        const [a, b] = [points[i - 1] as Point, points[i] as Point];
        assert.ok(Math.abs(a.x - b.x) < 0.5 || Math.abs(a.y - b.y) < 0.5, `${shown.at}: ${id}`);
      }
    }
  }
});

test("a line goes around the cards of a grid, forwards and backwards", () => {
  const random = numbers(7);
  const cards: Card[] = [];
  for (let column = 0; column < 6; column++) {
    for (let row = 0; row < 5; row++) {
      cards.push(
        card({ id: `${column}/${row}`, title: "", x: column * 340, y: row * 130 + 40 * random() }),
      );
    }
  }
  const pick = () => cards[Math.floor(random() * cards.length)]?.id ?? "";
  const links: Link[] = [];
  for (let i = 0; i < 40; i++) {
    const [source, target] = [pick(), pick()];
    if (source !== target) {
      links.push(link({ source, target, output: "next", id: `${i}` }));
    }
  }
  const { lines } = planOf(sheetOf(sheetBoard(cards, links)));
  const bad = [...lines].filter(([, { points }]) => crossed(points, cards).length > 0);
  assert.deepEqual(
    bad.map(([id]) => id),
    [],
  );
});

test("lines there and back between two domains lie apart", () => {
  const domains = [
    card({ id: "a", kind: "domain", title: "A", outputs: [] }),
    card({ id: "b", kind: "domain", title: "B", outputs: [], x: 500 }),
  ];
  const links = [
    link({ source: "a", target: "b", id: "ab" }),
    link({ source: "b", target: "a", id: "ba" }),
  ];
  const { lines } = planOf(sheetOf(board({ at: "", title: "", cards: domains, links })));
  const [there, back] = [lines.get("ab"), lines.get("ba")];
  assert.equal(there?.points.length, 2);
  assert.equal(back?.points.length, 2);
  assert.ok(Math.abs((there?.points[0]?.y ?? 0) - (back?.points[0]?.y ?? 0)) >= 16);
});

test("labels of a map lie neither on cards nor on each other", () => {
  const { lines } = planOf(sheetOf(system));
  const boxes = [...lines.values()].map(({ label }) => ({
    left: label.x - label.room / 2,
    right: label.x + label.room / 2,
    top: label.y - 9,
    bottom: label.y + 9,
  }));
  for (const [index, box] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) {
      const apart =
        box.right <= other.left ||
        other.right <= box.left ||
        box.bottom <= other.top ||
        other.bottom <= box.top;
      assert.ok(apart);
    }
    for (const one of system.cards) {
      const clear =
        box.right <= one.x + 1 ||
        one.x + one.width - 1 <= box.left ||
        box.bottom <= one.y ||
        one.y + one.height <= box.top;
      assert.ok(clear, one.id);
    }
  }
});

test("obstacles are found across the borders of the search grid", () => {
  const obstacles = new Obstacles([{ x: 240, y: 240, width: 40, height: 40 }]);
  assert.equal(obstacles.across({ x: 0, y: 260 }, { x: 1000, y: 260 }).length, 1);
  assert.equal(obstacles.across({ x: 0, y: 300 }, { x: 1000, y: 300 }).length, 0);
});

test("a path ends where its arrow head begins", () => {
  assert.equal(
    pathThrough([
      { x: 0, y: 0 },
      { x: 100, y: 0 },
    ]),
    "M0 0L94 0",
  );
});

/** A flow sheet of a grid of cards, each connected to the next, one of which can stand elsewhere. */
function gridSheet(moved: { x: number; y: number } | null) {
  const cards: Card[] = [];
  const links: Link[] = [];
  for (let i = 0; i < 30; i++) {
    const at = { x: (i % 6) * 340, y: Math.floor(i / 6) * 260 };
    cards.push(card({ id: `${i}`, title: "", ...(i === 8 && moved ? moved : at) }));
    if (i > 0) {
      links.push(link({ source: `${i - 1}`, target: `${i}`, output: "next", id: `${i}` }));
    }
  }
  return sheetBoard(cards, links);
}

test("when a card moves, the lines that it comes near are led anew and the others stay", () => {
  const first = sheetOf(gridSheet(null));
  const plan = planOf(first);
  const moved = gridSheet({ x: 2 * 340 + 60, y: 300 });
  const second = sheetOf(moved, first);

  const after = planOf(second, { sheet: first, plan });

  assert.equal(after.lines.size, plan.lines.size);
  assert.equal(after.lines.get("25"), plan.lines.get("25"));
  for (const id of ["8", "9"]) {
    assert.notDeepEqual(after.lines.get(id), plan.lines.get(id));
  }
  for (const [id, { points }] of after.lines) {
    assert.deepEqual(crossed(points, moved.cards), [], id);
  }
  assert.deepEqual([...after.lines], [...planOf(second).lines]);
});

test("a line goes straight again when the card leaves that it was led around", () => {
  const ends = [card({ id: "a", title: "" }), card({ id: "b", title: "", x: 900 })];
  const links = [link({ source: "a", target: "b", output: "next", id: "ab" })];
  const there = sheetOf(sheetBoard([...ends, card({ id: "c", title: "", x: 450 })], links));
  const plan = planOf(there);
  const gone = sheetOf(
    sheetBoard([...ends, card({ id: "c", title: "", x: 450, y: 700 })], links),
    there,
  );

  const after = planOf(gone, { sheet: there, plan });

  assert.ok((plan.lines.get("ab")?.points.length ?? 0) > 2);
  assert.equal(after.lines.get("ab")?.points.length, 2);
});
