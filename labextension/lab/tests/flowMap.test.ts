import assert from "node:assert/strict";
import { test } from "node:test";
import { onCard } from "../src/flowMap/look";
import { FlowModel } from "../src/flowMap/model";
import type { FlowGraph, GraphKind } from "../src/protocol";

const AREA = { x: 0, y: 0, width: 240, height: 92 };
const KINDS = new Set<GraphKind>(["event", "call", "schema"]);

function graph(): FlowGraph {
  const flow = (id: string) => ({
    ...AREA,
    id,
    name: id,
    domain: id.split("/")[0] ?? "",
    sort: "flow" as const,
    trigger: "",
  });
  const link = (source: string, kind: GraphKind, target: string, ...via: string[]) => ({
    source,
    target,
    kind,
    via,
    points: [],
  });
  return {
    root: "/design",
    name: "shop",
    domains: ["a", "b"].map((id) => ({ ...AREA, id, name: id.toUpperCase(), flows: 2 })),
    flows: ["a/one", "a/two", "b/one", "b/two"].map(flow),
    schemas: [{ ...AREA, id: "schema:Order", name: "Order" }],
    links: [
      link("a/one", "event", "b/one", "a.done", "a.begun"),
      link("a/two", "event", "b/one", "a.gone"),
      link("b/one", "call", "b/two"),
      link("b/two", "schema", "schema:Order", "Order"),
    ],
    signs: [],
  };
}

test("a filter picks out what has its words, and the links that it is about", () => {
  const model = new FlowModel(graph());
  assert.deepEqual([...model.matching("text", "TWO").ids], ["a/two", "b/two"]);
  const event = model.matching("event", "begun");
  assert.deepEqual([...event.ids], ["a/one", "b/one"]);
  assert.deepEqual([...(event.links ?? [])], ["event: a/one → b/one"]);
  assert.deepEqual([...model.matching("schema", "order").ids], ["b/two", "schema:Order"]);
  assert.deepEqual(model.names("event"), ["a.begun", "a.done", "a.gone"]);
});

test("neighbours are as many links away as asked for, either way, by the kinds that are shown", () => {
  const model = new FlowModel(graph());
  assert.deepEqual([...model.around("a/one", 1, KINDS).ids], ["a/one", "b/one"]);
  assert.equal(model.around("a/one", 2, KINDS).ids.size, 4);
  assert.equal(model.around("a/one", 9, new Set<GraphKind>(["event"])).ids.size, 3);
});

test("links between two domains are bundled by kind, and counted", () => {
  const model = new FlowModel(graph());
  assert.deepEqual(model.bundles(model.between(model.graph.links.slice(0, 3))), [
    { source: "a", target: "b", kind: "event", count: 2 },
  ]);
});

test("a card has as much of a name as can be read on it", () => {
  assert.equal(onCard("Find a copy on the shelf", 240, 92, 1), "Find a copy on the\nshelf");
  assert.equal(onCard("Find a copy on the shelf", 240, 92, 0.3), "Find a\ncopy on t…");
  assert.equal(onCard("Reconciliation", 240, 40, 0.3), "Reconcili…");
});
