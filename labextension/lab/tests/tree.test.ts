import assert from "node:assert/strict";
import { test } from "node:test";
import { stepOf, typedAhead } from "../src/tree/keys";
import { firstExpanded, rowsOf, spokenName } from "../src/tree/rows";
import { tree, treeFlow } from "./factories";

const SHOP = tree(
  [
    treeFlow("orders/place", { name: "Place an order", stale: true, errors: 2 }),
    treeFlow("orders/pay", { name: "Pay", agent: true }),
    treeFlow("users/register", { name: "Register" }),
  ],
  ["order"],
);
const PLAIN = { expanded: new Set<string>(), filter: "", unsaved: new Set<string>() };

function names(filter: string, expanded: readonly string[] = []): string[] {
  return rowsOf(SHOP, { ...PLAIN, filter, expanded: new Set(expanded) }).map(({ name }) => name);
}

test("a domain that is folded hides its flows", () => {
  assert.deepEqual(names("", ["orders"]), [
    "System Map",
    "orders",
    "Place an order",
    "Pay",
    "users",
    "Schemas",
  ]);
});

test("a filter shows what fits with its domain, and all of a domain that fits itself", () => {
  assert.deepEqual(names("regis"), ["users", "Register"]);
  assert.deepEqual(names("orders"), ["orders", "Place an order", "Pay"]);
  assert.deepEqual(names(" ORDER "), ["orders", "Place an order", "Pay", "Schemas", "order"]);
  assert.deepEqual(names("nothing like it"), []);
});

test("rows say aloud what their marks stand for, and domains what is below them", () => {
  const unsaved = new Set(["specs/orders/pay.yaml", "specs/orders/place.yaml"]);
  const rows = rowsOf(SHOP, { ...PLAIN, expanded: new Set(["orders"]), unsaved });
  assert.deepEqual(rows.slice(1, 4).map(spokenName), [
    "orders, 2 files unsaved, 2 errors, 1 stale",
    "Place an order, flow, unsaved, 2 errors, stale",
    "Pay, agent, unsaved",
  ]);
});

test("rows know how many stand beside them", () => {
  const rows = rowsOf(SHOP, { ...PLAIN, expanded: new Set(["orders"]) });
  assert.deepEqual(
    rows.map(({ level, position, size }) => [level, position, size]),
    [
      [1, 1, 4],
      [1, 2, 4],
      [2, 1, 2],
      [2, 2, 2],
      [1, 3, 4],
      [1, 4, 4],
    ],
  );
});

test("a small design is shown unfolded, a large one is not", () => {
  const many = tree(Array.from({ length: 100 }, (_, at) => treeFlow(`d${at % 5}/f${at}`)));
  assert.deepEqual([...firstExpanded(SHOP)], ["orders", "users"]);
  assert.equal(firstExpanded(many).size, 0);
});

test("the arrows fold, unfold, and go in and out", () => {
  const rows = rowsOf(SHOP, { ...PLAIN, expanded: new Set(["orders"]) });
  const [, orders, , , users] = rows;
  assert.deepEqual(stepOf(rows, 1, "ArrowRight", 5), { go: 2 });
  assert.deepEqual(stepOf(rows, 3, "ArrowLeft", 5), { go: 1 });
  assert.deepEqual(stepOf(rows, 1, "ArrowLeft", 5), { fold: orders, open: false });
  assert.deepEqual(stepOf(rows, 4, "ArrowRight", 5), { fold: users, open: true });
  assert.deepEqual(stepOf(rows, 0, "PageDown", 99), { go: 5 });
  assert.equal(stepOf(rows, 0, "ArrowLeft", 5), null);
});

test("typing goes to the next name that begins so", () => {
  const rows = rowsOf(SHOP, { ...PLAIN, expanded: new Set(["orders"]) });
  assert.equal(rows[typedAhead(rows, 0, "p")]?.name, "Place an order");
  assert.equal(rows[typedAhead(rows, 2, "pp")]?.name, "Pay");
  assert.equal(rows[typedAhead(rows, 2, "pa")]?.name, "Pay");
  assert.equal(typedAhead(rows, 2, "zz"), 2);
});
