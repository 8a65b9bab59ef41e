import assert from "node:assert/strict";
import { test } from "node:test";
import { draftOf, isEdited, promptOf, subject, tokens } from "../src/panel/drafts";
import { groupOf, isDue, matches } from "../src/panel/flows/groups";
import { choices, confirmed } from "../src/panel/run/choices";
import { elapsed } from "../src/panel/run/elapsed";
import type { RunView } from "../src/wire";
import { flow, prompt, run } from "./factories";

test("a draft is edited once its text differs, and is sent as it was left", () => {
  const draft = draftOf(prompt());
  const edited = { ...draft, text: "Do it well. Do it now." };

  assert.equal(isEdited(draft), false);
  assert.equal(isEdited(edited), true);
  assert.equal(tokens(edited), 8);
  assert.equal(promptOf(edited).text, "Do it well. Do it now.");
  assert.equal(subject(prompt({ flows: [], schemas: ["User", "Order"] })), "User, Order");
});

test("flows stand in the group of what is to be done about them", () => {
  const stale = flow({ state: "code_ahead", stale: true });
  const done = flow({ state: "layout_only" });

  assert.deepEqual([flow(), stale, done].map(groupOf), ["pending", "stale", "implemented"]);
  assert.deepEqual([flow(), stale, done].map(isDue), [true, true, false]);
  assert.ok(matches(flow(), " USERS "));
  assert.ok(!matches(flow(), "orders"));
});

test("files are confirmed flow by flow, and a flow without any is named, too", () => {
  const proposed = {
    brief: run({ flows: ["a/one", "a/two"] }),
    files: [
      { path: "src/one.py", flows: ["a/one"], known: false },
      { path: "src/two.py", flows: [], known: true },
    ],
  } as unknown as RunView;

  const chosen = choices(proposed);

  assert.deepEqual(confirmed(chosen), { "a/one": ["src/one.py"], "a/two": [] });
  assert.deepEqual(
    chosen.map((choice) => choice.mark),
    ["", "known", "", "known"],
  );
});

test("a span of time is said as people say it", () => {
  const spans = [-5, 41_900, 185_000, 7_800_000].map(elapsed);

  assert.deepEqual(spans, ["0 s", "41 s", "3 min 5 s", "2 h 10 min"]);
});
