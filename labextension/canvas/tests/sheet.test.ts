import assert from "node:assert/strict";
import { test } from "node:test";
import type { Patch } from "../src/protocol";
import { alarmsOf, patched, readingOrder, sheetOf } from "../src/state/sheet";
import { badge, card, link, sheetBoard } from "./factories";

const patch = (part: Partial<Patch>): Patch => ({
  since: 1,
  rev: 2,
  cards: {},
  links: {},
  gone_cards: [],
  gone_links: [],
  board: {},
  problem_list: null,
  ...part,
});

const two = () =>
  sheetOf(
    sheetBoard(
      [card({ id: "a", title: "A" }), card({ id: "b", title: "B", x: 320 })],
      [link({ source: "a", target: "b" })],
    ),
  );

test("a patch changes the named fields and leaves every other card the same object", () => {
  const before = two();
  const after = patched(before, patch({ cards: { a: { x: 40 } } }));
  assert.equal(after?.cards.get("a")?.x, 40);
  assert.equal(after?.cards.get("a")?.title, "A");
  assert.equal(after?.cards.get("b"), before.cards.get("b"));
  assert.equal(after?.links, before.links);
  assert.equal(after?.head.rev, 2);
});

test("a patch for another revision is refused, so that the board is asked for", () => {
  assert.equal(patched(two(), patch({ since: 7, rev: 8 })), null);
});

test("a patch brings new cards whole and takes gone ones away", () => {
  const after = patched(
    two(),
    patch({
      cards: { c: { ...card({ id: "c", title: "C" }) } },
      gone_cards: ["a"],
      gone_links: ["a  b"],
    }),
  );
  assert.deepEqual([...(after?.cards.keys() ?? [])], ["b", "c"]);
  assert.equal(after?.links.size, 0);
});

test("a whole board again keeps what did not change", () => {
  const before = two();
  const again = sheetBoard(
    [card({ id: "a", title: "A" }), card({ id: "b", title: "Other", x: 320 })],
    [link({ source: "a", target: "b" })],
  );
  const after = sheetOf(again, before);
  assert.equal(after.cards.get("a"), before.cards.get("a"));
  assert.equal(after.cards.get("b")?.title, "Other");
});

test("cards are read in columns where lines lead right, in rows where they lead down", () => {
  const cards = [
    card({ id: "right", title: "", x: 400, y: 0 }),
    card({ id: "below", title: "", x: 0, y: 200 }),
    card({ id: "first", title: "", x: 10, y: 0 }),
  ];
  const order = (direction: "right" | "down") =>
    readingOrder(sheetOf(sheetBoard(cards, [], { direction }))).map(({ id }) => id);
  assert.deepEqual(order("right"), ["first", "below", "right"]);
  assert.deepEqual(order("down"), ["first", "right", "below"]);
});

test("the name of a card says what its badges warn of, and leaves the rest to the eye", () => {
  const badges = [
    badge("4 flows"),
    badge("✓ 5", "5 tests passed", "good"),
    badge("↓ stale 2", "The spec has changed: status 201 → 202", "warn", "drift"),
    badge("✗ 1 of 3", "1 of 3 tests failed", "bad", "fix"),
  ];
  const said = alarmsOf(card({ id: "a", title: "A", badges }));
  assert.equal(said, "The spec has changed: status 201 → 202, 1 of 3 tests failed");
  assert.equal(alarmsOf(card({ id: "b", title: "B" })), "");
});
