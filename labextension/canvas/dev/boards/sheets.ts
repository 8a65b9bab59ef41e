import { board, card, link, node, ports } from "../factories";

export const borrow = board({
  at: "lending/borrow-book",
  title: "Borrow a book",
  can_go_back: true,
  problems: { errors: 1, warnings: 1, infos: 0, todo: 0 },
  cards: [
    node("trigger", "trigger", "Loan requested", [0, 120], {
      summary: "POST /loans",
      has_input: false,
      fixed: true,
    }),
    node("input", "check_input", "Check the request", [320, 120], {
      summary: "3 fields",
      outputs: ports("valid", "invalid"),
    }),
    node("decision", "may_borrow", "May the member borrow?", [640, 60], {
      summary: "member.status == 'active'",
      shape: "decision",
      outputs: [
        { name: "true", label: "Yes", declared: true },
        { name: "false", label: "No", declared: true },
      ],
    }),
    node("data_store", "store_loan", "Store the loan", [960, 0], {
      summary: "create Loan",
      problems: { errors: 1, warnings: 0, infos: 0, todo: 0 },
      outputs: ports("success", "failure"),
    }),
    node("event", "announce", "Tell the others", [1280, -60], {
      summary: "loan.started",
      outputs: [{ name: "done", label: "", declared: true }],
    }),
    node("terminal", "lent", "Lent", [1600, -60], { summary: "201", width: 160, height: 56 }),
    node("terminal", "refused", "Refused", [1280, 120], {
      summary: "403 MEMBER_BLOCKED",
      width: 200,
      height: 56,
      problems: { errors: 0, warnings: 1, infos: 0, todo: 0 },
    }),
    node("terminal", "bad_request", "Bad request", [640, 220], {
      summary: "422",
      width: 160,
      height: 56,
    }),
    node("sub_flow", "history", "Look up the history of the member and of the copy", [1280, 240], {
      summary: "members/history",
      opens: "lending/return-book",
      outputs: [
        { name: "success", label: "success", declared: true },
        { name: "retry", label: "retry", declared: false },
      ],
    }),
    card({
      id: "gone",
      kind: "missing",
      type: "missing",
      type_title: "Missing",
      category: "missing",
      icon: "?",
      title: "notify_branch",
      summary: "no node has this id",
      x: 1640,
      y: 250,
      width: 180,
      height: 56,
      outputs: [],
      fixed: true,
    }),
  ],
  links: [
    link({
      source: "trigger",
      output: "next",
      target: "check_input",
      stroke: "dashed",
      fixed: true,
    }),
    link({ source: "check_input", output: "valid", target: "may_borrow" }),
    link({ source: "check_input", output: "invalid", target: "bad_request" }),
    link({ source: "may_borrow", output: "true", target: "store_loan", label: "Yes" }),
    link({ source: "may_borrow", output: "false", target: "refused", label: "No" }),
    link({ source: "store_loan", output: "success", target: "announce" }),
    link({ source: "store_loan", output: "failure", target: "refused" }),
    link({ source: "announce", output: "done", target: "lent", label: "" }),
    link({ source: "history", output: "success", target: "gone" }),
    link({ source: "history", output: "retry", target: "may_borrow" }),
  ],
});

/** A sheet whose code is not what it says any more. */
export const remind = board({
  ...borrow,
  at: "lending/remind",
  title: "Remind of overdue loans",
  breadcrumb: [
    { title: "System Map", at: "" },
    { title: "Lending", at: "lending" },
    { title: "Remind of overdue loans", at: "lending/remind" },
  ],
  sync_status: {
    state: "diverged",
    stale: true,
    title: "Both the spec and its code have changed since the code was written",
    words: [
      "trigger: schedule “0 6 * * *” → “0 7 * * *”",
      "node refused: status 403 → 409",
      "node announce added: event “Tell the others”, which every other domain may listen to",
      "connection store_loan.failure: leads to refused",
      "node history removed: sub_flow “Look up the history”",
    ],
    more: 2,
    failed: 2,
  },
});

export const empty = board({
  at: "lending/return-book",
  title: "Return a book",
  cards: [],
  links: [],
  empty: "This flow has no nodes yet. Drag one from the palette.",
});
