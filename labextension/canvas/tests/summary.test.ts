import assert from "node:assert/strict";
import { test } from "node:test";
import { gist, summaryOf } from "../src/form/summary";

const RULE = ["{priority} {id}", "{condition} → {route}"];

test("an item is told apart by what its templates say", () => {
  const rule = { id: "refunds", priority: 0, condition: "$.kind == 'refund'", route: "billing" };
  assert.deepEqual(summaryOf(rule, RULE), {
    title: "0 refunds",
    rest: "$.kind == 'refund' → billing",
  });
});

test("what is not there leaves nothing, not even its arrow", () => {
  assert.deepEqual(summaryOf({ id: "a", route: "b" }, RULE), { title: "a", rest: "b" });
  assert.deepEqual(summaryOf({ condition: "$.x" }, RULE), { title: "$.x", rest: "" });
});

test("a mark is said only where it holds, and parts inside are reached", () => {
  const tool = ["{name}", "{is_terminal?ends the loop,} {implementation.type}"];
  const done = { name: "answer", is_terminal: true };
  assert.equal(summaryOf(done, tool).rest, "ends the loop");
  const call = { name: "look", is_terminal: false, implementation: { type: "service_call" } };
  assert.equal(summaryOf(call, tool).rest, "service_call");
});

test("an item that no schema knows is told apart by its first telling key", () => {
  assert.equal(summaryOf({ label: "Approve" }).title, "Approve");
  assert.equal(gist({ x: [1] }), "x: …");
  assert.equal(gist([1, 2]), "2 items");
});
