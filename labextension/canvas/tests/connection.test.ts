import assert from "node:assert/strict";
import { mock, test } from "node:test";
import {
  CommandError,
  Connection,
  type Inbox,
  PATIENCE,
  type WidgetModel,
} from "../src/connection";
import type { Command } from "../src/protocol";

function setup(send: (command: Command) => void = () => {}) {
  const sent: Command[] = [];
  const heard: string[] = [];
  let listener: (content: unknown) => void = () => {};
  const host: WidgetModel = {
    get: () => undefined,
    send: (content) => {
      sent.push(content as Command);
      send(content as Command);
    },
    on: (_event, on) => {
      listener = on;
    },
    off: () => {
      listener = () => {};
    },
  };
  const inbox: Inbox = {
    board: () => heard.push("board"),
    patch: () => heard.push("patch"),
    notice: () => heard.push("notice"),
    news: () => ({
      assistant: () => heard.push("assistant"),
      turn: () => heard.push("turn"),
      design: () => heard.push("design"),
      memory: () => heard.push("memory"),
    }),
    silence: (silent) => heard.push(silent ? "silent" : "heard"),
  };
  const connection = new Connection(host, inbox);
  return { connection, sent, heard, push: (content: unknown) => listener(content) };
}

const reply = (id: number | undefined, part: object) => ({
  reply: { id, ok: true, result: {}, error: null, ...part },
});

test("a command gets the result of its own reply", async () => {
  const { connection, sent, push } = setup();
  const first = connection.send("add", { type: "process", x: 0, y: 0 });
  const second = connection.send("save", {});
  push(reply(sent[1]?.id, { result: { written: [] } }));
  push(reply(sent[0]?.id, { result: { id: "process" } }));
  assert.deepEqual(await first, { id: "process" });
  assert.deepEqual(await second, { written: [] });
});

test("a refused command says what Python said", async () => {
  const { connection, sent, push } = setup();
  const asked = connection.send("connect", { source: "a", target: "b" });
  push(
    reply(sent[0]?.id, { ok: false, error: { message: "No such output.", detail: "Use next." } }),
  );
  await assert.rejects(asked, (error) => {
    assert.ok(error instanceof CommandError);
    assert.equal(error.message, "No such output.");
    assert.equal(error.detail, "Use next.");
    return true;
  });
});

test("silence is told after a while, and a late reply still counts", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { connection, sent, heard, push } = setup();
    const asked = connection.send("hello", { version: "1" });
    mock.timers.tick(PATIENCE - 1);
    assert.deepEqual(heard, []);
    mock.timers.tick(1);
    assert.deepEqual(heard, ["silent"]);
    push(reply(sent[0]?.id, {}));
    assert.deepEqual(heard, ["silent", "heard"]);
    await asked;
  } finally {
    mock.timers.reset();
  }
});

test("a connection that is gone is told at once", async () => {
  const { connection, heard } = setup(() => {
    throw new Error("comm closed");
  });
  await assert.rejects(connection.send("save", {}), /kernel cannot be reached/);
  assert.deepEqual(heard, ["silent"]);
});

test("replies to another view are left to it", () => {
  const { heard, push } = setup();
  push(reply(12, {}));
  assert.deepEqual(heard, ["heard"]);
});

test("two views never use the same id", () => {
  const ids = [setup(), setup()].map(({ connection, sent }) => {
    void connection.send("hello", { version: "1" });
    connection.close();
    return sent[0]?.id;
  });
  assert.notEqual(ids[0], ids[1]);
});

test("a command says which board it was meant for", () => {
  const { connection, sent } = setup();
  void connection.send("hello", { version: "1" });
  void connection.send("remove", { cards: ["a"] }, "lending/remind");
  assert.deepEqual(
    sent.map(({ at }) => at),
    [null, "lending/remind"],
  );
  connection.close();
});
