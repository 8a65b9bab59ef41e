import { board, link, node, ports } from "../factories";

/** A sheet that stands upright, as agents' sheets do. */
export const upright = board({
  at: "notices/answer",
  title: "Answer a question",
  direction: "down",
  cards: [
    node("trigger", "trigger", "Question asked", [0, 0], {
      summary: "POST /questions",
      has_input: false,
      fixed: true,
    }),
    node("guardrail", "guard", "Is it a fair question?", [20, 160], {
      summary: "input, 2 checks",
      outputs: ports("pass", "block"),
    }),
    node("agent_loop", "loop", "Look for an answer", [-40, 340], {
      summary: "a language model with 3 tools, at most 8 rounds",
      width: 320,
      height: 200,
      outputs: ports("answer", "ask_librarian", "error"),
    }),
    node("terminal", "answered", "Answered", [-200, 680], { summary: "200" }),
    node("human_gate", "gate", "A librarian answers", [80, 680], {
      summary: "2 ways, 300 s",
      outputs: ports("answered", "timeout"),
    }),
    node("terminal", "failed", "Failed", [380, 680], { summary: "500" }),
  ],
  links: [
    link({ source: "trigger", output: "next", target: "guard" }),
    link({ source: "guard", output: "pass", target: "loop" }),
    link({ source: "guard", output: "block", target: "failed" }),
    link({ source: "loop", output: "answer", target: "answered" }),
    link({ source: "loop", output: "ask_librarian", target: "gate" }),
    link({ source: "loop", output: "error", target: "failed" }),
    link({ source: "gate", output: "answered", target: "loop" }),
    link({ source: "gate", output: "timeout", target: "failed" }),
  ],
});
