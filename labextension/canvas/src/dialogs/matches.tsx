import { type ReactNode, useMemo } from "react";
import { Sign } from "../panels/ProblemMark";
import type { Card, SearchMatchView } from "../protocol";
import { commandsOf } from "../state/actions";
import { placeOf } from "../state/design";
import { type Session, useSession, useView } from "../state/session";
import { readingOrder } from "../state/sheet";
import { useAsking } from "../state/useAsking";

/** Something that a search found, and how to get there. */
export interface JumpTarget {
  readonly key: string;
  readonly text: ReactNode;
  readonly note: string;
  readonly icon: ReactNode;
  readonly go: () => void;
}

/** Shown of each sort. */
const SHOWN = 8;
const EMPTY: readonly SearchMatchView[] = [];

/** What is found for some words: on this board at once, in the whole design a moment later. */
export function useMatches(words: string): {
  matches: readonly JumpTarget[];
  error: string;
  busy: boolean;
} {
  const local = useLocal();
  const session = useSession();
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const { result, error, busy } = useAsking(
    "search",
    wanted.length > 0 ? { text: words.slice(0, 500) } : null,
  );
  const here = (matches: readonly Searched[]) =>
    matches.filter((match) => wanted.every((word) => match.words.includes(word))).slice(0, SHOWN);
  const cards = here(local.cards);
  const known = new Set(cards.map((match) => match.key));
  const rest = (result?.matches ?? EMPTY)
    .map((match, index) => ({ match, key: keyOf(session, match) || `design ${index}` }))
    .filter(({ key }) => !known.has(key))
    .map(({ match, key }, index) => remote(session, match, `${key} ${index}`));
  const commands = wanted.length > 0 ? here(local.commands) : [];
  return { matches: [...cards, ...rest, ...commands, ...here(local.problems)], error, busy };
}

/** The key that a card, flow or domain has wherever it was found; empty for anything else. */
function keyOf(session: Session, { at, card, kind }: SearchMatchView): string {
  const sheet = session.sheet();
  if (card) {
    return sheet?.head.at === at ? `card ${card}` : `card ${at} ${card}`;
  }
  return kind === "domain" || kind === "flow" ? `place ${at}` : "";
}

function remote(session: Session, match: SearchMatchView, key: string): JumpTarget {
  const { before, found, after } = match.text;
  return {
    key,
    text: (
      <>
        {before}
        <mark>{found}</mark>
        {after}
      </>
    ),
    note: [match.kind === "node" ? "" : match.what, match.title].filter(Boolean).join(" · "),
    icon: match.icon,
    go: () => session.go(match.at, match.card),
  };
}

interface Searched extends JumpTarget {
  readonly words: string;
}

interface Local {
  readonly cards: readonly Searched[];
  readonly commands: readonly Searched[];
  readonly problems: readonly Searched[];
}

/** The cards of this board, the domains, what can be done, and the problems. */
function useLocal(): Local {
  const session = useSession();
  const sheet = useView((state) => state.sheet);
  const problems = useView((state) => state.problems);
  return useMemo(() => {
    const cards = sheet ? readingOrder(sheet) : [];
    const domains = sheet?.head.domains ?? [];
    const placed = (card: Card) => (sheet ? placeOf(sheet, card.id) : "");
    const places = new Set(cards.map(placed));
    return {
      cards: [
        ...cards.map((card) => ({
          key: placed(card) ? `place ${placed(card)}` : `card ${card.id}`,
          text: card.title,
          note: card.kind === "node" ? `${card.type_title} ${card.id}` : card.type_title,
          icon: card.icon,
          go: () => session.go(sheet?.head.at ?? "", card.id),
        })),
        ...domains
          .filter((domain) => domain.at !== sheet?.head.at && !places.has(domain.at))
          .map((domain) => ({
            key: `place ${domain.at}`,
            text: domain.title,
            note: "Domain",
            icon: "▣",
            go: () => session.go(domain.at),
          })),
      ].map(searched),
      commands: commandsOf(session)
        .map((command) => ({
          key: `command ${command.label}`,
          text: command.label,
          note: command.keys ? `Command · ${command.keys}` : "Command",
          icon: "▸",
          go: command.run,
        }))
        .map(searched),
      problems: (problems ?? [])
        .map((problem, index) => ({
          key: `problem ${index}`,
          text: problem.message,
          note: `${problem.path}:${problem.line}`,
          icon: <Sign severity={problem.severity} />,
          go: () => session.go(problem.at, problem.card, problem.field),
        }))
        .map(searched),
    };
  }, [session, sheet, problems]);
}

function searched(match: JumpTarget & { readonly text: string }): Searched {
  return { ...match, words: `${match.text} ${match.note}`.toLowerCase() };
}
