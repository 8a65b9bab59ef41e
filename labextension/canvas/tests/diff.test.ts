import assert from "node:assert/strict";
import { test } from "node:test";
import { filesOf } from "../src/state/diff";

const DIFF = `--- a/specs/system.yaml
+++ b/specs/system.yaml
@@ -1,3 +1,3 @@
 system:
-  name: Shop
--- a comment
+  name: Corner Shop
+++ another
--- /dev/null
+++ b/specs/domains/orders/domain.yaml
@@ -0,0 +1,2 @@
+domain:
+  name: orders
\\ No newline at end of file
`;

test("a diff of several files is told file by file, also where lines look like heads", () => {
  const [system, domain, ...others] = filesOf(DIFF);
  assert.deepEqual(others, []);
  assert.equal(system?.path, "specs/system.yaml");
  assert.equal(system?.change, "changed");
  assert.deepEqual([system?.added, system?.removed], [2, 2]);
  assert.equal(system?.lines[0], "@ Line 1");
  assert.equal(domain?.path, "specs/domains/orders/domain.yaml");
  assert.equal(domain?.change, "new");
  assert.deepEqual([domain?.added, domain?.removed], [2, 0]);
});

test("a file that moves or goes says so", () => {
  const head = (before: string, after: string) =>
    `--- ${before}\n+++ ${after}\n@@ -1 +1 @@\n-a\n+b\n`;
  assert.equal(filesOf(head("a/x.yaml", "b/y.yaml"))[0]?.former, "x.yaml");
  assert.equal(filesOf("--- a/x.yaml\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n")[0]?.change, "gone");
  assert.deepEqual(filesOf(""), []);
});
