import assert from "node:assert/strict";
import { test } from "node:test";
import { Selection } from "../src/state/selection";
import { sheetOf } from "../src/state/sheet";
import { initialState, type State } from "../src/state/state";
import { Store } from "../src/state/store";
import { card, sheetBoard } from "./factories";

const sheet = (...ids: string[]) => sheetOf(sheetBoard(ids.map((id) => card({ id, title: id }))));

function setup(selected: string) {
  const state = { ...initialState(), sheet: sheet("a", "b"), selected: new Set([selected]) };
  const store = new Store<State>(state);
  return { store, selection: new Selection(store, { announce: () => {}, leave: () => {} }) };
}

test("a card stays selected until the last of several edits has said what its id is", async () => {
  const { store, selection } = setup("a");
  const answers: ((id: string) => void)[] = [];
  const edit = () => selection.rename("a", () => new Promise((answer) => answers.push(answer)));
  const edits = [edit(), edit()];
  answers[0]?.("a");
  await edits[0];

  const now = sheet("a2", "b");
  store.set({ sheet: now, ...selection.left(store.get(), now) });
  assert.deepEqual([...store.get().selected], ["a"]);
  answers[1]?.("a2");
  await edits[1];
  assert.deepEqual([...store.get().selected], ["a2"]);
  assert.equal(selection.panelKey("a2"), "a");
});
