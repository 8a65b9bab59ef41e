import assert from "node:assert/strict";
import { test } from "node:test";
import { scaleFor } from "../src/state/pictures";
import { afterClosing, flowOfFile, opened, renewed } from "../src/state/tabs";

const A = { at: "orders/a", title: "A" };
const B = { at: "orders/b", title: "B" };
const C = { at: "orders/c", title: "C" };
const titles = (...tabs: { at: string; title: string }[]) =>
  Object.fromEntries(tabs.map(({ at, title }) => [at, title]));

test("a sheet opens a tab once, and its new title is shown", () => {
  const tabs = opened([A], B);
  assert.deepEqual(tabs, [A, B]);
  assert.equal(opened(tabs, { ...B }), tabs);
  assert.deepEqual(opened(tabs, { ...A, title: "Other" }), [{ ...A, title: "Other" }, B]);
});

test("tabs of sheets that are gone go away, others get their new titles", () => {
  const tabs = [A, B, C];
  assert.equal(renewed(tabs, titles(A, B, C)), tabs);
  assert.deepEqual(renewed(tabs, { ...titles(A), [C.at]: "Sea" }), [A, { ...C, title: "Sea" }]);
});

test("a sheet that was renamed while it was shown keeps its place", () => {
  const moved = { at: "orders/a2", title: "A2" };
  assert.deepEqual(renewed([A, B, moved], titles(B, moved), A.at, moved.at), [moved, B]);
  assert.deepEqual(renewed([A, B, C], titles(A, B, C), A.at, C.at), [A, B, C]);
});

test("closing the current sheet shows the next one, else the one before", () => {
  assert.equal(afterClosing([A, B, C], B.at, B.at), C.at);
  assert.equal(afterClosing([A, B, C], C.at, C.at), B.at);
  assert.equal(afterClosing([A, B, C], A.at, C.at), "");
});

test("the file of a flow is told from other files", () => {
  assert.equal(flowOfFile("specs/domains/orders/flows/place-order.yaml"), "orders/place-order");
  assert.equal(flowOfFile("specs/domains/orders/domain.yaml"), "");
});

test("a picture is painted at twice its size, smaller where browsers could not", () => {
  assert.equal(scaleFor(800, 600), 2);
  assert.equal(scaleFor(16_000, 100), 1);
  assert.ok(20_000 * scaleFor(20_000, 20_000) * 20_000 * scaleFor(20_000, 20_000) <= 120_000_001);
});
