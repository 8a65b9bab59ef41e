import assert from "node:assert/strict";
import { test } from "node:test";
import { draftOf, isEdited, promptOf, putAway, subject, tokens } from "../src/panel/drafts";
import { chosenOf, groupOf, isDue, matches } from "../src/panel/flows/groups";
import { changed, choices, confirmed } from "../src/panel/run/choices";
import { elapsed } from "../src/panel/run/elapsed";
import type { RunView } from "../src/protocol";
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

test("an edited draft is put away, and comes back in what is built later", () => {
  const edited = { ...draftOf(prompt()), text: "Do it my way.", seen: true };
  const kept = putAway([edited, draftOf(prompt({ flows: ["users/leave"] }))], new Map());

  assert.deepEqual([...kept.keys()], ["implement users/register"]);
  const again = draftOf(prompt(), kept.get("implement users/register"));
  assert.deepEqual([again.text, again.seen, again.outdated], ["Do it my way.", true, false]);
  const later = draftOf(prompt({ text: "Do it anew.", mode: "update" }), again);
  assert.deepEqual(
    [later.text, later.built.mode, later.outdated],
    ["Do it my way.", "update", true],
  );
});

test("flows are implemented in the order in which they were ticked, if they are still due", () => {
  const [first, second] = [flow({ key: "a/first" }), flow({ key: "a/second" })];
  const done = flow({ key: "a/done", state: "in_sync" });

  const ticked = new Set(["a/second", "a/done", "a/gone", "a/first"]);

  assert.deepEqual(chosenOf([first, second, done], ticked), ["a/second", "a/first"]);
});

test("flows stand in the group of what is to be done about them", () => {
  const stale = flow({ state: "code_ahead", stale: true });
  const done = flow({ state: "layout_only" });

  assert.deepEqual([flow(), stale, done].map(groupOf), ["pending", "stale", "implemented"]);
  assert.deepEqual([flow(), stale, done].map(isDue), [true, true, false]);
  assert.ok(matches(flow(), " USERS "));
  assert.ok(!matches(flow(), "orders"));
});

const TWO_FLOWS = {
  brief: run({ flows: ["a/one", "a/two"] }),
  files: [
    { path: "src/one.py", flows: ["a/one"], known: false },
    { path: "src/two.py", flows: [], known: true },
  ],
} as unknown as RunView;

test("files are confirmed flow by flow, and a flow without any is named, too", () => {
  const chosen = choices(TWO_FLOWS, []);

  assert.deepEqual(confirmed(["a/one", "a/two"], chosen), { "a/one": ["src/one.py"], "a/two": [] });
  assert.deepEqual(confirmed(["a/one"], []), { "a/one": [] });
  assert.deepEqual(
    chosen.map((choice) => choice.mark),
    ["", "known", "", "known"],
  );
});

test("what the person has changed stays where something else is proposed", () => {
  const unticked = changed([], { flow: "a/one", path: "src/one.py", on: false });
  const changes = changed(unticked, { flow: "a/two", path: "src/mine.py", on: true });
  const later = { path: "src/later.py", flows: ["a/one"], known: false };
  const more = { ...TWO_FLOWS, files: [...TWO_FLOWS.files, later] };

  assert.deepEqual(confirmed(["a/one", "a/two"], choices(more, changes)), {
    "a/one": ["src/later.py"],
    "a/two": ["src/mine.py"],
  });
  const added = choices(more, changes).find((choice) => choice.path === "src/mine.py");
  assert.equal(added?.mark, "added by you");
  const flipped = changed(changes, { flow: "a/one", path: "src/one.py", on: true });
  assert.deepEqual(choices(TWO_FLOWS, flipped)[0]?.on, true);
  assert.equal(flipped.length, 2);
});

test("once a run is confirmed, what else changed is said not to be recorded", () => {
  const files = [
    { path: "src/one.py", flows: ["a/one"], known: true },
    { path: "src/rejected.py", flows: [], known: false },
  ];
  const chosen = choices(
    { brief: run({ flows: ["a/one"], confirmed: true }), files } as RunView,
    [],
  );

  assert.deepEqual(
    chosen.map(({ on, mark }) => [on, mark]),
    [
      [true, "known"],
      [false, "not recorded"],
    ],
  );
});

test("a span of time is said as people say it", () => {
  const spans = [-5, 41_900, 185_000, 7_800_000].map(elapsed);

  assert.deepEqual(spans, ["0 s", "41 s", "3 min 5 s", "2 h 10 min"]);
});
