import assert from "node:assert/strict";
import { test } from "node:test";
import { isOurs } from "../src/plugins/isOurs";

const CODE = ["project.canvas()", "project.problems"];
const cell = (source: string, type = "code") => ({ source, type });

test("only a notebook with the written code and no other counts as written by ddd-lab lab", () => {
  const written = [cell("# Design", "markdown"), ...CODE.map((source) => cell(source))];
  assert.ok(isOurs(written, CODE));
  assert.ok(!isOurs([...written, cell("import os")], CODE));
  assert.ok(!isOurs(written.slice(0, 2), CODE));
  assert.ok(!isOurs([cell("project.canvas() "), cell("project.problems")], CODE));
});
