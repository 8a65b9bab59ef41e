import assert from "node:assert/strict";
import { test } from "node:test";
import * as rules from "../src/form/rules";

const PATH = ["spec", "fields"];

const only = (value: unknown): rules.InputField => {
  const [field] = rules.readFields(value, PATH);
  if (!field) {
    throw new Error("There is no field.");
  }
  return field;
};

const flat = { email: { type: "string", required: true, min_length: 5, error: "Too short." } };
const typed = [
  {
    name: "email",
    type: "string",
    required: true,
    validations: [{ type: "min_length", value: 5, error: "Too short." }],
  },
];
const keyed = {
  email: { type: "string", required: true, validations: [{ min_length: 5, error: "Too short." }] },
};

test("the three ways to write a field say the same", () => {
  for (const value of [flat, typed, keyed]) {
    const field = only(value);
    assert.equal(field.name, "email");
    assert.equal(field.type, "string");
    assert.equal(field.required, true);
    assert.deepEqual(
      field.rules.map(({ name, value, error }) => [name, value, error]),
      [["min_length", 5, "Too short."]],
    );
  }
});

test("a rule's value is set where it stands", () => {
  const edit = (value: unknown) => {
    const field = only(value);
    return rules.setRule(field, field.rules[0] as rules.Rule, 8);
  };
  assert.deepEqual(edit(flat), { op: "set", path: [...PATH, "email", "min_length"], value: 8 });
  assert.deepEqual(edit(typed), {
    op: "set",
    path: [...PATH, 0, "validations", 0, "value"],
    value: 8,
  });
  assert.deepEqual(edit(keyed), {
    op: "set",
    path: [...PATH, "email", "validations", 0, "min_length"],
    value: 8,
  });
});

test("a rule's error text is set where it stands, and taken out when it is emptied", () => {
  const field = only(keyed);
  const rule = field.rules[0] as rules.Rule;
  const path = [...PATH, "email", "validations", 0, "error"];
  assert.deepEqual(rules.setRuleError(field, rule, "No."), { op: "set", path, value: "No." });
  assert.deepEqual(rules.setRuleError(field, rule, ""), { op: "unset", path });
});

test("a new rule is the first of the type that is not there yet, beginning with min_length 1", () => {
  assert.deepEqual(rules.addRule(only({ name: { type: "string" } })), {
    op: "set",
    path: [...PATH, "name", "min_length"],
    value: 1,
  });
  assert.deepEqual(rules.addRule(only([{ name: "name", type: "string" }])), {
    op: "set",
    path: [...PATH, 0, "validations"],
    value: [{ type: "min_length", value: 1 }],
  });
  assert.deepEqual(rules.addRule(only(keyed)), {
    op: "set",
    path: [...PATH, "email", "validations", 1],
    value: { max_length: 255 },
  });
});

test("every type offers its own rules", () => {
  assert.deepEqual(rules.rulesFor("string"), [
    "min_length",
    "max_length",
    "pattern",
    "format",
    "enum",
    "unique",
  ]);
  assert.deepEqual(rules.rulesFor("number"), ["min", "max", "integer", "unique"]);
  assert.deepEqual(rules.rulesFor("array"), ["min_items", "max_items", "unique"]);
  assert.deepEqual(rules.rulesFor("object"), ["unique", "custom"]);
});

test("the last rule of a list goes with the list", () => {
  const field = only(keyed);
  assert.deepEqual(rules.removeRule(field, field.rules[0] as rules.Rule), {
    op: "unset",
    path: [...PATH, "email", "validations"],
  });
});

test("fields are added and renamed in the shape of the others", () => {
  assert.deepEqual(rules.addField(typed, PATH, "age"), {
    op: "set",
    path: [...PATH, 1],
    value: { name: "age", type: "string", required: true },
  });
  assert.deepEqual(rules.addField(flat, PATH, "age"), {
    op: "set",
    path: [...PATH, "age"],
    value: { type: "string", required: true },
  });
  assert.deepEqual(rules.renameField(typed, only(typed), "mail"), {
    op: "set",
    path: [...PATH, 0, "name"],
    value: "mail",
  });
  assert.deepEqual(rules.renameField(flat, only(flat), "mail"), {
    op: "rename",
    path: [...PATH, "email"],
    to: "mail",
  });
});

test("a field that says only its type is still a field", () => {
  const field = only({ email: "string" });
  assert.equal(field.type, "string");
  assert.deepEqual(rules.setKey(field, "type", "number"), {
    op: "set",
    path: [...PATH, "email"],
    value: "number",
  });
  assert.deepEqual(rules.setKey(field, "required", true), {
    op: "set",
    path: [...PATH, "email"],
    value: { type: "string", required: true },
  });
});

test("what a field says besides is kept to be shown", () => {
  assert.deepEqual(only({ email: { type: "string", description: "Where to write." } }).rest, {
    description: "Where to write.",
  });
});

test("one of several fields of the same name is removed, and no other", () => {
  const [, second] = rules.readFields(["email", "email"], PATH);
  assert.deepEqual(rules.removeField(second as rules.InputField), {
    op: "unset",
    path: [...PATH, 1],
  });
  assert.deepEqual(rules.renameField(["email", "email"], second as rules.InputField, "mail"), {
    op: "set",
    path: [...PATH, 1],
    value: "mail",
  });
});

test("another rule takes the place of the one that it was, and touches nothing else", () => {
  const change = (value: unknown) => {
    const field = only(value);
    return rules.changeRule(field, field.rules[0] as rules.Rule, "max_length");
  };
  assert.deepEqual(change(flat), {
    op: "rename",
    path: [...PATH, "email", "min_length"],
    to: "max_length",
    value: 255,
  });
  assert.deepEqual(change(keyed), {
    op: "rename",
    path: [...PATH, "email", "validations", 0, "min_length"],
    to: "max_length",
    value: 255,
  });
  assert.deepEqual(change(typed), {
    op: "set",
    path: [...PATH, 0, "validations", 0],
    value: { type: "max_length", value: 255, error: "Too short." },
  });
});
