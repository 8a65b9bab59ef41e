import assert from "node:assert/strict";
import { test } from "node:test";
import { applied } from "../src/form/edits";

test("an edit changes what it names and shares the rest", () => {
  const data = { spec: { a: 1, list: [{ b: 2 }, { b: 3 }] }, other: { c: 4 } };
  const after = applied(data, {
    op: "set",
    path: ["spec", "list", 1, "b"],
    value: 9,
  }) as typeof data;
  assert.deepEqual(after.spec.list, [{ b: 2 }, { b: 9 }]);
  assert.equal(after.spec.list[0], data.spec.list[0]);
  assert.equal(after.other, data.other);
  assert.equal(data.spec.list[1]?.b, 3);
});

test("an edit makes the way to what is not there yet", () => {
  assert.deepEqual(applied({}, { op: "set", path: ["spec", "retry"], value: { max: 3 } }), {
    spec: { retry: { max: 3 } },
  });
});

test("taking out a key or an item leaves the others in their order", () => {
  assert.deepEqual(applied({ a: 1, b: 2, c: 3 }, { op: "unset", path: ["b"] }), { a: 1, c: 3 });
  assert.deepEqual(applied({ list: [1, 2, 3] }, { op: "unset", path: ["list", 0] }), {
    list: [2, 3],
  });
});

test("an item is moved within its list and nothing else changes", () => {
  const data = { list: ["a", "b", "c"], other: { d: 1 } };
  const after = applied(data, { op: "move", path: ["list", 2], to: 0 }) as typeof data;
  assert.deepEqual(after.list, ["c", "a", "b"]);
  assert.equal(after.other, data.other);
  assert.deepEqual(data.list, ["a", "b", "c"]);
});

test("a renamed key stays in its place, with its value or another one", () => {
  const data = { spec: { a: 1, b: 2, c: 3 } };
  const renamed = (more: object) =>
    applied(data, { op: "rename", path: ["spec", "b"], to: "x", ...more }) as {
      spec: Record<string, number>;
    };
  assert.deepEqual(Object.entries(renamed({}).spec), [
    ["a", 1],
    ["x", 2],
    ["c", 3],
  ]);
  assert.equal(renamed({ value: 7 }).spec.x, 7);
});
