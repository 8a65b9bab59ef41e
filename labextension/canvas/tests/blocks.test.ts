import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksOf, inline } from "../src/assistant/blocks";

test("HTML in an answer is text", () => {
  const [block] = blocksOf('<img src=x onerror="alert(1)"> <b>bold</b>');
  assert.deepEqual(block, {
    kind: "paragraph",
    content: [{ kind: "text", text: '<img src=x onerror="alert(1)"> <b>bold</b>' }],
  });
});

test("only links to the web can be followed, and none with a password in it", () => {
  assert.deepEqual(inline("[docs](https://example.org/a)"), [
    { kind: "link", text: "docs", address: "https://example.org/a" },
  ]);
  for (const address of [
    "javascript:alert",
    "data:text/html,x",
    "file:///etc/passwd",
    "//example.org",
    "https://user:key@example.org",
  ]) {
    assert.deepEqual(inline(`[x](${address})`), [{ kind: "text", text: `x (${address})` }]);
  }
});

test("an answer reads as headings, lists, code, quotes and tables", () => {
  const kinds = blocksOf(
    "# Title\n\nOne\nline\n\n- a\n  - b\n    goes on\n1. c\n\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n```yaml\nid: x\n```",
  ).map(({ kind }) => kind);
  assert.deepEqual(kinds, ["heading", "paragraph", "list", "quote", "table", "rule", "code"]);
});

test("items keep their depth, and lines below them go with them", () => {
  const [list] = blocksOf("- a\n  - b\n    more");
  assert.ok(list?.kind === "list");
  assert.deepEqual(
    list.items.map(({ depth, content }) => [depth, content]),
    [
      [0, [{ kind: "text", text: "a" }]],
      [1, [{ kind: "text", text: "b more" }]],
    ],
  );
});

test("words stand out as they are marked; names with underscores stay whole", () => {
  assert.deepEqual(inline("a **b** *c* `d` and loan_item_id"), [
    { kind: "text", text: "a " },
    { kind: "strong", text: "b" },
    { kind: "text", text: " " },
    { kind: "emphasis", text: "c" },
    { kind: "text", text: " " },
    { kind: "code", text: "d" },
    { kind: "text", text: " and loan_item_id" },
  ]);
});

test("an answer can be cut off anywhere", () => {
  const whole = "# A\n- *b* [c](https://x.org)\n```yaml\nd: `e`\n```\n| f |\n> g\n***\n";
  for (let end = 0; end <= whole.length; end++) {
    const text = blocksOf(whole.slice(0, end));
    assert.ok(Array.isArray(text));
  }
});
