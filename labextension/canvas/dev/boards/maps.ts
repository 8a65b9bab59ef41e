import type { Card } from "../../src/protocol";
import { badge, board, card, link } from "../factories";

const map: Partial<Card> = {
  kind: "domain",
  type: "domain",
  type_title: "Domain",
  category: "domain",
  icon: "▣",
  outputs: [],
  fixed: true,
  width: 260,
  height: 120,
};

const eventLink = (part: Parameters<typeof link>[0]) => link({ ...part, fixed: true });

export const system = board({
  at: "",
  title: "Branch library",
  subtitle: "Lends books in three branches.",
  problems: { errors: 1, warnings: 3, infos: 0, todo: 0 },
  cards: [
    card({
      ...map,
      id: "catalogue",
      title: "Catalogue",
      summary: "Titles, copies and where they stand.",
      x: 0,
      y: 0,
      opens: "catalogue",
      badges: [badge("4 flows")],
    }),
    card({
      ...map,
      id: "lending",
      title: "Lending",
      summary: "Loans, returns, reservations and what is overdue.",
      x: 420,
      y: 0,
      opens: "lending",
      problems: { errors: 1, warnings: 2, infos: 0, todo: 0 },
      badges: [
        badge("7 flows"),
        badge("2 stale", "2 stale: Return a book, Remind of overdue loans", "warn"),
        badge("✗ 4 of 21", "4 of 21 tests failed", "bad"),
      ],
    }),
    card({
      ...map,
      id: "members",
      title: "Members",
      summary: "Who may borrow, and under which conditions.",
      x: 0,
      y: 260,
      opens: "members",
      badges: [badge("3 flows")],
    }),
    card({
      ...map,
      id: "notices",
      title: "Notices",
      summary: "Mail and messages to members.",
      x: 420,
      y: 260,
      opens: "notices",
      problems: { errors: 0, warnings: 1, infos: 0, todo: 0 },
      badges: [badge("2 flows"), badge("agent", "One flow is an agent", "accent")],
    }),
  ],
  links: [
    eventLink({
      source: "catalogue",
      target: "lending",
      events: ["copy.added", "copy.withdrawn", "title.changed"],
    }),
    eventLink({
      source: "lending",
      target: "notices",
      events: ["loan.overdue", "reservation.ready"],
    }),
    eventLink({ source: "members", target: "lending", events: ["member.blocked"] }),
    eventLink({ source: "members", target: "notices", events: ["member.registered"] }),
    eventLink({ source: "lending", target: "catalogue", events: ["copy.lost"] }),
  ],
});

const flowCard: Partial<Card> = {
  kind: "flow",
  type: "traditional",
  type_title: "Flow",
  category: "domain",
  icon: "▣",
  outputs: [],
  fixed: true,
  width: 240,
  height: 104,
};
const portal: Partial<Card> = {
  kind: "portal",
  type: "portal",
  type_title: "Portal",
  category: "portal",
  icon: "⇥",
  outputs: [],
  fixed: true,
  width: 180,
  height: 64,
  shape: "portal",
};

export const lending = board({
  at: "lending",
  title: "Lending",
  subtitle: "Loans, returns, reservations and what is overdue.",
  cards: [
    card({
      ...flowCard,
      id: "flow:borrow-book",
      title: "Borrow a book",
      summary: "POST /loans",
      x: 0,
      y: 0,
      opens: "lending/borrow-book",
      badges: [badge("✓ 5", "5 tests passed", "good")],
    }),
    card({
      ...flowCard,
      id: "flow:return-book",
      title: "Return a book",
      summary: "POST /loans/{id}/return",
      x: 0,
      y: 180,
      opens: "lending/return-book",
      problems: { errors: 1, warnings: 0, infos: 0, todo: 0 },
      badges: [
        badge(
          "↑ code ahead 1",
          "The code has changed since it was written from this spec: src/lending/return.py changed",
          "warn",
          "drift",
        ),
        badge("✗ 2 of 5", "2 of 5 tests failed", "bad", "fix"),
      ],
    }),
    card({
      ...flowCard,
      id: "flow:remind",
      title: "Remind of overdue loans",
      summary: "every day at 06:00",
      x: 360,
      y: 0,
      opens: "lending/remind",
      category: "agent-flow",
      icon: "⊛",
      badges: [
        badge("agent", "An agent flow", "accent"),
        badge(
          "⇅ diverged 7",
          "Both the spec and its code have changed since the code was written: trigger: schedule “0 6 * * *” → “0 7 * * *”; and 6 more",
          "warn",
          "drift",
        ),
        badge("✗ 2 of 11", "2 of 11 tests failed", "bad", "fix"),
      ],
    }),
    card({ ...portal, id: "portal:notices", title: "Notices", x: 720, y: 20, opens: "notices" }),
    card({
      ...portal,
      id: "portal:catalogue",
      title: "Catalogue",
      x: 720,
      y: 200,
      opens: "catalogue",
    }),
  ],
  links: [
    eventLink({ source: "flow:remind", target: "portal:notices", events: ["loan.overdue"] }),
    eventLink({
      source: "flow:return-book",
      target: "portal:notices",
      events: ["reservation.ready"],
    }),
    eventLink({
      source: "flow:return-book",
      target: "portal:catalogue",
      events: ["copy.lost", "copy.returned"],
      stroke: "dashed",
    }),
  ],
});
