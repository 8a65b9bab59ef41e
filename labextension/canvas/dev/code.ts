/** What a made-up Python says of how a flow is implemented. */

export const prompt = {
  text: `# Update lending/remind

Read these files first, in this order:

1. \`specs/architecture.yaml\`
2. \`specs/shared/errors.yaml\`
3. \`specs/domains/lending/flows/remind.yaml\`

## lending/remind

This flow has code already, and its spec or its code has moved since:

- trigger: schedule “0 6 * * *” → “0 7 * * *”
- node refused: status 403 → 409

- Bring the code to what the spec says now. Change what is there; do not start anew.
`,
  files: [
    "specs/architecture.yaml",
    "specs/shared/errors.yaml",
    "specs/domains/lending/flows/remind.yaml",
  ],
  command: "ddd-lab implement --project /home/ada/library lending/remind",
  accept: "ddd-lab accept --project /home/ada/library --reason '' lending/remind",
  drifts: [
    {
      flow: "lending/remind",
      title: "Both the spec and its code have changed since the code was written",
      words: [
        "trigger: schedule “0 6 * * *” → “0 7 * * *”",
        "node refused: status 403 → 409",
        "src/domains/lending/remind.py changed",
        "tests/unit/domains/lending/test_remind.py no longer exists",
      ],
      diff: `--- a/specs/domains/lending/flows/remind.yaml
+++ b/specs/domains/lending/flows/remind.yaml
@@ -8,4 +8,4 @@
 trigger:
   type: cron
-  schedule: "0 6 * * *"
+  schedule: "0 7 * * *"
 nodes:
@@ -70,4 +70,4 @@
   - id: refused
     type: terminal
     spec:
-      status: 403
+      status: 409
`,
      unknown: "",
    },
  ],
};
