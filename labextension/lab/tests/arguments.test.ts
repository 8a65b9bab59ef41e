import assert from "node:assert/strict";
import { test } from "node:test";
import { FLOWS, KIND, ROOT, RUN, textOf, textsOf } from "../src/commands/arguments";

test("what is left out is undefined, and what fits comes back", () => {
  assert.equal(textOf({}, "root", ROOT), undefined);
  assert.equal(textOf({ kind: "fix" }, "kind", KIND), "fix");
  assert.deepEqual(textsOf({ flows: ["a/b"] }, "flows", FLOWS), ["a/b"]);
});

test("what nobody can mean is refused with what was expected", () => {
  assert.throws(() => textOf({ root: "" }, "root", ROOT), /root: expected a text/);
  assert.throws(() => textOf({ kind: "delete" }, "kind", KIND), /implement or fix/);
  assert.throws(() => textOf({ run: "../../etc" }, "run", RUN), /run: expected/);
  assert.throws(() => textsOf({ flows: "a/b" }, "flows", FLOWS), /flows: expected a list/);
  assert.throws(() => textsOf({ flows: [] }, "flows", FLOWS), /at least 1/);
  assert.throws(() => textsOf({ flows: ["a/b", 7] }, "flows", FLOWS), /not 7/);
});
