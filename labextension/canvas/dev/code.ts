/** What a made-up Python says of specs, their code, and runs of Claude Code. */

export const drift = {
  state: "diverged",
  stale: true,
  title: "Both the spec and its code have changed since the code was written",
  words: [
    "trigger: schedule “0 6 * * *” → “0 7 * * *”",
    "node refused: status 403 → 409",
    "src/domains/lending/remind.py changed",
    "tests/unit/domains/lending/test_remind.py is not there any more",
  ],
  diff: `--- a/specs/domains/lending/flows/remind.yaml
+++ b/specs/domains/lending/flows/remind.yaml
 -8,5 +8,5 
 trigger:
   type: cron
-  schedule: "0 6 * * *"
+  schedule: "0 7 * * *"
 nodes:
 -70,4 +70,4 
   - id: refused
     type: terminal
     spec:
-      status: 403
+      status: 409
`,
  changed: ["src/domains/lending/remind.py"],
  missing: ["tests/unit/domains/lending/test_remind.py"],
  unknown: "",
  seen: "c0ffee",
};

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
  mode: "update",
  command: "claude --settings … --session-id … --",
  asks: "It asks you before it changes files or runs commands.",
  run: null,
};

export const run = {
  id: "20260102-030405-remind-a1b2",
  state: "running",
  why: "Claude Code is at work",
  folder: ".ddd/runs/20260102-030405-remind-a1b2",
  terminal: "remind_a1b2_20260102030405",
};

export const trustAsked = {
  title: "Trust this project?",
  words: [
    "The files of this project name programs that run on this machine with your rights.",
    "Trust it only if you know where the folder comes from.",
  ],
  folder: "/home/ada/library",
  commands: ["claude --settings … --session-id … -- …", "pytest --tb=short -q"],
  settings: ['.claude/settings.json: model is "opus"'],
  added: ["pytest --tb=short -q"],
  removed: ["pytest -q"],
  action: "Trust and run",
  declined: "Nothing was run: you have not trusted this project.",
  fingerprint: "5eal",
};
