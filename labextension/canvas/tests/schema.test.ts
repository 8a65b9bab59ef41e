import assert from "node:assert/strict";
import { test } from "node:test";
import { converted } from "../src/form/AnyValue";
import { fits, isRounded, numberOr, settable, shapeOf } from "../src/form/schema";

const nullable = (schema: object) => ({ anyOf: [schema, { type: "null" }], default: null });

test("an optional key is what it is when it is there", () => {
  assert.equal(shapeOf(nullable({ type: "integer" }), {}, undefined).kind, "integer");
  assert.equal(shapeOf(nullable({ type: "string" }), {}, "x").kind, "text");
});

test("a reference leads to its definition and keeps its own help", () => {
  const root = { $defs: { Retry: { type: "object", properties: { max: { type: "integer" } } } } };
  const shape = shapeOf({ $ref: "#/$defs/Retry", description: "How often." }, root, undefined);
  assert.equal(shape.kind, "object");
  assert.equal(shape.help, "How often.");
  assert.deepEqual(
    shape.properties.map(([key]) => key),
    ["max"],
  );
});

test("where several kinds are allowed the value decides, and any kind can follow", () => {
  const schema = {
    anyOf: [{ type: "object", additionalProperties: true }, { type: "array" }, { type: "null" }],
  };
  assert.equal(shapeOf(schema, {}, ["a"]).kind, "any");
  const known = { anyOf: [{ type: "object", properties: { a: {} } }, { type: "string" }] };
  assert.equal(shapeOf(known, {}, { a: 1 }).kind, "object");
  assert.equal(shapeOf(known, {}, "text").kind, "text");
  assert.equal(shapeOf(known, {}, undefined).kind, "object");
  const loose = { anyOf: [{ type: "string" }, { type: "object", additionalProperties: true }] };
  assert.equal(shapeOf(loose, {}, undefined).kind, "any");
});

test("a number that may be an expression is an amount", () => {
  const amount = { anyOf: [{ type: "integer" }, { type: "number" }, { type: "string" }] };
  const shape = shapeOf({ ...nullable(amount), "x-example": "10" }, {}, 3);
  assert.equal(shape.kind, "amount");
  assert.equal(shape.example, "10");
});

test("what is offered for a list is offered for each of its items", () => {
  const shape = shapeOf(
    { ...nullable({ type: "array", items: { type: "string" } }), "x-suggest": "node" },
    {},
    [],
  );
  assert.equal(shapeOf(shape.inner, {}, undefined).suggest, "node");
});

test("prompts and long texts get room", () => {
  assert.equal(shapeOf({ type: "string" }, {}, "", "system_prompt").long, true);
  assert.equal(shapeOf({ type: "string" }, {}, "a\nb", "model").long, true);
  assert.equal(shapeOf({ type: "string" }, {}, "Loan", "model").long, false);
});

test("numbers are numbers only when they read back as they were typed", () => {
  assert.equal(numberOr("8080"), 8080);
  assert.equal(numberOr("1.50"), 1.5);
  assert.equal(numberOr("$.max"), "$.max");
  assert.equal(numberOr(""), "");
  assert.equal(numberOr("Infinity"), "Infinity");
  assert.equal(numberOr("0x10"), "0x10");
});

test("a text that looks like a number stays a text until it is turned into one", () => {
  assert.equal(fits("text", "8080"), true);
  assert.equal(fits("number", "8080"), false);
  assert.equal(converted("8080", "number"), 8080);
  assert.equal(converted(8080, "text"), "8080");
  assert.deepEqual(converted("a", "list"), ["a"]);
});

test("setting a value deep in what is not there yet makes the way to it", () => {
  const data = { spec: { model: "Loan" } };
  assert.deepEqual(settable(data, ["spec", "model"], "Copy"), {
    path: ["spec", "model"],
    value: "Copy",
  });
  assert.deepEqual(settable(data, ["spec", "retry", "max"], 3), {
    path: ["spec", "retry"],
    value: { max: 3 },
  });
  assert.deepEqual(settable({}, ["spec", "retry", "max"], 3), {
    path: ["spec"],
    value: { retry: { max: 3 } },
  });
});

test("a number that JavaScript would round is told from others", () => {
  assert.equal(isRounded(numberOr("9007199254740993")), true);
  assert.equal(isRounded(numberOr("9007199254740991")), false);
  assert.equal(isRounded(numberOr("0.5")), false);
  assert.equal(isRounded("9007199254740993"), false);
});
