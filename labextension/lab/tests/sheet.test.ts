import assert from "node:assert/strict";
import { test } from "node:test";
import { newSheet, notice } from "../src/panel/sheet";
import { run } from "./factories";

test("a run that goes on when the page is loaded is picked up, and nothing is said of it", () => {
  const sheet = newSheet();

  assert.deepEqual(notice(sheet, [run()]), []);
  assert.deepEqual([sheet.tab, sheet.run], ["run", run().id]);
});

test("without a run that goes on, the newest is remembered and the flows stay in view", () => {
  const sheet = newSheet();

  notice(sheet, [run({ alive: false, state: "done" })]);

  assert.deepEqual([sheet.tab, sheet.run], ["flows", run().id]);
});

test("a run that comes to stand otherwise is said once, and one that is old is not", () => {
  const sheet = newSheet();
  notice(sheet, [run()]);
  const waiting = run({ state: "waiting", why: "Claude Code waits for you" });
  const old = run({ id: "20250101-120000-old", alive: false, state: "done" });

  assert.deepEqual(notice(sheet, [waiting, old]), ["users/register: Claude Code waits for you"]);
  assert.deepEqual(notice(sheet, [waiting, old]), []);
});
